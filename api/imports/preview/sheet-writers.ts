import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { guardedText } from '../../exports/writing/guarded-text.ts';

/** Excel's own limit of a cell. */
const MAX_CHARACTERS = 32_767;

/** A number is no formula, and an apostrophe would make a text of it. */
const NUMBER = /^[+-]?[\d.,]+\s?%?$/;

/** Rows of texts as a CSV file: UTF-8 with a byte order mark, lines that end as RFC 4180 has it. */
export function csvPieces(rows: AsyncIterable<readonly string[]>, delimiter: string): AsyncIterable<string | Uint8Array> {
  const texts = async function* (): AsyncGenerator<string[]> {
    for await (const row of rows) yield row.map((text) => (NUMBER.test(text) ? text : guardedText(text)));
  };
  const source = Readable.from(texts());
  const writer = stringify({ bom: true, delimiter, record_delimiter: 'windows' });
  source.on('error', (error) => writer.destroy(error));
  // Whoever stops reading has ended the rows too.
  writer.on('close', () => source.destroy());
  return source.pipe(writer);
}

/** Rows of texts as a workbook of one sheet. Texts are cells of text: no spreadsheet calculates them. */
export async function* xlsxPieces(rows: AsyncIterable<readonly string[]>, sheet: string): AsyncGenerator<Uint8Array> {
  const cells = async function* (): AsyncGenerator<(string | null)[]> {
    for await (const row of rows) yield row.map((text) => (text === '' ? null : text.slice(0, MAX_CHARACTERS)));
  };
  // With the first workbook, not with the process.
  const { writeXlsxStream } = await import('hucre/xlsx');
  // A browser's type in name only: Node's can be iterated, and ends its rows when nobody goes on.
  yield* writeXlsxStream(cells(), { name: sheet }) as unknown as AsyncIterable<Uint8Array>;
}
