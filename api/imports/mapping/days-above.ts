import { cut } from '../../text/cut.ts';
import { isMoment, type CellValue, type SourceRow } from '../parsing/row-source.ts';
import { parseDate, type DateOrder } from '../values/dates.ts';
import { dayOf } from '../values/moments.ts';
import { textOf } from '../values/text.ts';

/** A day that a line above the header names. */
export interface DayAbove {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly rowNumber: number;
  /** The line as it reads. */
  readonly text: string;
}

const mostRows = 40;
const mostDays = 6;
const longestLine = 60;
/** What could be a date inside of a text. */
const DATES = /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|\d{1,2}(?:st|nd|rd|th)?\.? (?:de )?\p{L}{3,}\.? (?:de )?\d{4}|\p{L}{3,} \d{1,2}(?:st|nd|rd|th)?,? \d{4}/gu;
const ORDERS: readonly DateOrder[] = ['dmy', 'mdy'];

/**
 * The days that the lines above a header name, as reports of one day do (`Date: 11/25/2026`). A line that names several is of
 * a period, and none of them is offered; one that could begin with the day or the month is two.
 */
export function daysAbove(rows: readonly SourceRow[], headerRow: number | null): DayAbove[] {
  const above = headerRow === null ? [] : rows.filter(({ rowNumber }) => rowNumber < headerRow).slice(0, mostRows);
  const found = above.flatMap(({ rowNumber, cells }) => {
    const dates = cells.flatMap((cell) => datesIn(cell ?? null));
    const [date] = dates;
    if (date === undefined || new Set(dates.map(textOf)).size > 1) return [];
    const text = cut(cells.map(textOf).filter(Boolean).join(' '), longestLine);
    return [...new Set(ORDERS.flatMap((order) => dayOf(parseDate(date, order)) ?? []))].map((day) => ({ day, rowNumber, text }));
  });
  return found.filter(({ day }, index) => found.findIndex((other) => other.day === day) === index).slice(0, mostDays);
}

function datesIn(cell: CellValue): CellValue[] {
  if (isMoment(cell)) return cell.kind === 'date' || cell.kind === 'datetime' ? [cell] : [];
  return typeof cell === 'string' && cell.length <= 200 ? (cell.match(DATES) ?? []) : [];
}
