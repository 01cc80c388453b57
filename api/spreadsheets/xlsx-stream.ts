import { rowXml, SHEET_END, sheetBegin, workbookParts, type XlsxCell } from './worksheet-xml.ts';
import { zipStream, type ZipEntry } from './zip-stream.ts';

/** Excel's own limit of a sheet's width. */
export const MAX_COLUMNS = 16_384;
/** Excel's own limit of a sheet's height. */
const MAX_ROWS = 1_048_576;
/** Excel's own limit of a sheet's name. */
const MAX_NAME = 31;
/** Of a sheet's text, below what an archive can tell of one entry. */
const MAX_SHEET_CHARACTERS = 1_000_000_000;
const PIECE_CHARACTERS = 64 * 1024;

export interface XlsxOptions {
  /** Of the first sheet; those that follow are numbered. */
  readonly name: string;
  /** Stands above the rows of every sheet, and stays there. */
  readonly columns?: readonly { readonly header: string; /** in characters */ readonly width: number }[];
  /** For tests: rows of a sheet, its header included. */
  readonly maxRows?: number;
}

type Row = readonly XlsxCell[];
/** Rows that come many at a time. */
export type Batches<T> = AsyncIterable<Iterable<T>>;

/**
 * Rows as a workbook, written as they come: texts are inline, and nothing is kept of a row that was sent. What goes beyond one sheet
 * goes on in further ones, each with the header.
 */
export const xlsxStream = (batches: Batches<Row>, options: XlsxOptions): AsyncGenerator<Uint8Array> => zipStream(entries(batches, options));

async function* entries(batches: Batches<Row>, options: XlsxOptions): AsyncGenerator<ZipEntry> {
  const rows = new Rows(batches);
  const names: string[] = [];
  try {
    do {
      names.push(nameOf(options.name, names.length + 1));
      yield { name: `xl/worksheets/sheet${names.length}.xml`, pieces: sheet(rows, options) };
    } while (await rows.hasMore());
  } finally {
    await rows.end();
  }
  for (const [name, xml] of Object.entries(workbookParts(names))) yield { name, pieces: [xml] };
}

const nameOf = (name: string, number: number): string => {
  const mark = number === 1 ? '' : ` (${number})`;
  return name.slice(0, MAX_NAME - mark.length) + mark;
};

async function* sheet(rows: Rows, { columns, maxRows = MAX_ROWS }: XlsxOptions): AsyncGenerator<string> {
  let piece = sheetBegin(columns?.map(({ width }) => width) ?? [], columns !== undefined);
  let number = 0;
  if (columns) piece += rowXml(++number, columns.map(({ header }) => header), true);
  for (let characters = 0; number < maxRows && characters < MAX_SHEET_CHARACTERS; ) {
    const row = await rows.next();
    if (!row) break;
    piece += rowXml(++number, row);
    if (piece.length < PIECE_CHARACTERS) continue;
    characters += piece.length;
    yield piece;
    piece = '';
  }
  yield piece + SHEET_END;
}

/** One row after the other, across sheets. */
class Rows {
  readonly #batches: AsyncIterator<Iterable<Row>>;
  #batch: Iterator<Row> | undefined;
  #ahead: Row | undefined;

  constructor(batches: Batches<Row>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  async next(): Promise<Row | undefined> {
    const row = this.#ahead;
    this.#ahead = undefined;
    return row ?? this.#read();
  }

  async hasMore(): Promise<boolean> {
    this.#ahead ??= await this.#read();
    return this.#ahead !== undefined;
  }

  async end(): Promise<void> {
    await this.#batches.return?.();
  }

  async #read(): Promise<Row | undefined> {
    for (;;) {
      const row = this.#batch?.next();
      if (row && !row.done) return row.value;
      const batch = await this.#batches.next();
      if (batch.done) return undefined;
      this.#batch = batch.value[Symbol.iterator]();
    }
  }
}
