import { parseDate, type DateOrder } from '../../values/dates.ts';
import { dayOf } from '../../values/moments.ts';
import { instantOf } from '../../values/zoned.ts';
import type { Zones } from '../import-kind.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

/** Reads calendar days as `YYYY-MM-DD`; a time of day is left out. */
export const dayReader = (order: DateOrder = 'dmy'): CellReader<string> => cellReader((cell) => dayOf(parseDate(cell, order)), 'invalid_date', 'a date');

/** Reads moments as instants, ISO 8601 in UTC; a bare day is its midnight in the business time zone. */
export const instantReader = (order: DateOrder = 'dmy', zones: Zones): CellReader<string> =>
  cellReader((cell) => {
    const moment = parseDate(cell, order);
    return moment && new Date(instantOf(moment, moment.seconds === null ? zones.business : zones.file)).toISOString();
  }, 'invalid_date', 'a date');
