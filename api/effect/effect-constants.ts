import { DEFAULT_TEAM_SETTINGS, TARGET_METRICS, type TargetMetric } from '../performance/team-settings.ts';

/** Raised whenever the same days would give another verdict. */
export const EFFECT_VERSION = 1;

/** Every constant of the effect; published through `GET /api/metrics/definitions`. */
export const EFFECT_CONSTANTS = {
  /** Days on each side at most, weekends among them. */
  windowDays: 28,
  /** Days with a value on each side from which something is said. */
  minimumDays: 10,
  /** Interactions behind them on each side, likewise. */
  minimumInteractions: 30,
  /** Of the interval, and of all metrics of a session together. */
  confidence: 0.95,
  /** The smallest effect of interest is this share of the target … */
  smallestEffectShare: 0.1,
  /** … but for sentiment, whose target may be 0: an absolute value. */
  smallestSentimentEffect: 0.1,
} as const;

export const EFFECT_FORMULA =
  'Difference of the mean daily value over up to 28 days after and before the session, each side cut at the ' +
  'neighbouring session; the day of the session and days that are not over count on neither side. Too early below 10 days ' +
  'with a value or 30 interactions a side, and where half of the 95 % Welch interval is wider than the smallest effect of ' +
  'interest (10 % of the target; 0.1 for sentiment). Improved or worse where the interval, widened by Holm’s procedure for ' +
  'the number of metrics looked at, excludes no difference.';

/** Changes below this are not worth knowing, in the metric's unit: days that cannot tell one from none are too few. */
export function smallestEffect(metric: TargetMetric, targets: Readonly<Record<TargetMetric, number>>): number {
  if (metric === 'sentiment') return EFFECT_CONSTANTS.smallestSentimentEffect;
  return targets[metric] * EFFECT_CONSTANTS.smallestEffectShare;
}

/** What is published of the rule. */
export const EFFECT_RULES = {
  version: EFFECT_VERSION,
  formula: EFFECT_FORMULA,
  constants: EFFECT_CONSTANTS,
  /** With the default targets; a team's own give its own. */
  smallestEffects: Object.fromEntries(TARGET_METRICS.map((metric) => [metric, Number(smallestEffect(metric, DEFAULT_TEAM_SETTINGS.targets).toFixed(4))])),
};
