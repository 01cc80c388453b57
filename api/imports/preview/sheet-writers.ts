import { csvStream } from '../../spreadsheets/csv-stream.ts';
import { guardedCsvText, guardedText } from '../../spreadsheets/guarded-text.ts';
import { MAX_COLUMNS, xlsxStream } from '../../spreadsheets/xlsx-stream.ts';

/** A number is no formula, and an apostrophe would make a text of it. */
const NUMBER = /^[+-]?[\d.,]+\s?%?$/;

type Rows = AsyncIterable<readonly string[]>;

/** Rows of texts as a CSV file. */
export const csvPieces = (rows: Rows, delimiter: string): AsyncIterable<string> => csvStream(eachRow(rows, (text) => (NUMBER.test(text) ? text : guardedCsvText(text))), delimiter);

/** Only the apostrophes that a reader of the file would take for a guard. */
const guardedApostrophes = (text: string): string => (text.startsWith("'") ? guardedText(text) : guardedText(`x${text}`).slice(1));

/** Rows of texts as a workbook of one sheet. Texts are cells of text: no spreadsheet calculates them. An apostrophe of their own gets another. */
export const xlsxPieces = (rows: Rows, sheet: string): AsyncIterable<Uint8Array> => xlsxStream(eachRow(rows, guardedApostrophes, MAX_COLUMNS), { name: sheet });

async function* eachRow(rows: Rows, cell: (text: string) => string, widest = Infinity): AsyncGenerator<[string[]]> {
  for await (const row of rows) yield [row.slice(0, widest).map(cell)];
}
