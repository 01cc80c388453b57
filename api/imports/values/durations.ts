import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { parseNumber } from './numbers.ts';
import { fold } from './text.ts';

/** What a bare number in a column of durations counts. */
export type DurationUnit = 'seconds' | 'minutes' | 'hours' | 'days';

export const isDurationUnit = (unit: string | undefined): unit is DurationUnit => unit !== undefined && unit in unitSeconds;

const unitSeconds: Readonly<Record<DurationUnit, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Longest duration that is believed: a week. A date in the column would otherwise become 44,000 days. */
const longestSeconds = 7 * 86_400;

/**
 * A duration in whole seconds: a time cell (a fraction of a day), `H:MM:SS`, `M:SS`, `4m 20s`, `1 h 5 min`,
 * `PT4M20S`, `260 s`, or a bare number counted in `unit`.
 *
 * @returns null when it is none, is negative, or is longer than a week.
 */
export function parseDuration(value: CellValue | undefined, unit: DurationUnit): number | null {
  const seconds = secondsOf(value, unit);
  if (seconds === null || !(seconds >= 0) || seconds > longestSeconds) return null;
  return Math.round(seconds);
}

/** As {@link parseDuration}, with fractions of a second: means are not whole. */
export function parseMeanDuration(value: CellValue | undefined, unit: DurationUnit): number | null {
  const seconds = secondsOf(value, unit);
  return seconds === null || !(seconds >= 0) || seconds > longestSeconds ? null : seconds;
}

/** The unit a header names: `Talk time (min)`, `Speed of answer in seconds`. */
export function unitOfHeader(headerWords: readonly string[]): DurationUnit | null {
  const named = (...names: string[]): boolean => headerWords.some((word) => names.includes(word));
  if (named('seconds', 'second', 'secs', 'sec', 's', 'sekunden', 'sek', 'secondes', 'segundos', 'secondi', 'seconden', 'sekundy')) return 'seconds';
  if (named('minutes', 'minute', 'mins', 'min', 'minuten', 'minutos', 'minuti', 'minuty', 'm')) return 'minutes';
  if (named('hours', 'hour', 'hrs', 'hr', 'stunden', 'heures', 'horas', 'ore', 'uren', 'godziny')) return 'hours';
  return null;
}

function secondsOf(value: CellValue | undefined, unit: DurationUnit): number | null {
  if (isMoment(value)) return value.serial * 86_400;
  const number = parseNumber(value);
  if (number !== null) return number * unitSeconds[unit];
  if (typeof value !== 'string') return null;
  const text = fold(value);
  return clock(text) ?? named(text);
}

function clock(text: string): number | null {
  const match = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)$/.exec(text);
  if (!match) return null;
  const [, hours, minutes, seconds] = match;
  const second = Number((seconds ?? '').replace(',', '.'));
  if (second >= 60 || (hours !== undefined && Number(minutes) > 59)) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + second;
}

function named(text: string): number | null {
  const match =
    /^(?:pt)?(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?\.?\s*)?(?:(\d+(?:[.,]\d+)?)\s*m(?:in(?:utes?|uten|s)?)?\.?\s*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec(?:onds?|s)?|ek(?:unden)?)?\.?)?$/.exec(text);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) return null;
  const part = (digits: string | undefined): number => Number((digits ?? '0').replace(',', '.'));
  return part(match[1]) * 3600 + part(match[2]) * 60 + part(match[3]);
}
