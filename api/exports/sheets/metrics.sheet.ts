import { figureOnDay } from '../../performance/daily-figure.ts';
import { countOf, METRICS, type MetricId } from '../../performance/metric-definitions.ts';
import type { PerformanceService } from '../../performance/performance.service.ts';
import type { Column, ExportSheet } from '../export-sheet.ts';

type Row = ReturnType<PerformanceService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** The figures of a day, in the order in which they are read. */
const FIGURES: readonly MetricId[] = [
  'offered', 'handled', 'resolved', 'avgResponseTime', 'aht', 'csat', 'slaCompliance', 'serviceLevel', 'asa', 'abandonment', 'fcr', 'resolutionRate', 'sentiment', 'occupancy', 'onlineHours', 'awayHours',
];
const UNITS: Readonly<Record<string, string>> = { percent: '%', seconds: 'seconds', minutes: 'minutes', hours: 'hours' };
/** A number without what it was measured on says little. */
const COUNTED: readonly MetricId[] = ['csat', 'slaCompliance', 'aht', 'avgResponseTime'];

/** Of a figure that was imported as it is, nobody knows how many it was measured on. */
const measuredOn = (id: MetricId, row: Row): number | null => {
  const count = countOf(id, row);
  return count === 0 && figureOnDay(id, row) !== null ? null : count;
};

const figure = (id: MetricId): Column<Row> => ({ header: headerOf(id), of: (row) => figureOnDay(id, row) });

function headerOf(id: MetricId): string {
  const unit = UNITS[METRICS[id].unit];
  return unit === undefined ? METRICS[id].name : `${METRICS[id].name} (${unit})`;
}

/** Daily rows: one person on one business day. */
export const metricsSheet = (performance: PerformanceService): ExportSheet<Row> => ({
  name: 'Daily metrics',
  columns: [
    { header: 'Agent id', of: (row) => row.agentId },
    { header: 'Name', width: 24, of: (row) => row.agentName },
    { header: 'Team', of: (row) => row.teamName },
    { header: 'Day', of: (row) => row.date },
    ...FIGURES.map(figure),
    ...COUNTED.map((id): Column<Row> => ({ header: `${METRICS[id].name}: ${METRICS[id].counts}`, of: (row) => measuredOn(id, row) })),
    { header: 'Origin', of: (row) => row.origin },
  ],
  pages: (by, filters, gone) => performance.pages(by, filters, gone),
});
