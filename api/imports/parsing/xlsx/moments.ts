import { isCalendarDay } from '../../values/moments.ts';
import type { SerialMoment } from '../row-source.ts';

/** Days between the epochs of the 1900 and the 1904 date system. */
const days1904 = 1462;

/** Brings a number of the workbook's own date system to the 1900 system; clock times have no epoch. */
export function toSerial1900(value: number, kind: SerialMoment['kind'], date1904: boolean): number {
  return date1904 && (kind === 'date' || kind === 'datetime') ? value + days1904 : value;
}

/** ISO 8601 text of a `t="d"` cell (strict format): a date, a date with time, or a time alone. */
export function momentOfIso(text: string): SerialMoment | null {
  const match = /^(?:(\d{4})-(\d{2})-(\d{2}))?(?:T?(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?Z?$/.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match;
  if (year !== undefined && !isCalendarDay(Number(year), Number(month), Number(day))) return null;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) >= 60) return null;
  const time = (Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0)) / 86_400;
  if (year === undefined) return hour === undefined ? null : { kind: 'time', serial: time };
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569;
  return { kind: hour === undefined ? 'date' : 'datetime', serial: days + time };
}
