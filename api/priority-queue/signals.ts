import { daysBetween } from '../performance/business-day.ts';
import { METRICS, type MetricUnit } from '../performance/metric-definitions.ts';
import type { SignalCode, TargetMetric } from '../performance/team-settings.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';
import type { PersonFacts } from './queue-facts.ts';
import type { Trend } from './trends.ts';
import { isMeasured, worseBy, type Figure, type Yardstick } from './yardsticks.ts';

export type Params = Readonly<Record<string, string | number | boolean | null>>;
export type SignalUnit = MetricUnit | 'days';

export interface Comparison {
  readonly kind: 'target' | 'teamMedian' | 'cadence' | 'change' | 'none';
  readonly value: number | null;
  /** Distance in team deviations, positive when worse. */
  readonly deviations: number | null;
}

/** One ground for coaching, before it is weighted. */
export interface Signal {
  readonly code: SignalCode;
  /** 0 to 1. */
  readonly strength: number;
  /** False: the strength is 0 because there is nothing to measure. */
  readonly hasData: boolean;
  readonly value: number | null;
  readonly unit: SignalUnit;
  readonly n: number | null;
  readonly comparison: Comparison | null;
  /** What the sentence says; `variant` chooses its wording. */
  readonly params: Params;
}

export const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Distance to the target, or to the team's median where the team as a whole misses it. */
export function gapSignal(code: SignalCode, figure: Figure, yardstick: Yardstick): Signal {
  const { metric, target } = yardstick;
  const unit = METRICS[metric].unit;
  const about = { metric, n: figure.n, target, unit };
  if (!isMeasured(figure)) {
    const variant = figure.n === 0 ? 'noData' : 'tooFew';
    const params = { ...about, variant, value: figure.value, minimumN: QUEUE_CONSTANTS.minimumN };
    return { code, strength: 0, hasData: false, value: figure.value, unit, n: figure.n, comparison: null, params };
  }
  const reference = yardstick.isProcess ? yardstick.median! : target; // a process finding needs measured people
  const deviations = worseBy(metric, figure.value, reference) / yardstick.spread;
  const kind = yardstick.isProcess ? 'teamMedian' : 'target';
  const variant = deviations > 0 ? kind : `${kind}Met`;
  return {
    code,
    strength: clamp(deviations / QUEUE_CONSTANTS.gapFullAt),
    hasData: true,
    value: figure.value,
    unit,
    n: figure.n,
    comparison: { kind, value: reference, deviations },
    params: { ...about, variant, value: figure.value, reference, deviations, spread: yardstick.spread, spreadOf: yardstick.spreadOf },
  };
}

/** The strongest significant change for the worse. */
export function trendSignal(worst: Trend | null, measuredMetrics: number): Signal {
  if (worst === null) {
    const hasData = measuredMetrics > 0;
    const params = { variant: hasData ? 'steady' : 'noData', days: QUEUE_CONSTANTS.trendMinimumDays };
    return { code: 'trend', strength: 0, hasData, value: null, unit: 'count', n: null, comparison: null, params };
  }
  return {
    code: 'trend',
    strength: clamp(worst.deviations / QUEUE_CONSTANTS.trendFullAt),
    hasData: true,
    value: worst.change,
    unit: METRICS[worst.metric].unit,
    n: worst.days,
    comparison: { kind: 'change', value: null, deviations: worst.deviations },
    params: trendParams(worst),
  };
}

export const trendParams = (trend: Trend): Params & { metric: TargetMetric } => ({
  variant: trend.change > 0 ? 'rose' : 'fell',
  metric: trend.metric,
  unit: METRICS[trend.metric].unit,
  change: trend.change,
  days: trend.days,
  p: trend.p,
  deviations: trend.deviations,
  value: trend.value,
});

/** Notes nobody has dealt with: the more, the more urgent and the older, the stronger; never quite 1. */
export function notesSignal({ notes }: PersonFacts): Signal {
  const { noteTypeWeight, notePriorityWeight, noteAgeDays, noteAgeCap, noteScale } = QUEUE_CONSTANTS;
  const weights = notes.map(
    (note) => noteTypeWeight[note.type] * notePriorityWeight[note.priority] * Math.min(1 + Math.max(0, note.ageDays) / noteAgeDays, noteAgeCap),
  );
  const weight = weights.sort((a, b) => a - b).reduce((sum, one) => sum + one, 0);
  const urgent = notes.filter((note) => note.type === 'URGENT').length;
  const oldest = notes.reduce((days, note) => Math.max(days, Math.floor(note.ageDays)), 0);
  return {
    code: 'notes',
    strength: 1 - Math.exp(-weight / noteScale),
    hasData: true,
    value: notes.length,
    unit: 'count',
    n: notes.length,
    comparison: { kind: 'none', value: null, deviations: null },
    params: { variant: notes.length === 0 ? 'none' : 'open', count: notes.length, urgent, oldest },
  };
}

export function overdueSignal({ overdueActions: count }: PersonFacts): Signal {
  return {
    code: 'overdueActions',
    strength: 1 - Math.exp(-count / QUEUE_CONSTANTS.overdueScale),
    hasData: true,
    value: count,
    unit: 'count',
    n: count,
    comparison: { kind: 'none', value: null, deviations: null },
    params: { variant: count === 0 ? 'none' : 'overdue', count },
  };
}

/**
 * Time since the last completed session beyond the team's cadence; from joining for who never had one.
 *
 * @param today business day the queue is read as of
 */
export function cadenceSignal({ lastSessionOn, joinedOn }: PersonFacts, cadenceDays: number, today: string): Signal {
  const days = daysBetween(lastSessionOn ?? joinedOn, today);
  const hasData = days >= 0;
  const never = lastSessionOn === null;
  const variant = !hasData ? 'notJoined' : never ? 'never' : 'since';
  return {
    code: 'cadence',
    strength: hasData ? clamp(days / cadenceDays - 1) : 0,
    hasData,
    value: hasData ? days : null,
    unit: 'days',
    n: null,
    comparison: { kind: 'cadence', value: cadenceDays, deviations: null },
    params: { variant, days: hasData ? days : null, cadence: cadenceDays, since: lastSessionOn ?? joinedOn },
  };
}
