import type { XlsxStreamRow, XlsxWriteStreamOptions } from 'hucre/xlsx';

/** Excel's own limit of a cell. */
export const MAX_CHARACTERS = 32_767;

/** Excel's own limit of a sheet's width. */
export const MAX_COLUMNS = 16_384;

/** Rows as a workbook of one sheet, written as they come; what goes beyond Excel's 1,048,576 rows goes on in further sheets. */
export async function* xlsxStream(rows: AsyncIterable<XlsxStreamRow>, options: XlsxWriteStreamOptions): AsyncGenerator<Uint8Array> {
  // With the first workbook, not with the process.
  const { writeXlsxStream } = await import('hucre/xlsx');
  // A browser's type in name only: Node's can be iterated, and ends its rows when nobody goes on.
  yield* writeXlsxStream(rows, options) as unknown as AsyncIterable<Uint8Array>;
}
