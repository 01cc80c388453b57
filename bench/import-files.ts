import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsxStream } from 'hucre/xlsx';

/** Calls as a call centre exports them: so many rows of ten columns, by the people of the installation. */
export interface CallsFile {
  readonly path: string;
  readonly format: 'csv' | 'xlsx';
  readonly rows: number;
  /** Names of who answered them. */
  readonly names: readonly string[];
  /** One row in so many has another topic than it would have; none by default. */
  readonly changedEvery?: number;
}

const HEADER = ['Call Id', 'Agent', 'Date', 'Time', 'Topic', 'Answered (Y/N)', 'Resolved', 'Speed of answer in seconds', 'AvgTalkDuration', 'Satisfaction rating'];
const TOPICS = ['Contract related', 'Technical Support', 'Payment related', 'Admin Support', 'Streaming'];
const DAYS = 60;
const DAY_MS = 86_400_000;

/** Writes the file row by row. In a workbook texts are shared and dates are dates, as Excel saves them. */
export async function writeCalls(file: CallsFile): Promise<void> {
  const { path, format } = file;
  const bytes = format === 'csv' ? Readable.from(csv(file)) : xlsx(file);
  await pipeline(bytes as AsyncIterable<Uint8Array | string>, createWriteStream(path));
}

function* csv(file: CallsFile): Generator<string> {
  yield `${HEADER.join(',')}\n`;
  for (const cells of calls(file)) yield `${cells.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)).join(',')}\n`;
}

function xlsx(file: CallsFile): AsyncIterable<Uint8Array> {
  const columns = HEADER.map((header) => ({ header, ...(header === 'Date' ? { numFmt: 'yyyy-mm-dd' } : {}) }));
  return writeXlsxStream(Readable.from(calls(file)), { name: 'Calls', columns, inlineStrings: false }) as unknown as AsyncIterable<Uint8Array>;
}

/** No chance in it: every run imports the same. */
function* calls({ rows, names, changedEvery = Infinity }: CallsFile): Generator<(string | number | Date)[]> {
  const first = Math.floor(Date.now() / DAY_MS) - DAYS;
  for (let n = 0; n < rows; n += 1) {
    const name = names[(n * 7919) % names.length] ?? '';
    const day = new Date((first + (n % DAYS)) * DAY_MS);
    const clock = `${two(9 + (n % 9))}:${two((n * 13) % 60)}:${two((n * 29) % 60)}`;
    const answered = n % 10 !== 0;
    const talk = answered ? `0:0${1 + (n % 6)}:${two((n * 17) % 60)}` : '';
    yield [`ID${String(n).padStart(7, '0')}`, name, day, clock, n % changedEvery === changedEvery - 1 ? 'Something else' : (TOPICS[n % 5] ?? ''), answered ? 'Y' : 'N', answered && n % 7 !== 0 ? 'Y' : 'N', answered ? 10 + (n % 115) : '', talk, answered ? 1 + (n % 5) : ''];
  }
}

const two = (number: number): string => String(number).padStart(2, '0');
