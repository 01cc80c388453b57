import { csvStream } from '../../spreadsheets/csv-stream.ts';
import { guardedText } from '../../spreadsheets/guarded-text.ts';
import { Moment, type Cell } from '../export-sheet.ts';
import type { LocalTimes } from './local-times.ts';

/** Rows as a CSV file with their header. */
export function csvFile(header: readonly string[], rows: AsyncIterable<readonly Cell[]>, times: LocalTimes): AsyncIterable<string | Uint8Array> {
  const texts = async function* (): AsyncGenerator<readonly string[]> {
    yield header;
    for await (const row of rows) yield row.map((cell) => textOf(cell, times));
  };
  return csvStream(texts());
}

function textOf(cell: Cell, times: LocalTimes): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guardedText(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell instanceof Moment ? momentText(cell, times) : String(cell);
}

/** `2026-03-31 09:12:58`, or `2026-03-31`. */
export function momentText({ instant, precision }: Moment, times: LocalTimes): string {
  const { text, offset } = times.of(instant);
  return precision === 'day' ? text.slice(0, 10) : `${text}${offset}`;
}
