import type { DailyRow } from './daily-rows.repository.ts';
import { figureOf, type MetricId } from './metric-definitions.ts';

/**
 * A metric on one day, rounded as it is shown. An imported row says what its file says, whatever its sums would give: it may
 * know a mean without them, or one that they only come close to.
 *
 * @returns null where nothing was measured
 */
export function figureOnDay(id: MetricId, row: DailyRow): number | null {
  return (row.origin === 'imported' ? stored(id, row) : null) ?? figureOf(id, row);
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
