import { METRICS } from '../performance/metric-definitions.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import { holm, welchDifference, type MeanDifference } from '../statistics/welch.ts';
import { EFFECT_CONSTANTS } from './effect-constants.ts';

/** A metric on one day. */
export interface DayValue {
  readonly value: number;
  /** The count behind it. */
  readonly n: number;
}

/** What is known of one metric around a session. Days without a value are left out. */
export interface MetricDays {
  readonly metric: TargetMetric;
  /** In the metric's unit. */
  readonly smallestEffect: number;
  readonly before: readonly DayValue[];
  readonly after: readonly DayValue[];
}

/** Whether further days can still come. */
export interface Progress {
  /** The session took place. */
  readonly held: boolean;
  /** All days of both windows are over. */
  readonly over: boolean;
}

export type Verdict = 'improved' | 'no_clear_change' | 'worse' | 'too_early';

/** Why the verdict is what it is; the parameters are those of the sentence. */
export type EffectReason =
  | { readonly code: 'excludes_none' | 'includes_none' }
  | { readonly code: 'not_held' }
  | { readonly code: 'too_few_days' | 'too_few_interactions'; readonly side: 'before' | 'after'; readonly have: number; readonly need: number; readonly final: boolean }
  | { readonly code: 'too_wide'; readonly halfWidth: number; readonly smallestEffect: number; readonly final: boolean };

export interface EffectSide {
  readonly days: number;
  readonly n: number;
  /** Mean of the daily values; null without any. */
  readonly mean: number | null;
}

export interface EffectInterval {
  readonly level: number;
  readonly lower: number;
  readonly upper: number;
}

export interface MetricEffect {
  readonly metric: TargetMetric;
  readonly smallestEffect: number;
  readonly before: EffectSide;
  readonly after: EffectSide;
  /** After minus before, in the metric's unit; null below the minimum. */
  readonly difference: number | null;
  readonly interval: EffectInterval | null;
  /** The same, widened for the number of metrics looked at: what the verdict goes by. */
  readonly adjustedInterval: EffectInterval | null;
  readonly adjustedP: number | null;
  readonly verdict: Verdict;
  readonly reason: EffectReason;
}

/**
 * What a session can be said to have changed: before and after for each metric, and a verdict. All metrics with enough
 * days count as looked at together, whatever comes out. Nothing but its arguments decides; their order does not matter.
 */
export function judgeEffect(metrics: readonly MetricDays[], progress: Progress): MetricEffect[] {
  const { confidence } = EFFECT_CONSTANTS;
  const tested = metrics.filter((days) => whatIsLacking(days, progress) === null);
  const estimates = tested.map(({ before, after }) => welchDifference(values(before), values(after), confidence));
  const steps = holm(estimates.map(({ p }) => p), confidence);
  return metrics.map((days): MetricEffect => {
    const sides = { metric: days.metric, smallestEffect: days.smallestEffect, before: sideOf(days.before), after: sideOf(days.after) };
    const reason = whatIsLacking(days, progress);
    if (reason) return { ...sides, ...UNTESTED, reason };
    const place = tested.indexOf(days);
    const [estimate, step] = [estimates[place]!, steps[place]!]; // it was tested
    const adjusted = welchDifference(values(days.before), values(days.after), step.level);
    return {
      ...sides,
      difference: estimate.difference,
      interval: { level: confidence, lower: estimate.lower, upper: estimate.upper },
      adjustedInterval: { level: step.level, lower: adjusted.lower, upper: adjusted.upper },
      adjustedP: step.p,
      ...conclude(days, estimate, step.rejected, progress),
    };
  });
}

const UNTESTED = { difference: null, interval: null, adjustedInterval: null, adjustedP: null, verdict: 'too_early' } as const;

const values = (days: readonly DayValue[]): number[] => days.map((day) => day.value);

function sideOf(days: readonly DayValue[]): EffectSide {
  const n = days.reduce((total, day) => total + day.n, 0);
  return { days: days.length, n, mean: days.length === 0 ? null : values(days).reduce((sum, value) => sum + value, 0) / days.length };
}

/** Why nothing can be estimated; null where it can. */
function whatIsLacking(days: MetricDays, { held, over }: Progress): EffectReason | null {
  const { minimumDays, minimumInteractions } = EFFECT_CONSTANTS;
  if (!held) return { code: 'not_held' };
  for (const side of ['before', 'after'] as const) {
    const { days: have, n } = sideOf(days[side]);
    // The days before are over when the session is held: no more will come.
    const final = side === 'before' || over;
    if (have < minimumDays) return { code: 'too_few_days', side, have, need: minimumDays, final };
    if (n < minimumInteractions) return { code: 'too_few_interactions', side, have: n, need: minimumInteractions, final };
  }
  return null;
}

function conclude({ metric, smallestEffect }: MetricDays, { difference, lower, upper }: MeanDifference, rejected: boolean, { over }: Progress): Pick<MetricEffect, 'verdict' | 'reason'> {
  const halfWidth = (upper - lower) / 2;
  if (halfWidth > smallestEffect) return { verdict: 'too_early', reason: { code: 'too_wide', halfWidth, smallestEffect, final: over } };
  if (!rejected) return { verdict: 'no_clear_change', reason: { code: 'includes_none' } };
  const better = METRICS[metric].direction === 'lower' ? difference < 0 : difference > 0;
  return { verdict: better ? 'improved' : 'worse', reason: { code: 'excludes_none' } };
}
