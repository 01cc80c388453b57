import { daysBetween } from '../performance/business-day.ts';
import { decimal, figure, hundredths } from '../performance/figure-words.ts';
import { METRICS, roundFigure } from '../performance/metric-definitions.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import { QUEUE_CONSTANTS } from '../priority-queue/queue-constants.ts';
import { mannKendall, theilSenSlope } from '../statistics/robust-trend.ts';
import type { MetricTrend } from './preparation-content.ts';

/** Where a metric is going, by the rule of the priority queue. @param days in the order of time */
export function metricTrend(metric: TargetMetric, days: readonly { readonly date: string; readonly value: number }[]): MetricTrend {
  const { trendMinimumDays, trendSignificance, windowDays } = QUEUE_CONSTANTS;
  const { name, direction } = METRICS[metric];
  const known = { metric, name, days: days.length };
  if (days.length < trendMinimumDays) {
    return { ...known, going: 'unknown', change: null, p: null, sentence: `${name}: measured on ${days.length} days, a trend needs ${trendMinimumDays}.` };
  }
  const values = days.map((day) => day.value);
  const { p } = mannKendall(values);
  const change = (theilSenSlope(days.map((day) => daysBetween(days[0]!.date, day.date)), values) ?? 0) * windowDays;
  if (p >= trendSignificance || change === 0) return { ...known, going: 'steady', change: null, p: roundFigure(p), sentence: `${name}: no significant trend over ${days.length} days.` };
  const better = direction === 'lower' ? change < 0 : change > 0;
  return {
    ...known,
    going: better ? 'better' : 'worse',
    change: roundFigure(change),
    p: roundFigure(p),
    sentence: `${name} ${change > 0 ? 'rose' : 'fell'} by ${size(metric, Math.abs(change))} in ${windowDays} days (${days.length} days measured).`,
  };
}

function size(metric: TargetMetric, change: number): string {
  const { unit } = METRICS[metric];
  return unit === 'ratio' || unit === 'percent' ? `${decimal(unit === 'ratio' ? hundredths(change) : change, 1)} percentage points` : figure(change, unit);
}
