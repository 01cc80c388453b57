import type { CellValue } from '../../parsing/row-source.ts';
import { parseDate, type DateOrder } from '../../values/dates.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

/** Reads calendar days as `YYYY-MM-DD`; a time of day is left out. */
export const dayReader = (order: DateOrder = 'dmy'): CellReader<string> => cellReader((cell) => dayOf(cell, order), 'invalid_date', 'a date');

function dayOf(cell: CellValue, order: DateOrder): string | null {
  const day = parseDate(cell, order);
  if (!day) return null;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(day.year).padStart(4, '0')}-${two(day.month)}-${two(day.day)}`;
}
