import type { components } from '../../api/http/contract.types.ts';
import { figure, type Unit } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';

type Schemas = components['schemas'];
export type Goal = Schemas['Goal'];
export type MetricId = Schemas['MetricId'];

/** Metrics that a goal can be set on, each with its unit, and what one stored unit is on the screen. */
export const MEASURES = {
  csat: { unit: 'rating', scale: 1 },
  slaCompliance: { unit: 'percent', scale: 1 },
  avgResponseTime: { unit: 'minutes', scale: 1 },
  aht: { unit: 'seconds', scale: 1 },
  fcr: { unit: 'ratio', scale: 100 },
  resolutionRate: { unit: 'ratio', scale: 100 },
  sentiment: { unit: 'sentiment', scale: 1 },
} as const satisfies Partial<Record<MetricId, { unit: Unit; scale: number }>>;

export type Measure = keyof typeof MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES) as Measure[];

const isMeasure = (metric: MetricId): metric is Measure => metric in MEASURES;

/** The name of a metric. One that no goal is set on here, but over the API, is called by its id. */
export function nameOf(locale: Locale, metric: MetricId): string {
  const key = (metric === 'sentiment' ? 'reason.sentiment' : `reason.gap.${metric}`) as MessageKey;
  return isMeasure(metric) ? locale.t(key) : metric;
}

function valueOf(locale: Locale, metric: MetricId, value: number): string {
  return isMeasure(metric) ? figure(locale, value, MEASURES[metric].unit) : locale.number(value, 2, 0);
}

/** How far a measured goal has come, in words: the value, where it began, and where it is to end. */
export function wayOf(locale: Locale, { metric, startValue, targetValue, progress }: Goal): string {
  if (!metric || targetValue === null) return '';
  const [target, value] = [valueOf(locale, metric, targetValue), progress?.value ?? null];
  const name = nameOf(locale, metric);
  if (value === null) return `${name}: ${locale.t('goals.nothingYet', { target })}`;
  const words = { value: valueOf(locale, metric, value), target, start: startValue === null ? '' : valueOf(locale, metric, startValue) };
  return `${name}: ${locale.t(startValue === null ? 'goals.way' : 'goals.wayFrom', words)}`;
}

/** On how much that stands. */
export function standsOn(locale: Locale, { progress }: Goal): string {
  if (!progress || progress.value === null) return '';
  const { n, minimumN } = progress;
  return n < minimumN ? locale.t('goals.fewN', { n, minimum: minimumN }) : locale.t('goals.n', { n });
}

/** What is asked of a new goal. */
export interface GoalDraft {
  readonly title: string;
  readonly metric: Measure | undefined;
  /** As it is typed, in the unit shown. */
  readonly target: string;
  /** `yyyy-mm-dd`, or empty. */
  readonly due: string;
}

export const emptyGoal: GoalDraft = { title: '', metric: undefined, target: '', due: '' };

/** @returns what is sent, or the key of what is wrong with it. @param today `yyyy-mm-dd` */
export function toGoal({ title, metric, target, due }: GoalDraft, agentId: number, today: string): Schemas['CreateGoalData'] | 'goals.whatMissing' | 'goals.targetMissing' | 'goals.past' {
  if (!title.trim()) return 'goals.whatMissing';
  if (due && due < today) return 'goals.past';
  const typed = target.trim() === '' ? NaN : Number(target);
  if (metric && Number.isNaN(typed)) return 'goals.targetMissing';
  return {
    agentId,
    title: title.trim(),
    ...(metric ? { metric, targetValue: Number((typed / MEASURES[metric].scale).toFixed(6)) } : {}),
    ...(due ? { dueDate: due } : {}),
  };
}
