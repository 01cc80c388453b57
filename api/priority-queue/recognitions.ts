import { METRICS } from '../performance/metric-definitions.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import type { Measured } from './measured.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';
import type { PersonFacts } from './queue-facts.ts';
import { trendParams, type Comparison, type Params, type SignalUnit } from './signals.ts';
import { strongest } from './trends.ts';
import { isMeasured, worseBy, type Yardstick } from './yardsticks.ts';

export type RecognitionCode = 'improving' | 'above_target' | 'praised' | 'actions_done';

/** Something worth praising, held to the same rigour as the reasons for coaching. */
export interface Recognition {
  readonly code: RecognitionCode;
  readonly facts: PersonFacts;
  /** The metric it is about; null for notes and actions. */
  readonly metric: TargetMetric | null;
  readonly value: number | null;
  readonly unit: SignalUnit;
  readonly n: number | null;
  readonly comparison: Comparison | null;
  readonly params: Params;
}

/** At most one per person, the first of improving, best of the team and better than target, praised, actions done; a short list. */
export function recognitionsOf(people: readonly Measured[], yardsticks: readonly Yardstick[]): Recognition[] {
  const best = bestOfTeam(people, yardsticks);
  return people
    .flatMap((person) => improving(person) ?? best.get(person.facts.person.id) ?? praised(person) ?? actionsDone(person) ?? [])
    .sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code) || strength(b) - strength(a) || a.facts.person.id - b.facts.person.id)
    .slice(0, QUEUE_CONSTANTS.recognitionsPerTeam);
}

const ORDER: readonly RecognitionCode[] = ['improving', 'above_target', 'praised', 'actions_done'];
const strength = (recognition: Recognition): number => -(recognition.comparison?.deviations ?? 0) || (recognition.value ?? 0);

function improving({ facts, trends }: Measured): Recognition | null {
  const trend = strongest(trends, -1);
  if (!trend) return null;
  return {
    code: 'improving',
    facts,
    metric: trend.metric,
    value: trend.change,
    unit: METRICS[trend.metric].unit,
    n: trend.days,
    comparison: { kind: 'change', value: null, deviations: trend.deviations },
    params: trendParams(trend),
  };
}

/** Per metric the person furthest beyond the target; of several people on the same value, the lowest id. */
function bestOfTeam(people: readonly Measured[], yardsticks: readonly Yardstick[]): Map<number, Recognition> {
  const found = new Map<number, Recognition>();
  for (const yardstick of yardsticks) {
    const best = people.map((person) => aboveTarget(person, yardstick)).reduce(furthest, null);
    if (best && !found.has(best.facts.person.id)) found.set(best.facts.person.id, best);
  }
  return found;
}

function furthest(best: Recognition | null, next: Recognition | null): Recognition | null {
  if (!best || !next) return best ?? next;
  return strength(next) > strength(best) ? next : best;
}

function aboveTarget({ facts, figures }: Measured, { metric, target, spread }: Yardstick): Recognition | null {
  const figure = figures[metric];
  if (!isMeasured(figure)) return null;
  const deviations = worseBy(metric, figure.value, target) / spread;
  if (deviations > -QUEUE_CONSTANTS.recognitionDeviations) return null;
  const unit = METRICS[metric].unit;
  return {
    code: 'above_target',
    facts,
    metric,
    value: figure.value,
    unit,
    n: figure.n,
    comparison: { kind: 'target', value: target, deviations },
    params: { metric, unit, value: figure.value, n: figure.n, target, deviations },
  };
}

const praised = ({ facts }: Measured): Recognition | null => (facts.praise > 0 ? counted('praised', facts, facts.praise) : null);

const actionsDone = ({ facts }: Measured): Recognition | null =>
  facts.actionsDone >= QUEUE_CONSTANTS.recognitionActions ? counted('actions_done', facts, facts.actionsDone) : null;

const counted = (code: RecognitionCode, facts: PersonFacts, count: number): Recognition => ({
  code,
  facts,
  metric: null,
  value: count,
  unit: 'count',
  n: count,
  comparison: null,
  params: { count, days: QUEUE_CONSTANTS.windowDays },
});
