import type { MetricSums, SumKey } from './metric-sums.ts';
import type { RowCondition } from './metric-rows.ts';

export type MetricUnit = 'count' | 'ratio' | 'percent' | 'seconds' | 'minutes' | 'hours' | 'rating' | 'sentiment';
export type MetricDirection = 'higher' | 'lower' | 'neutral';

/**
 * The arithmetic of a metric: (Σ numerator × times) / (Σ denominator × per), or Σ numerator for a plain total. Whole
 * numbers on both sides, so that a figure that is a whole number comes out as one.
 */
export interface Arithmetic {
  readonly numerator: readonly SumKey[];
  readonly denominator: readonly SumKey[] | null;
  readonly times?: number;
  readonly per?: number;
}

interface Definition extends Arithmetic {
  /** Raised whenever the same rows would give another number. */
  readonly version: number;
  readonly name: string;
  readonly formula: string;
  readonly unit: MetricUnit;
  readonly direction: MetricDirection;
  readonly exclusions: readonly string[];
  /** The count behind the figure, and what it counts. */
  readonly n: SumKey;
  readonly counts: string;
  /** Below this n the figure is shown, but nothing is concluded from it. */
  readonly minimumN: number;
  readonly source: string;
  /** The interactions that n counts; null for a metric of the presence ledger. */
  readonly rows: RowCondition | null;
}

const INTERACTIONS = 'interactions';
const PRESENCE = 'presence ledger';

const DEFINITIONS = {
  offered: {
    version: 1, name: 'Offered', formula: 'Inbound interactions that were answered, abandoned, missed or sent to voicemail.',
    unit: 'count', direction: 'neutral', exclusions: ['Outbound and still open interactions'],
    numerator: ['offered'], denominator: null,
    n: 'offered', counts: 'interactions offered', minimumN: 0, source: INTERACTIONS, rows: 'offered',
  },
  handled: {
    version: 1, name: 'Handled', formula: 'Interactions handled; an answered call counts as one.',
    unit: 'count', direction: 'neutral', exclusions: ['Unanswered, failed and still open interactions'],
    numerator: ['handled'], denominator: null,
    n: 'handled', counts: 'interactions handled', minimumN: 0, source: INTERACTIONS, rows: 'handled',
  },
  resolved: {
    version: 1, name: 'Resolved', formula: 'Interactions marked as resolved.',
    unit: 'count', direction: 'neutral', exclusions: [],
    numerator: ['resolved'], denominator: null,
    n: 'resolved', counts: 'interactions resolved', minimumN: 0, source: INTERACTIONS, rows: 'resolved',
  },
  csat: {
    version: 1, name: 'CSAT', formula: 'Sum of ratings / number of ratings, each on a scale of 1 to 5.',
    unit: 'rating', direction: 'higher', exclusions: ['Interactions without a rating'],
    numerator: ['ratingSum'], denominator: ['ratingCount'],
    n: 'ratingCount', counts: 'ratings', minimumN: 20, source: INTERACTIONS, rows: 'rated',
  },
  csatTop2: {
    version: 1, name: 'CSAT top 2', formula: 'Ratings of 4 and more / number of ratings.',
    unit: 'ratio', direction: 'higher', exclusions: ['Interactions without a rating'],
    numerator: ['ratingTop2'], denominator: ['ratingCount'],
    n: 'ratingCount', counts: 'ratings', minimumN: 20, source: INTERACTIONS, rows: 'rated',
  },
  csatResponseRate: {
    version: 1, name: 'CSAT response rate', formula: 'Number of ratings / interactions handled.',
    unit: 'ratio', direction: 'neutral', exclusions: ['Unanswered, failed and still open interactions'],
    numerator: ['ratingCount'], denominator: ['handled'],
    n: 'handled', counts: 'interactions handled', minimumN: 20, source: INTERACTIONS, rows: 'handled',
  },
  slaCompliance: {
    version: 1, name: 'SLA', formula:
      'Interactions answered within target / interactions offered × 100. Target: seconds of waiting for voice, ' +
      'seconds until the first response elsewhere, by the settings of the team at that time.',
    unit: 'percent', direction: 'higher',
    exclusions: ['Outbound interactions', 'Answered interactions whose wait was not recorded'],
    numerator: ['withinTarget'], denominator: ['slaEligible'], times: 100,
    n: 'slaEligible', counts: 'interactions offered', minimumN: 20, source: INTERACTIONS, rows: 'slaEligible',
  },
  serviceLevel: {
    version: 1, name: 'Service level', formula: 'Calls answered within T seconds / calls offered.',
    unit: 'ratio', direction: 'higher',
    exclusions: ['Channels other than voice', 'Outbound calls', 'Answered calls whose wait was not recorded'],
    numerator: ['voiceWithinTarget'], denominator: ['voiceSlaEligible'],
    n: 'voiceSlaEligible', counts: 'calls offered', minimumN: 20, source: INTERACTIONS, rows: 'voiceSlaEligible',
  },
  asa: {
    version: 1, name: 'Average speed of answer', formula: 'Sum of the waits of answered calls / calls answered.',
    unit: 'seconds', direction: 'lower',
    exclusions: ['Channels other than voice', 'Outbound calls', 'Unanswered calls', 'Calls whose wait was not recorded'],
    numerator: ['voiceWaitSeconds'], denominator: ['voiceWaitCount'],
    n: 'voiceWaitCount', counts: 'calls answered', minimumN: 20, source: INTERACTIONS, rows: 'voiceWait',
  },
  abandonment: {
    version: 1, name: 'Abandonment', formula: 'Interactions abandoned / interactions offered.',
    unit: 'ratio', direction: 'lower', exclusions: ['Outbound interactions'],
    numerator: ['abandoned'], denominator: ['offered'],
    n: 'offered', counts: 'interactions offered', minimumN: 20, source: INTERACTIONS, rows: 'offered',
  },
  avgResponseTime: {
    version: 1, name: 'Response time', formula: 'Mean wait of the interactions handled, in minutes.',
    unit: 'minutes', direction: 'lower', exclusions: ['Interactions whose wait was not recorded'],
    numerator: ['waitSeconds'], denominator: ['waitCount'], per: 60,
    n: 'waitCount', counts: 'interactions handled', minimumN: 20, source: INTERACTIONS, rows: 'wait',
  },
  aht: {
    version: 1, name: 'Handle time', formula: '(Talk + hold + after-call work) / interactions handled, in seconds.',
    unit: 'seconds', direction: 'lower', exclusions: ['Interactions none of whose times was recorded'],
    numerator: ['talkSeconds', 'holdSeconds', 'acwSeconds'], denominator: ['handleCount'],
    n: 'handleCount', counts: 'interactions handled', minimumN: 20, source: INTERACTIONS, rows: 'handleTime',
  },
  talkTime: {
    version: 1, name: 'Talk time', formula: 'Talk time / interactions handled, in seconds.',
    unit: 'seconds', direction: 'neutral', exclusions: ['Interactions whose talk time was not recorded'],
    numerator: ['talkSeconds'], denominator: ['talkCount'],
    n: 'talkCount', counts: 'interactions handled', minimumN: 20, source: INTERACTIONS, rows: 'talk',
  },
  occupancy: {
    version: 1, name: 'Occupancy', formula:
      '(Talk + hold + after-call work) / (talk + hold + after-call work + idle); idle is the time signed in and not ' +
      'away that was not spent handling.',
    unit: 'ratio', direction: 'neutral', exclusions: ['Days without a presence record'],
    numerator: ['occupiedSeconds'], denominator: ['occupiedSeconds', 'idleSeconds'],
    n: 'presenceDays', counts: 'days signed in', minimumN: 5, source: `${INTERACTIONS}, ${PRESENCE}`, rows: null,
  },
  fcr: {
    version: 1, name: 'First-contact resolution', formula: 'Interactions resolved at first contact / eligible interactions.',
    unit: 'ratio', direction: 'higher',
    exclusions: ['Interactions for which resolution or first contact was not recorded'],
    numerator: ['firstContactResolved'], denominator: ['firstContactEligible'],
    n: 'firstContactEligible', counts: 'eligible interactions', minimumN: 20, source: INTERACTIONS, rows: 'firstContact',
  },
  resolutionRate: {
    version: 1, name: 'Resolution rate', formula: 'Interactions handled and resolved / interactions handled.',
    unit: 'ratio', direction: 'higher', exclusions: ['Interactions for which resolution was not recorded'],
    numerator: ['resolutionResolved'], denominator: ['resolutionCount'],
    n: 'resolutionCount', counts: 'interactions handled', minimumN: 20, source: INTERACTIONS, rows: 'resolution',
  },
  sentiment: {
    version: 1, name: 'Customer sentiment', formula: 'Mean sentiment of the customer, from −1 to 1.',
    unit: 'sentiment', direction: 'higher', exclusions: ['The agent’s own words', 'Interactions without a sentiment'],
    numerator: ['sentimentSum'], denominator: ['sentimentCount'],
    n: 'sentimentCount', counts: 'interactions', minimumN: 20, source: INTERACTIONS, rows: 'sentiment',
  },
  onlineHours: {
    version: 1, name: 'Online', formula: 'Hours in any status but offline.',
    unit: 'hours', direction: 'neutral', exclusions: [],
    numerator: ['onlineHours'], denominator: null,
    n: 'presenceDays', counts: 'days signed in', minimumN: 0, source: PRESENCE, rows: null,
  },
  awayHours: {
    version: 1, name: 'Away', formula: 'Hours in the status away; part of online.',
    unit: 'hours', direction: 'neutral', exclusions: [],
    numerator: ['awayHours'], denominator: null,
    n: 'presenceDays', counts: 'days signed in', minimumN: 0, source: PRESENCE, rows: null,
  },
} as const satisfies Record<string, Definition>;

export type MetricId = keyof typeof DEFINITIONS;
export type MetricDefinition = Definition & { readonly id: MetricId };

export const METRIC_IDS = Object.keys(DEFINITIONS) as readonly MetricId[];

/** Every metric, by id: the only place in which a formula stands. */
export const METRICS = Object.fromEntries(
  METRIC_IDS.map((id): [MetricId, MetricDefinition] => [id, { id, ...(DEFINITIONS[id] as Definition) }]),
) as Readonly<Record<MetricId, MetricDefinition>>;

/**
 * A metric over the given sums, in its unit and unrounded.
 *
 * @returns null where nothing was measured; a plain total is 0 there
 */
export function computeMetric(id: MetricId, sums: MetricSums): number | null {
  const { numerator, denominator } = METRICS[id];
  return quotientOf(id, addUp(numerator, sums), denominator && addUp(denominator, sums));
}

/** The arithmetic of a metric for a sum of its numerator and one of its denominator (null for a plain total). */
export function quotientOf(id: MetricId, total: number, divisor: number | null): number | null {
  const { times = 1, per = 1 } = METRICS[id];
  if (divisor === null) return total;
  return divisor > 0 ? (total * times) / (divisor * per) : null;
}

/** The count behind a metric. */
export const countOf = (id: MetricId, sums: MetricSums): number => sums[METRICS[id].n];

const addUp = (keys: readonly SumKey[], sums: MetricSums): number => keys.reduce((total, key) => total + sums[key], 0);

/** Rounds to the four decimals in which figures are stored and sent, halves away from zero. */
export function roundFigure(value: number): number;
export function roundFigure(value: number | null): number | null;
export function roundFigure(value: number | null): number | null {
  return value === null ? null : (Math.sign(value) * Math.round(Math.abs(value) * 1e4)) / 1e4 || 0;
}

/** {@link computeMetric}, rounded for storing and sending. */
export const figureOf = (id: MetricId, sums: MetricSums): number | null => roundFigure(computeMetric(id, sums));
