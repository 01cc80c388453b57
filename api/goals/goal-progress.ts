import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import type { Figure, Period } from '../performance/performance.service.ts';

export interface GoalProgress {
  readonly value: number | null;
  readonly n: number;
  readonly minimumN: number;
  readonly from: string;
  readonly to: string;
  /** Of the way from start to target: 0 at the start, 1 at the target; null where there is no way or nothing measured. */
  readonly share: number | null;
  /** Null below the minimum n. */
  readonly isReached: boolean | null;
}

/** What a goal measures, and where it starts and ends, in the metric's unit. */
export interface Way {
  readonly metric: MetricId;
  readonly startValue: number | null;
  readonly targetValue: number;
}

/** How far a measured goal has come, by the metric's figure over a period. */
export function progressOf(way: Way, { value, n }: Figure, { from, to }: Period): GoalProgress {
  const { minimumN } = METRICS[way.metric];
  return { value, n, minimumN, from, to, share: shareOf(value, way), isReached: value === null || n < minimumN ? null : isAtTarget(value, way) };
}

function shareOf(value: number | null, { startValue, targetValue }: Way): number | null {
  if (value === null || startValue === null || startValue === targetValue) return null;
  return Math.round(((value - startValue) / (targetValue - startValue)) * 1e4) / 1e4 || 0;
}

/** Which side of the target is beyond it: away from the start, or without one the metric's better side. */
function isAtTarget(value: number, { metric, startValue, targetValue }: Way): boolean {
  const downwards = startValue === null || startValue === targetValue ? METRICS[metric].direction === 'lower' : targetValue < startValue;
  return downwards ? value <= targetValue : value >= targetValue;
}
