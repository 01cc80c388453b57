import type { DayTable } from '../performance/day-table.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import { mannKendall, theilSenSlope } from '../statistics/robust-trend.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';
import { worseBy, type Yardstick } from './yardsticks.ts';

/** A significant change of one metric over the window. */
export interface Trend {
  readonly metric: TargetMetric;
  /** Theil–Sen slope × 28 days, in the metric's unit. */
  readonly change: number;
  /** The same in team deviations; positive when it gets worse. */
  readonly deviations: number;
  /** Days measured. */
  readonly days: number;
  readonly p: number;
  /** The figure over the whole window. */
  readonly value: number | null;
}

export interface Trends {
  readonly significant: readonly Trend[];
  /** Metrics with enough days to say anything. */
  readonly measuredMetrics: number;
}

/** The significant changes among the given metrics. */
export function trendsOf(days: DayTable, yardsticks: readonly Yardstick[]): Trends {
  const significant: Trend[] = [];
  let measuredMetrics = 0;
  for (const yardstick of yardsticks) {
    const series = seriesOf(days, yardstick.metric);
    if (series.x.length < QUEUE_CONSTANTS.trendMinimumDays) continue;
    measuredMetrics++;
    // The test first: it needs no sorting of slopes, and most series have no trend.
    const { p } = mannKendall(series.y);
    if (p >= QUEUE_CONSTANTS.trendSignificance) continue;
    const change = theilSenSlope(series.x, series.y)! * QUEUE_CONSTANTS.windowDays; // enough different days
    const deviations = worseBy(yardstick.metric, change, 0) / yardstick.spread;
    significant.push({ metric: yardstick.metric, change, deviations, days: series.x.length, p, value: days.metric(yardstick.metric) });
  }
  return { significant, measuredMetrics };
}

function seriesOf(days: DayTable, metric: TargetMetric): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < days.length; row++) {
    const value = days.metricOn(row, metric);
    if (value === null) continue;
    x.push(days.day(row));
    y.push(value);
  }
  return { x, y };
}

/** The strongest change for the worse (`1`) or for the better (`-1`). */
export function strongest(trends: Trends, sign: 1 | -1): Trend | null {
  let best: Trend | null = null;
  for (const trend of trends.significant) {
    const strength = trend.deviations * sign;
    if (strength > 0 && (best === null || strength > best.deviations * sign)) best = trend;
  }
  return best;
}
