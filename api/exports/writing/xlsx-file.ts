import { guardedText } from '../../spreadsheets/guarded-text.ts';
import { isExcelDate, type XlsxCell } from '../../spreadsheets/worksheet-xml.ts';
import { xlsxStream } from '../../spreadsheets/xlsx-stream.ts';
import { Moment, type Cell } from '../export-sheet.ts';
import { momentText } from './csv-file.ts';
import type { LocalTimes } from './local-times.ts';

/** A column as the workbook shows it. */
export interface SheetColumn {
  readonly header: string;
  readonly width?: number;
}

/** Rows as a workbook, the header frozen. */
export function xlsxFile(name: string, columns: readonly SheetColumn[], pages: AsyncIterable<readonly (readonly Cell[])[]>, times: LocalTimes): AsyncIterable<Uint8Array> {
  const cells = async function* (): AsyncGenerator<readonly (readonly XlsxCell[])[]> {
    for await (const page of pages) yield page.map((row) => row.map((cell) => cellOf(cell, times)));
  };
  return xlsxStream(cells(), { name, columns: columns.map(({ header, width }) => ({ header, width: width ?? Math.max(12, header.length + 2) })) });
}

function cellOf(cell: Cell, times: LocalTimes): XlsxCell {
  if (typeof cell === 'string') return guardedText(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell instanceof Moment ? dateOf(cell, times) : cell;
}

/** A date cell; a text where a date cell would say more than is known, or less, or cannot say it. */
function dateOf(cell: Moment, times: LocalTimes): Date | string {
  const { clock, offset } = times.of(cell.instant);
  return cell.precision === 'day' || offset !== '' || !isExcelDate(clock) ? momentText(cell, times) : clock;
}
