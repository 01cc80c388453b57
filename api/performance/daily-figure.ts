import type { DailyRow } from './daily-rows.repository.ts';
import { figureOf, type MetricId } from './metric-definitions.ts';

/**
 * A metric on one day, rounded as it is shown. An imported row may know a mean without the sums behind it.
 *
 * @returns null where nothing was measured
 */
export function figureOnDay(id: MetricId, row: DailyRow): number | null {
  return figureOf(id, row) ?? stored(id, row);
}

function stored(id: MetricId, row: DailyRow): number | null {
  switch (id) {
    case 'avgResponseTime':
      return row.storedResponseTime;
    case 'csat':
      return row.storedSatisfaction;
    case 'slaCompliance':
      return row.storedSla;
    default:
      return null;
  }
}
