import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { textOrError } from '../cell-errors.ts';
import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import type { RowSource, SheetInfo, SourceRow } from '../row-source.ts';
import { detectDialect } from './dialect.ts';
import type { CsvDialect } from './dialect.ts';
import { lineOfOpenQuote } from './open-quote.ts';
import { detectEncoding } from './encoding.ts';
import type { TextEncodingName } from './encoding.ts';

const sampleBytes = 256 * 1024;

/** A delimited text file, streamed. Its one sheet has no name. */
export class CsvSource implements RowSource {
  readonly format = 'csv';
  readonly sheets: readonly SheetInfo[] = [{ name: null, hidden: false }];
  readonly #path: string;
  readonly #size: number;
  readonly #encoding: TextEncodingName;
  readonly #dialect: CsvDialect;
  readonly #limits: ParsingLimits;
  #read = 0;

  private constructor(path: string, size: number, encoding: TextEncodingName, dialect: CsvDialect, limits: ParsingLimits) {
    this.#path = path;
    this.#size = size;
    this.#encoding = encoding;
    this.#dialect = dialect;
    this.#limits = limits;
  }

  static async open(path: string, limits: ParsingLimits): Promise<CsvSource> {
    const { size } = await stat(path);
    const encoding = await detectEncoding(path);
    const dialect = detectDialect(await readSample(path, encoding));
    return new CsvSource(path, size, encoding, dialect, limits);
  }

  get delimiter(): string {
    return this.#dialect.delimiter;
  }

  async *rows(_sheet: string | null = null, gone?: AbortSignal): AsyncGenerator<SourceRow, void, undefined> {
    const input = Readable.from(this.#text(gone), { objectMode: false });
    const parser = parse({
      delimiter: this.#dialect.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      from_line: this.#dialect.hasSeparatorLine ? 2 : 1,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: this.#limits.csvRecord,
    });
    input.on('error', (error) => parser.destroy(error));
    input.pipe(parser);
    try {
      yield* this.#toRows(parser);
    } catch (error) {
      throw isOpenQuote(error) ? await this.#openQuote(error) : refusalOf(error);
    } finally {
      parser.destroy();
      input.destroy();
    }
  }

  partOf(): null {
    return null;
  }

  fraction(): number {
    return Math.min(1, this.#read / Math.max(1, this.#size));
  }

  async close(): Promise<void> {}

  async *#toRows(records: AsyncIterable<string[]>): AsyncGenerator<SourceRow, void, undefined> {
    let rowNumber = 0;
    for await (const record of records) {
      rowNumber += 1;
      this.#check(record, rowNumber);
      const cells = record.map((text) => (text === '' ? null : textOrError(text)));
      if (cells.some((cell) => cell !== null)) yield { sheet: null, rowNumber, cells };
    }
  }

  #check(record: readonly string[], rowNumber: number): void {
    if (record.length > this.#limits.columns) {
      throw new FileRefused('too_many_columns', `Row ${rowNumber} has more than ${this.#limits.columns} columns.`);
    }
    if (record.some((text) => text.length > this.#limits.cellCharacters)) {
      throw new FileRefused('cell_too_long', `A cell in row ${rowNumber} holds more than ${this.#limits.cellCharacters} characters.`);
    }
  }

  async #openQuote(cause: CsvError): Promise<FileRefused> {
    const line = await lineOfOpenQuote(this.#text(undefined), this.#dialect.delimiter);
    return new FileRefused('damaged_file', `A quotation mark opens in line ${line} and is never closed. Close it or take it out, and upload the file again.`, { cause });
  }

  async *#text(gone: AbortSignal | undefined): AsyncGenerator<string, void, undefined> {
    const decoder = new TextDecoder(this.#encoding);
    this.#read = 0;
    let line = 0;
    for await (const chunk of createReadStream(this.#path) as AsyncIterable<Buffer>) {
      gone?.throwIfAborted();
      this.#read += chunk.length;
      const text = decoder.decode(chunk, { stream: true });
      // The parser counts what is in fields: a line of nothing but commas would be millions of them.
      const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
      line = lineEnd < 0 ? line + text.length : text.length - lineEnd - 1;
      if (line > this.#limits.csvRecord) throw endlessRow();
      yield text;
    }
    yield decoder.decode();
  }
}

async function readSample(path: string, encoding: TextEncodingName): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

const isOpenQuote = (error: unknown): error is CsvError => error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';

function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return endlessRow(error);
  }
  return new FileRefused('damaged_file', `The text file cannot be read as a table (${error.message}).`, { cause: error });
}

const endlessRow = (cause?: unknown): FileRefused =>
  new FileRefused('cell_too_long', 'A row is far longer than rows are: a quotation mark may be missing.', { cause });
