import type { CellValue } from '../../parsing/row-source.ts';
import { parseDate, type DateOrder } from '../../values/dates.ts';
import { instantOf } from '../../values/zoned.ts';
import type { Zones } from '../import-kind.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

/** Reads calendar days as `YYYY-MM-DD`; a time of day is left out. */
export const dayReader = (order: DateOrder = 'dmy'): CellReader<string> => cellReader((cell) => dayOf(cell, order), 'invalid_date', 'a date');

function dayOf(cell: CellValue, order: DateOrder): string | null {
  const day = parseDate(cell, order);
  if (!day) return null;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(day.year).padStart(4, '0')}-${two(day.month)}-${two(day.day)}`;
}

/** Reads moments as instants, ISO 8601 in UTC; a bare day is its midnight in the business time zone. */
export const instantReader = (order: DateOrder = 'dmy', zones: Zones): CellReader<string> =>
  cellReader((cell) => {
    const moment = parseDate(cell, order);
    return moment && new Date(instantOf(moment, moment.seconds === null ? zones.business : zones.file)).toISOString();
  }, 'invalid_date', 'a date');
