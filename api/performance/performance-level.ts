import { decimal, hundredths } from './figure-words.ts';
import { computeMetric, METRICS, type MetricId } from './metric-definitions.ts';
import type { MetricSums } from './metric-sums.ts';
import type { TeamSettings } from './team-settings.ts';

export type Level = 'high' | 'medium' | 'low';
type LevelMetric = 'csat' | 'slaCompliance' | 'avgResponseTime';

/** Raised whenever the same figures would give another level. */
export const LEVEL_VERSION = 1;

/** The constants of the level, published with the metric definitions. */
export const LEVEL_CONSTANTS = {
  days: 28,
  minimumHandled: 20,
  minimumRatings: 5,
  attainmentCap: 1.2,
  highFrom: 1,
  mediumFrom: 0.85,
  weights: { csat: 0.4, slaCompliance: 0.35, avgResponseTime: 0.25 },
} as const;

export const LEVEL_FORMULA =
  'Over 28 days with at least 20 interactions handled and 5 ratings: the weighted mean of value / target for CSAT (0.40), ' +
  'SLA (0.35) and of target / value for response time (0.25), each at most 1.2. From 1 high, from 0.85 medium, else low.';

export interface LevelComponent {
  readonly metric: MetricId;
  readonly weight: number;
  readonly value: number | null;
  readonly target: number;
  readonly attainment: number | null;
}

/** The level with its grounds; figures are unrounded. */
export interface PerformanceLevel {
  /** Null below the minimum n, or where a component was not measured. */
  readonly level: Level | null;
  readonly attainment: number | null;
  readonly sentence: string;
  readonly n: { readonly handled: number; readonly ratings: number };
  readonly components: readonly LevelComponent[];
}

/** The performance level for the sums of 28 days (see {@link LEVEL_FORMULA}). */
export function performanceLevel(sums: MetricSums, targets: TeamSettings['targets']): PerformanceLevel {
  const n = { handled: sums.handled, ratings: sums.ratingCount };
  const components = (Object.keys(LEVEL_CONSTANTS.weights) as LevelMetric[]).map((metric) => component(metric, sums, targets));
  const lacking = whatIsLacking(n, components);
  if (lacking !== null) return { level: null, attainment: null, sentence: `No level yet: ${lacking}.`, n, components };
  const attainment = components.reduce((sum, part) => sum + part.weight * (part.attainment ?? 0), 0);
  const level = levelFor(attainment);
  return { level, attainment, sentence: `${percent(attainment)} of target over ${n.handled} interactions and ${n.ratings} ratings.`, n, components };
}

function component(metric: LevelMetric, sums: MetricSums, targets: TeamSettings['targets']): LevelComponent {
  const value = computeMetric(metric, sums);
  const target = targets[metric];
  return {
    metric,
    weight: LEVEL_CONSTANTS.weights[metric],
    value,
    target,
    attainment: value === null ? null : attainmentOf(metric, value, target),
  };
}

function attainmentOf(metric: LevelMetric, value: number, target: number): number {
  const ratio = METRICS[metric].direction === 'higher' ? value / target : target / value;
  return Math.min(ratio, LEVEL_CONSTANTS.attainmentCap);
}

function whatIsLacking(n: PerformanceLevel['n'], components: readonly LevelComponent[]): string | null {
  const { minimumHandled, minimumRatings, days } = LEVEL_CONSTANTS;
  if (n.handled < minimumHandled) return `${n.handled} interactions handled in ${days} days, ${minimumHandled} are needed`;
  if (n.ratings < minimumRatings) return `${n.ratings} ratings in ${days} days, ${minimumRatings} are needed`;
  const missing = components.find((part) => part.attainment === null);
  return missing ? `${METRICS[missing.metric].name} was not measured in ${days} days` : null;
}

/** Being exactly on target must not hang on the last bit of a sum of fractions. */
const TOLERANCE = 1e-9;

function levelFor(attainment: number): Level {
  if (attainment >= LEVEL_CONSTANTS.highFrom - TOLERANCE) return 'high';
  return attainment >= LEVEL_CONSTANTS.mediumFrom - TOLERANCE ? 'medium' : 'low';
}

const percent = (ratio: number): string => `${decimal(hundredths(ratio), 1, 1)} %`;
