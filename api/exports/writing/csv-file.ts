import { csvStream } from '../../spreadsheets/csv-stream.ts';
import { guardedCsvText } from '../../spreadsheets/guarded-text.ts';
import { Moment, type Cell } from '../export-sheet.ts';
import { clockText, type LocalTimes } from './local-times.ts';

/** Rows as a CSV file with their header. */
export function csvFile(header: readonly string[], pages: AsyncIterable<readonly (readonly Cell[])[]>, times: LocalTimes): AsyncIterable<string> {
  const texts = async function* (): AsyncGenerator<readonly (readonly string[])[]> {
    yield [header];
    for await (const page of pages) yield page.map((row) => row.map((cell) => textOf(cell, times)));
  };
  return csvStream(texts());
}

function textOf(cell: Cell, times: LocalTimes): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guardedCsvText(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell instanceof Moment ? momentText(cell, times) : String(cell);
}

/** `2026-03-31 09:12:58`, or `2026-03-31`. */
export function momentText({ instant, precision }: Moment, times: LocalTimes): string {
  const { clock, offset } = times.of(instant);
  return precision === 'day' ? clock.toISOString().slice(0, -14) : clockText(clock) + offset;
}
