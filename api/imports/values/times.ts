import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { tidy } from './text.ts';

const secondsPerDay = 86_400;

/**
 * Whole seconds since midnight from a time cell, a day fraction, or text (`9:12`, `09:12:58`, `9:12 PM`, `9h12`).
 *
 * @returns null when it is no time of day.
 */
export function parseTimeOfDay(value: CellValue | undefined): number | null {
  if (isMoment(value)) return fraction(value.serial % 1);
  if (typeof value === 'number') return value >= 0 && value < 1 ? fraction(value) : null;
  if (typeof value !== 'string') return null;
  const text = tidy(value);
  if (/^0?[.,]\d+$/.test(text)) return fraction(Number(text.replace(',', '.')));
  const time = parseTimeText(text);
  return time && time.offsetMinutes === null ? time.seconds : null;
}

/** A time of day with an optional zone (`Z`, `+02:00`). */
export function parseTimeText(text: string): { seconds: number; offsetMinutes: number | null } | null {
  const match =
    /^(\d{1,2})(?:[:.h]\s?(\d{2}))?(?:[:.m](\d{2})(?:[.,]\d+)?s?)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:uhr)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i.exec(text);
  if (!match) return null;
  const [, hours, minutes, seconds, half, zone] = match;
  if (minutes === undefined && half === undefined) return null;
  const hour = half === undefined ? Number(hours) : twelveHour(Number(hours), half);
  if (hour > 23 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return null;
  return { seconds: hour * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0), offsetMinutes: zone === undefined ? null : zoneMinutes(zone) };
}

/** 24 for an hour that a twelve-hour clock does not have. */
function twelveHour(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function zoneMinutes(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function fraction(part: number): number {
  return Math.round(part * secondsPerDay) % secondsPerDay;
}
