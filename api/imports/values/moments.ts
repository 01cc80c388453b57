import type { SerialMoment } from '../parsing/row-source.ts';

/** A date as written on paper: no zone, unless the text itself names one. */
export interface CivilMoment {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  /** Whole seconds since midnight; null when only a date was given. */
  readonly seconds: number | null;
  /** Minutes east of UTC, where the text says so. */
  readonly offsetMinutes: number | null;
}

const secondsPerDay = 86_400;
const daysToUnixEpoch = 25_569;

/**
 * The calendar day and time of a spreadsheet serial (1900 system). Day 60 is the 29 February 1900 that Lotus
 * invented and Excel keeps; earlier days are therefore one off (ECMA-376 part 1, 18.17.4.1).
 *
 * @returns null for serials before 1900 or after 9999.
 */
export function momentOfSerial({ kind, serial }: SerialMoment): CivilMoment | null {
  const total = Math.round(serial * secondsPerDay);
  const days = Math.floor(total / secondsPerDay);
  if (days < 1 || days > 2_958_465) return null;
  const date = new Date((days + (days < 60 ? 1 : 0) - daysToUnixEpoch) * secondsPerDay * 1000);
  const seconds = total - days * secondsPerDay;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    seconds: kind === 'date' && seconds === 0 ? null : seconds,
    offsetMinutes: null,
  };
}

/** Whether there is such a day. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** ISO-like text of a serial, for people: `2021-03-31`, `2021-03-31 09:12:58`, `0:02:23`. */
export function momentText(moment: SerialMoment): string {
  const total = Math.round(moment.serial * secondsPerDay);
  if (moment.kind === 'time' || moment.kind === 'duration') return clockText(total);
  const civil = momentOfSerial(moment);
  if (!civil) return String(moment.serial);
  const date = `${civil.year}-${two(civil.month)}-${two(civil.day)}`;
  return civil.seconds === null ? date : `${date} ${clockText(civil.seconds)}`;
}

function clockText(total: number): string {
  const seconds = Math.abs(total);
  return `${total < 0 ? '-' : ''}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The calendar day of a moment as `YYYY-MM-DD`; null without one. */
export function dayOf(moment: CivilMoment | null): string | null {
  if (moment === null) return null;
  return `${String(moment.year).padStart(4, '0')}-${two(moment.month)}-${two(moment.day)}`;
}
