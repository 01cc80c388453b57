import { DateTime } from 'luxon';
import { GROUPS, type Group } from './notification-types.ts';

/** When somebody wants to be told over a channel. */
export const TIMINGS = ['now', 'digest', 'never'] as const;
export type Timing = (typeof TIMINGS)[number];

export interface Choice {
  readonly inApp: Timing;
  readonly email: Timing;
}

/** Times of day are `HH:mm` by the person's clock. */
export interface QuietHours {
  readonly from: string;
  /** Earlier than `from`: on the next day. */
  readonly to: string;
}

/** How somebody wants to be told things. */
export interface Preferences {
  /** IANA name; null follows the installation. */
  readonly timezone: string | null;
  readonly digestAt: string;
  readonly quietHours: QuietHours | null;
  /** Days that are quiet as a whole, 1 = Monday … 7 = Sunday; at most six. */
  readonly quietDays: readonly number[];
  readonly groups: Readonly<Record<Group, Choice>>;
}

/** What somebody has chosen, and what it means here. */
export interface PreferencesState extends Preferences {
  readonly defaultTimezone: string;
  /** Whether mails reach the person at all. */
  readonly sendsMail: boolean;
  /** 0 until something is chosen. */
  readonly version: number;
}

/** A person in a place: what times of day mean for them. */
export type Quiet = Pick<Preferences, 'quietHours' | 'quietDays'> & { readonly zone: string };

const DEFAULT_CHOICES: Readonly<Record<Group, Choice>> = {
  sessions: { inApp: 'now', email: 'now' },
  actions: { inApp: 'now', email: 'digest' },
  requests: { inApp: 'now', email: 'digest' },
  goals: { inApp: 'now', email: 'digest' },
  notes: { inApp: 'now', email: 'digest' },
  presence: { inApp: 'now', email: 'never' },
  messages: { inApp: 'now', email: 'digest' },
};

export const DEFAULT_PREFERENCES: Preferences = { timezone: null, digestAt: '08:00', quietHours: null, quietDays: [], groups: DEFAULT_CHOICES };

/** Choices as stored, with the defaults of groups that came later. */
export const resolveChoices = (stored: Partial<Record<string, Partial<Choice>>> | null): Record<Group, Choice> =>
  Object.fromEntries(GROUPS.map((group) => [group, { ...DEFAULT_CHOICES[group], ...stored?.[group] }])) as Record<Group, Choice>;

/** The instant itself, or the first one after it that is not in the person's quiet hours and days. */
export function deliverableFrom(quiet: Quiet, instant: Date): Date {
  let at: DateTime = DateTime.fromJSDate(instant, { zone: quiet.zone });
  // One day is not quiet as a whole, so that the end is at most a week and a night away.
  for (let steps = 0; steps < 16; steps++) {
    const end = endOfQuiet(quiet, at);
    if (!end) break;
    at = end;
  }
  return at.toJSDate();
}

function endOfQuiet({ quietHours, quietDays }: Quiet, at: DateTime): DateTime | undefined {
  if (quietDays.includes(at.weekday)) return at.startOf('day').plus({ days: 1 });
  if (!quietHours) return undefined;
  const [from, to] = [timeOn(at, quietHours.from), timeOn(at, quietHours.to)];
  if (from < to) return at >= from && at < to ? to : undefined;
  if (at < to) return to;
  return at >= from ? timeOn(at.startOf('day').plus({ days: 1 }), quietHours.to) : undefined;
}

/** The last time at or before an instant that it was the hour of the digest, and the day that was. */
export function lastDigestTime(digestAt: string, zone: string, now: Date): { readonly at: Date; readonly day: string } {
  const today = DateTime.fromJSDate(now, { zone });
  const todays = timeOn(today, digestAt);
  const last = todays.toMillis() <= now.getTime() ? todays : timeOn(today.startOf('day').minus({ days: 1 }), digestAt);
  return { at: last.toJSDate(), day: last.toISODate()! }; // null only for an invalid date
}

/** A time of day on a day. What the clocks skip counts as after they were put forward; of what happens twice, the first. */
function timeOn(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.startOf('day').set({ hour, minute });
}
