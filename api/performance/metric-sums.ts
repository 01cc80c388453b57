/**
 * The sums and counts of which every metric is made, and the column of `agent_performance_metrics` that holds each.
 * A period of any length is the sum of its days, so a figure over a month is never a mean of means.
 */
export const SUM_COLUMNS = {
  interactions: 'interactions',
  handled: 'messages_handled',
  resolved: 'tickets_resolved',
  offered: 'offered',
  answered: 'answered',
  abandoned: 'abandoned',
  slaEligible: 'sla_eligible',
  withinTarget: 'within_target',
  voiceSlaEligible: 'voice_sla_eligible',
  voiceWithinTarget: 'voice_within_target',
  voiceWaitSeconds: 'voice_wait_seconds_sum',
  voiceWaitCount: 'voice_wait_count',
  waitSeconds: 'wait_seconds_sum',
  waitCount: 'wait_count',
  talkSeconds: 'talk_seconds_sum',
  talkCount: 'talk_count',
  holdSeconds: 'hold_seconds_sum',
  acwSeconds: 'acw_seconds_sum',
  handleCount: 'handle_count',
  resolutionCount: 'resolution_count',
  resolutionResolved: 'resolved_count',
  firstContactEligible: 'first_contact_eligible',
  firstContactResolved: 'first_contact_resolved',
  ratingSum: 'rating_sum',
  ratingSquares: 'rating_sum_squares',
  ratingCount: 'rating_count',
  ratingTop2: 'rating_top2',
  sentimentSum: 'sentiment_sum',
  sentimentCount: 'sentiment_count',
  onlineHours: 'online_hours',
  awayHours: 'away_hours',
  presenceDays: 'presence_days',
  occupiedSeconds: 'occupied_seconds',
  idleSeconds: 'idle_seconds',
} as const;

export type SumKey = keyof typeof SUM_COLUMNS;
export type MetricSums = Readonly<Record<SumKey, number>>;

export const SUM_KEYS = Object.keys(SUM_COLUMNS) as readonly SumKey[];

/** Nothing happened. */
export const EMPTY_SUMS: MetricSums = Object.freeze(
  Object.fromEntries(SUM_KEYS.map((key) => [key, 0])) as Record<SumKey, number>,
);

/** The sums of several days or people together. */
export function addSums(all: readonly MetricSums[]): MetricSums {
  const total = { ...EMPTY_SUMS } as Record<SumKey, number>;
  for (const sums of all) for (const key of SUM_KEYS) total[key] += sums[key];
  return total;
}
