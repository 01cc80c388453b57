import { addDays } from '../performance/business-day.ts';
import { METRICS, roundFigure, type MetricId } from '../performance/metric-definitions.ts';

/** Business days compared on either side of the day on which an item was agreed. */
const DAYS = 28;

/** Inclusive business days. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** A metric over some days: null where nothing was measured, and the count behind it. */
export type ProgressFigure = Days & { readonly value: number | null; readonly n: number };

export interface Target {
  readonly value: number | null;
  readonly from: 'item' | 'team' | null;
}

export interface Progress {
  readonly actionItemId: string;
  readonly agentId: number;
  readonly metric: MetricId;
  readonly baseline: ProgressFigure;
  readonly current: ProgressFigure;
  readonly target: number | null;
  readonly targetFrom: 'item' | 'team' | null;
  readonly enough: boolean;
  readonly met: boolean | null;
  /** 0–1. */
  readonly share: number | null;
}

/**
 * The days that are compared: the 28 before the item was agreed, and those since, 28 at most. What was measured before
 * somebody was asked for something says nothing about how they did it.
 *
 * @param closedOn the day it was done; null while it is to be done
 */
export function progressDays(agreedOn: string, closedOn: string | null, today: string): { baseline: Days; current: Days } {
  const to = closedOn ?? today;
  const first = addDays(to, 1 - DAYS);
  return {
    baseline: { from: addDays(agreedOn, -DAYS), to: addDays(agreedOn, -1) },
    current: { from: first > agreedOn ? first : agreedOn, to },
  };
}

/** What the two figures say, given the target. Nothing is concluded from fewer than the metric's minimum n. */
export function progressOf(item: { id: string; agentId: number; metric: MetricId }, baseline: ProgressFigure, current: ProgressFigure, target: Target): Progress {
  const { minimumN, direction } = METRICS[item.metric];
  const enough = current.n >= minimumN && current.value !== null;
  const reached = (value: number | null): boolean | null => {
    if (value === null || target.value === null || direction === 'neutral') return null;
    return direction === 'lower' ? value <= target.value : value >= target.value;
  };
  const measured = enough && baseline.n >= minimumN;
  return {
    actionItemId: item.id,
    agentId: item.agentId,
    metric: item.metric,
    baseline,
    current,
    target: target.value,
    targetFrom: target.from,
    enough,
    met: enough ? reached(current.value) : null,
    // Who was at the target when it was agreed has no way behind them.
    share: measured && reached(baseline.value) !== true ? share(baseline.value, current.value, target.value) : null,
  };
}

function share(baseline: number | null, current: number | null, target: number | null): number | null {
  if (baseline === null || current === null || target === null || baseline === target) return null;
  return roundFigure(Math.min(1, Math.max(0, (current - baseline) / (target - baseline))));
}
