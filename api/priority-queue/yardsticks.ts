import { median, sampleStandardDeviation } from 'simple-statistics';

import { METRICS } from '../performance/metric-definitions.ts';
import { TARGET_METRICS, type TargetMetric, type TeamSettings } from '../performance/team-settings.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';
import type { PersonFacts } from './queue-facts.ts';

/** A metric of one person over the window. */
export interface Figure {
  readonly value: number | null;
  readonly n: number;
}

/** A figure with enough behind it to conclude from it. */
export interface MeasuredFigure extends Figure {
  readonly value: number;
}

export type Figures = Readonly<Record<TargetMetric, Figure>>;

/** What a metric is held against in one team. */
export interface Yardstick {
  readonly metric: TargetMetric;
  readonly target: number;
  /** People with enough data, and how many of them miss the target. */
  readonly measured: number;
  readonly missing: number;
  /** Median of the measured people; null without any. */
  readonly median: number | null;
  /** One deviation, always above 0. */
  readonly spread: number;
  /** Whether that is the standard deviation of the team, or for want of one a share of the target. */
  readonly spreadOf: 'team' | 'target';
  /** Most of the team misses the target: people are then held against the median instead. */
  readonly isProcess: boolean;
}

export const figuresOf = (facts: PersonFacts): Figures =>
  Object.fromEntries(
    TARGET_METRICS.map((metric) => [metric, { value: facts.days.metric(metric), n: facts.days.count(metric) }]),
  ) as Record<TargetMetric, Figure>;

export const isMeasured = (figure: Figure): figure is MeasuredFigure =>
  figure.value !== null && figure.n >= QUEUE_CONSTANTS.minimumN;

/** How much worse a value is than a reference, in the metric's unit; negative when it is better. */
export const worseBy = (metric: TargetMetric, value: number, reference: number): number =>
  METRICS[metric].direction === 'lower' ? value - reference : reference - value;

/** The yardstick of every metric for the people of a team. */
export function yardsticksOf(team: readonly Figures[], settings: TeamSettings): Readonly<Record<TargetMetric, Yardstick>> {
  return Object.fromEntries(TARGET_METRICS.map((metric) => [metric, yardstick(metric, team, settings.targets[metric])])) as Record<
    TargetMetric,
    Yardstick
  >;
}

function yardstick(metric: TargetMetric, team: readonly Figures[], target: number): Yardstick {
  // Sorted, so that the last bits of the sums do not depend on the order in which people are read.
  const values = team.map((figures) => figures[metric]).filter(isMeasured).map((figure) => figure.value).sort((a, b) => a - b);
  const missing = values.filter((value) => worseBy(metric, value, target) > 0).length;
  const isTeam = values.length >= QUEUE_CONSTANTS.minimumTeam;
  const teamSpread = isTeam ? spreadOf(values) : 0;
  return {
    metric,
    target,
    measured: values.length,
    missing,
    median: values.length > 0 ? median(values) : null,
    spread: teamSpread || fallbackSpread(metric, target),
    spreadOf: teamSpread > 0 ? 'team' : 'target',
    isProcess: isTeam && missing / values.length >= QUEUE_CONSTANTS.processShare,
  };
}

/** Standard deviation; 0 where the values differ by no more than what adding fractions leaves. */
function spreadOf(values: readonly number[]): number {
  const deviation = sampleStandardDeviation([...values]);
  return deviation > 1e-9 * Math.max(...values.map(Math.abs)) ? deviation : 0;
}

const fallbackSpread = (metric: TargetMetric, target: number): number =>
  metric === 'sentiment' ? QUEUE_CONSTANTS.fallbackSentimentSpread : QUEUE_CONSTANTS.fallbackSpread * target;
