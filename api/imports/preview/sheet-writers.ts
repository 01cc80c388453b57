import { csvStream } from '../../spreadsheets/csv-stream.ts';
import { guardedText } from '../../spreadsheets/guarded-text.ts';
import { MAX_COLUMNS, cellText, xlsxStream } from '../../spreadsheets/xlsx-stream.ts';

/** A number is no formula, and an apostrophe would make a text of it. */
const NUMBER = /^[+-]?[\d.,]+\s?%?$/;

type Rows = AsyncIterable<readonly string[]>;

/** Rows of texts as a CSV file. */
export const csvPieces = (rows: Rows, delimiter: string): AsyncIterable<string | Uint8Array> =>
  csvStream(eachRow(rows, (text) => (NUMBER.test(text) ? text : guardedText(text))), delimiter);

/** Rows of texts as a workbook of one sheet. Texts are cells of text: no spreadsheet calculates them. An apostrophe of their own gets another. */
export const xlsxPieces = (rows: Rows, sheet: string): AsyncIterable<Uint8Array> =>
  xlsxStream(eachRow(rows, (text) => (text === '' ? null : cellText(text.startsWith("'") ? guardedText(text) : text)), MAX_COLUMNS), { name: sheet });

async function* eachRow<Cell>(rows: Rows, cell: (text: string) => Cell, widest = Infinity): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield row.slice(0, widest).map(cell);
}
