import { guardedText } from '../../spreadsheets/guarded-text.ts';
import { cellText, xlsxStream } from '../../spreadsheets/xlsx-stream.ts';
import { Moment, type Cell } from '../export-sheet.ts';
import { momentText } from './csv-file.ts';
import type { LocalTimes } from './local-times.ts';

/** A column as the workbook shows it. */
export interface SheetColumn {
  readonly header: string;
  readonly isMoment?: boolean;
  readonly width?: number;
}

/**
 * Rows as a workbook of one sheet, the header frozen. Texts are inline and rows are compressed as they come: memory does not grow with them.
 */
export function xlsxFile(name: string, columns: readonly SheetColumn[], rows: AsyncIterable<readonly Cell[]>, times: LocalTimes): AsyncIterable<Uint8Array> {
  const cells = async function* (): AsyncGenerator<XlsxCell[]> {
    for await (const row of rows) yield row.map((cell) => cellOf(cell, times));
  };
  return xlsxStream(cells(), {
    name,
    columns: columns.map(({ header, isMoment, width }) => ({ header, width: width ?? Math.max(12, header.length + 2), ...(isMoment ? { numFmt: 'yyyy-mm-dd hh:mm:ss' } : {}) })),
    freezePane: { rows: 1 },
  });
}

type XlsxCell = string | number | Date | null;

function cellOf(cell: Cell, times: LocalTimes): XlsxCell {
  if (typeof cell === 'string') return cellText(guardedText(cell));
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell instanceof Moment ? dateOf(cell, times) : cell;
}

/** A date cell; a text where a date cell would say more than is known, or less. */
function dateOf(cell: Moment, times: LocalTimes): Date | string {
  const { clock, offset } = times.of(cell.instant);
  // Excel rounds what it shows to the second, and could show one that has not begun.
  return cell.precision === 'day' || offset !== '' ? momentText(cell, times) : new Date(Math.floor(clock.getTime() / 1000) * 1000);
}
