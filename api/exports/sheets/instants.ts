import type { BusinessCalendar } from '../../performance/business-day.ts';
import type { ExportFilters } from '../export-sheet.ts';

/** Days as the first and the last instant of them, for what is kept by the instant. */
export const instantsOf = ({ from, to }: ExportFilters, calendar: BusinessCalendar): { from?: string; to?: string } => ({
  ...(from === undefined ? {} : { from: calendar.startOf(from).toISOString() }),
  ...(to === undefined ? {} : { to: new Date(calendar.endOf(to).getTime() - 1).toISOString() }),
});
