import { DateTime } from 'luxon';

/**
 * Business days: calendar days, `YYYY-MM-DD`, of the installation's time zone. A day is 23, 24 or 25 hours long, so
 * days are counted as dates and only turned into instants at their edges.
 */
export class BusinessCalendar {
  readonly timezone: string;
  /** Of the day that was asked for last, which is nearly always today. */
  #known: { readonly date: string; readonly opens: Date; readonly closes: Date } | undefined;

  /** @param timezone an IANA name, e.g. `Europe/Berlin` */
  constructor(timezone: string) {
    this.timezone = timezone;
  }

  /** The business day an instant falls on. */
  dayOf(instant: Date): string {
    if (this.#known && instant >= this.#known.opens && instant < this.#known.closes) return this.#known.date;
    return DateTime.fromJSDate(instant, { zone: this.timezone }).toISODate()!; // null only for an invalid date
  }

  /** The first instant of a day. */
  startOf(day: string): Date {
    return DateTime.fromISO(day, { zone: this.timezone }).startOf('day').toJSDate();
  }

  /** The day it is, where it begins, and what time it is. */
  today(now: Date): { date: string; opens: Date; now: Date } {
    const date = this.dayOf(now);
    if (this.#known?.date !== date) this.#known = { date, opens: this.startOf(date), closes: this.endOf(date) };
    return { date, opens: this.#known.opens, now };
  }

  /** The first instant after a day. */
  endOf(day: string): Date {
    return this.startOf(addDays(day, 1));
  }
}

/** The contract's first day. Periods that reach behind it are refused: no answer could name their beginning. */
export const FIRST_DAY = '1900-01-01';

/** A date some days later, or earlier for a negative number. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The date so many working days, Monday to Friday, after a date that may be any day. */
export function addWorkingDays(day: string, count: number): string {
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1);
    if (!isWeekend(reached)) left--;
  }
  return reached;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Every date from `from` to `to`, both included. */
export function datesFrom(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
}
