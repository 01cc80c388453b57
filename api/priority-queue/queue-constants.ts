import { SIGNAL_CODES, DEFAULT_TEAM_SETTINGS, type SignalCode } from '../performance/team-settings.ts';

/** Raised whenever the same facts would give another score. */
export const SCORING_VERSION = 1;

/** Every constant of the score; published through `GET /api/metrics/definitions`. */
export const QUEUE_CONSTANTS = {
  /** Business days, the day of `asOf` included, over which figures are taken. */
  windowDays: 28,
  /** A figure below this n is no ground for coaching. */
  minimumN: 20,
  /** z at which a gap is worth all its points. */
  gapFullAt: 2,
  /** Under so many measured people the team's spread means nothing. */
  minimumTeam: 5,
  /** Then, and where everybody has the same value, one deviation is this share of the target. */
  fallbackSpread: 0.1,
  /** The same for sentiment, whose target may be 0: an absolute value. */
  fallbackSentimentSpread: 0.1,
  /** Share of the measured people who miss a target from which it is a matter of the process. */
  processShare: 0.6,
  trendMinimumDays: 12,
  trendSignificance: 0.05,
  /** Team deviations of 28-day change at which a trend is worth all its points. */
  trendFullAt: 2,
  noteTypeWeight: { COACHING: 1, URGENT: 2, POSITIVE: 0 },
  notePriorityWeight: { LOW: 0.5, MEDIUM: 1, HIGH: 1.5 },
  /** A note counts 1 + age / this many days … */
  noteAgeDays: 28,
  /** … and at most so much. */
  noteAgeCap: 2,
  noteScale: 3,
  overdueScale: 2,
  /** Team deviations better than the target from which the best of a team is recognised. */
  recognitionDeviations: 1,
  /** Action items finished by their due day within the window from which that is recognised. */
  recognitionActions: 2,
  /** Recognitions shown per team, the strongest of each kind first. */
  recognitionsPerTeam: 5,
} as const;

const NAMES: Readonly<Record<SignalCode, string>> = {
  'gap.csat': 'CSAT gap',
  'gap.slaCompliance': 'SLA gap',
  'gap.avgResponseTime': 'Response time gap',
  'gap.aht': 'Handle time gap',
  'gap.fcr': 'First-contact resolution gap',
  'gap.resolutionRate': 'Resolution gap',
  trend: 'Getting worse',
  notes: 'Notes not yet addressed',
  overdueActions: 'Overdue actions',
  cadence: 'Time since the last session',
  sentiment: 'Customer sentiment',
};

const GAP =
  'clamp(z / 2), z = distance from target on the bad side / standard deviation of the people of the team; 28 days, n ≥ 20. ' +
  'Under 5 people or without any spread, one deviation is 10 % of the target. Where ≥ 60 % of ≥ 5 people miss the target, ' +
  'z is taken from the team’s median and the target is reported as a process finding.';

const FORMULAS: Readonly<Record<SignalCode, string>> = {
  'gap.csat': GAP,
  'gap.slaCompliance': GAP,
  'gap.avgResponseTime': GAP,
  'gap.aht': GAP,
  'gap.fcr': GAP,
  'gap.resolutionRate': GAP,
  trend:
    'The strongest of the metrics that have a gap weight: clamp(|28-day change| / 2 deviations) for the worse, 28-day change = ' +
    'Theil–Sen slope of the daily values × 28, where Mann–Kendall p < 0.05 over ≥ 12 measured days.',
  notes:
    '1 − exp(−Σ type × priority × age / 3) over notes not private and not yet addressed; type: coaching 1, urgent 2; ' +
    'priority: low 0.5, medium 1, high 1.5; age: 1 + days / 28, at most 2.',
  overdueActions: '1 − exp(−n / 2), n = open action items past their due day.',
  cadence: 'clamp(days since the last completed session / the team’s cadence − 1); without any session, days since joining.',
  sentiment: "clamp(z / 2) of the customers' mean sentiment, z as for a gap; without a team to compare with, one deviation is 0.1.",
};

/** What each signal is, for people who want to know. */
export const SIGNAL_DEFINITIONS = SIGNAL_CODES.map((code) => ({
  code,
  name: NAMES[code],
  formula: FORMULAS[code],
  defaultWeight: DEFAULT_TEAM_SETTINGS.weights[code],
}));
