import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { Moment, type Cell } from '../export-sheet.ts';
import { guardedText } from './guarded-text.ts';
import type { LocalTimes } from './local-times.ts';

/**
 * Rows as a CSV file: UTF-8 with a byte order mark, without which Excel takes it for Windows-1252; commas, and lines that end
 * as RFC 4180 has it.
 */
export function csvFile(header: readonly string[], rows: AsyncIterable<readonly Cell[]>, times: LocalTimes): AsyncIterable<string | Uint8Array> {
  const texts = async function* (): AsyncGenerator<string[]> {
    for await (const row of rows) yield row.map((cell) => textOf(cell, times));
  };
  const source = Readable.from(texts());
  const writer = stringify({ header: true, columns: header.map((name) => ({ key: name, header: name })), bom: true, record_delimiter: 'windows' });
  source.on('error', (error) => writer.destroy(error));
  // Whoever stops reading has ended the rows too.
  writer.on('close', () => source.destroy());
  return source.pipe(writer);
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
