import type { XlsxStreamRow, XlsxWriteStreamOptions } from 'hucre/xlsx';
import { cut } from '../text/cut.ts';

/** Excel's own limit of a cell. */
const MAX_CHARACTERS = 32_767;
/** Written as a text in a workbook this is one character, `_x000D_` a carriage return: its first `_` is written that way as well. */
const ESCAPED = /_(?=x[\dA-F]{4}_)/gi;
/** Are in no XML: a workbook that has one does not open. */
const IN_NO_XML = /[\uFFFE\uFFFF]/g;

/** Excel's own limit of a sheet's width. */
export const MAX_COLUMNS = 16_384;

/** A text for a cell, so that it reads as it is. */
export const cellText = (text: string): string => cut(text.replace(IN_NO_XML, ''), MAX_CHARACTERS).replace(ESCAPED, '_x005F_');

/** Rows as a workbook of one sheet, written as they come; what goes beyond Excel's 1,048,576 rows goes on in further sheets. */
export async function* xlsxStream(rows: AsyncIterable<XlsxStreamRow>, options: XlsxWriteStreamOptions): AsyncGenerator<Uint8Array> {
  // With the first workbook, not with the process.
  const { writeXlsxStream } = await import('hucre/xlsx');
  // A browser's type in name only: Node's can be iterated, and ends its rows when nobody goes on.
  yield* writeXlsxStream(rows, options) as unknown as AsyncIterable<Uint8Array>;
}
