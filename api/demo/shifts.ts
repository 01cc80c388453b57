import { DateTime } from 'luxon';
import { addDays, daysBetween, type BusinessCalendar } from '../performance/business-day.ts';
import { Random } from './random.ts';
import type { ShiftKind, StoryPerson } from './story/people.ts';

/** Minutes after midnight, of the business zone. */
const STARTS: Readonly<Record<ShiftKind, number>> = { early: 6 * 60, day: 9 * 60, late: 14 * 60, night: 22 * 60 };
const LENGTH_MINUTES = 510;
/** A newcomer learns for so long before taking contacts. */
const ONBOARDING_DAYS = 7;
const MINUTE = 60_000;
/** A Monday, so that days can be counted in weeks. */
const EPOCH = '2024-01-01';

/** A person's working time; instants in milliseconds. A night shift belongs to the day it begins on. */
export interface Shift {
  readonly day: string;
  readonly from: number;
  readonly to: number;
  /** How many working days of this person came before it: consecutive whole numbers. */
  readonly ordinal: number;
}

/** Whether somebody is on leave on a day. */
export type IsAbsent = (username: string, day: string) => boolean;

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => (((daysBetween(EPOCH, day) % 7) + 7) % 7) + 1;

/** An instant by the clock on the wall of the business zone. */
export function instantAt(calendar: BusinessCalendar, day: string, minutes: number): number {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return DateTime.fromISO(day, { zone: calendar.timezone }).set({ hour, minute }).toMillis();
}

/** Who works when. */
export class Roster {
  readonly calendar: BusinessCalendar;
  /** The story's first day of telling; people's days of joining count back from it. */
  readonly anchor: string;
  readonly isAbsent: IsAbsent;

  constructor(calendar: BusinessCalendar, anchor: string, isAbsent: IsAbsent) {
    this.calendar = calendar;
    this.anchor = anchor;
    this.isAbsent = isAbsent;
  }

  /** The person's shift that begins on a day; null on days off, on leave and before the first day of taking contacts. */
  shiftOn(person: StoryPerson, day: string): Shift | null {
    if (person.off.includes(weekdayOf(day)) || this.isAbsent(person.username, day)) return null;
    if (day < addDays(this.anchor, ONBOARDING_DAYS - person.joinedDaysAgo)) return null;
    const random = new Random('shift', person.username, day);
    const start = instantAt(this.calendar, day, STARTS[person.shift]) + random.int(-360, 300) * 1000;
    return { day, from: start, to: start + (LENGTH_MINUTES + random.int(-3, 9)) * MINUTE, ordinal: ordinalOf(person, day) };
  }

  /** The shift that an instant falls into. */
  shiftAt(person: StoryPerson, at: number): Shift | null {
    const today = this.calendar.dayOf(new Date(at));
    for (const day of [today, addDays(today, -1), addDays(today, 1)]) {
      const shift = this.shiftOn(person, day);
      if (shift && shift.from <= at && at < shift.to) return shift;
    }
    return null;
  }
}

function ordinalOf(person: StoryPerson, day: string): number {
  const days = daysBetween(EPOCH, day);
  const before = Array.from({ length: days % 7 }, (_, i) => i + 1).filter((weekday) => !person.off.includes(weekday)).length;
  return Math.floor(days / 7) * (7 - person.off.length) + before;
}
