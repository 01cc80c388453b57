import { DateTime } from 'luxon';
import { addDays } from '../performance/business-day.ts';

/** People are reminded from this hour of their day on. */
const MORNING = 8;

export type Reminder = 'before' | 'after';

interface Due {
  readonly dueDate: string;
  readonly createdAt: string;
  readonly remindedBefore: boolean;
}

/**
 * What somebody is to be reminded of at an instant, by their own clock: of what is due tomorrow or today, from the
 * morning on; of what was due, from the morning after. On the day on which it was agreed nobody needs reminding.
 *
 * @param zone IANA name of the time zone they live by
 * @param today the business day it is: what is due today is not late yet, wherever its assignee is
 */
export function reminderAt({ dueDate, createdAt, remindedBefore }: Due, zone: string, today: string, now: Date): Reminder | undefined {
  const local = DateTime.fromJSDate(now, { zone });
  if (local.hour < MORNING) return undefined;
  const day = local.toISODate()!; // null only for an invalid date
  if (day > dueDate) return today > dueDate ? 'after' : undefined;
  const fresh = DateTime.fromISO(createdAt, { zone }).toISODate() === day;
  return !remindedBefore && !fresh && day >= addDays(dueDate, -1) ? 'before' : undefined;
}
