import { QUEUE_CONSTANTS } from '../priority-queue/queue-constants.ts';

/** Raised whenever the same facts would give another preparation. */
export const PREPARATION_VERSION = 2;

export const PREPARATION_CONSTANTS = {
  /** Business days looked at, today included; those of the queue. */
  windowDays: QUEUE_CONSTANTS.windowDays,
  /** A rating up to this is flagged as poor. */
  poorRating: 2,
  /** A rating from this is flagged as excellent. */
  excellentRating: 5,
  /** A sentiment of the customer up to this is flagged. */
  negativeSentiment: -0.5,
  /** A handle time from so many times the target is flagged. */
  longHandleFactor: 2,
  /** Interactions flagged for each reason. */
  flaggedEach: 3,
  /** Metrics off target that are put on the agenda where the session has no focus metrics. */
  agendaMetrics: 2,
  /** Points that the last session left open which are put on the agenda again. */
  agendaLeft: 5,
  /** Urgent notes that get a point of their own. */
  agendaUrgentNotes: 3,
} as const;

/** The rules in words; served with the definitions of metrics. */
export const PREPARATION_RULES = [
  { code: 'flagged.poor_rating', rule: 'Rated 2 or less in the last 28 days: the lowest three, of equal ratings the latest.' },
  { code: 'flagged.excellent_rating', rule: 'Rated 5 in the last 28 days: the latest three.' },
  { code: 'flagged.negative_sentiment', rule: 'Sentiment of the customer −0.5 or less in the last 28 days: the lowest three.' },
  { code: 'flagged.long_handle', rule: 'Handle time at least twice the team’s target in the last 28 days: the longest three.' },
  { code: 'trend', rule: 'Theil–Sen slope of the daily values × 28, where Mann–Kendall p < 0.05 over at least 12 measured days; as in the priority queue.' },
  {
    code: 'agenda',
    rule:
      'In this order: what went well; what was agreed in the last session; up to five points of its agenda that were not talked ' +
      'about, unless the draft has the same anew; up to three urgent notes; each focus metric, or without any the two furthest off target with enough data; metrics that get worse; overdue action items; the other notes; one interaction to look at together ' +
      'that went badly, and one that went well. A point without rows behind it is left out.',
  },
] as const;
