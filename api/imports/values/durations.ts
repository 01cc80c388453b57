import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { parseNumber } from './numbers.ts';
import { fold } from './text.ts';

/** What a bare number in a column of durations counts. */
export type DurationUnit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days';

export const isDurationUnit = (unit: string | undefined): unit is DurationUnit => unit !== undefined && unit in unitSeconds;

const unitSeconds: Readonly<Record<DurationUnit, number>> = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/**
 * What `7:30` begins with: hours in a column of hours, minutes in one of minutes, seconds or less. In one of day fractions the
 * column itself does not tell: null.
 */
export type ClockParts = 'hours' | 'minutes' | null;
const partsIn: Readonly<Record<DurationUnit, ClockParts>> = { milliseconds: 'minutes', seconds: 'minutes', minutes: 'minutes', hours: 'hours', days: null };

/** Longest duration that is believed: a week. A date in the column would otherwise become 44,000 days. */
const longestSeconds = 7 * 86_400;

/**
 * A duration in whole seconds: a time cell (a fraction of a day), `H:MM:SS`, `:MM:SS`, `M:SS` or `H:MM` as the unit has it,
 * `4m 20s`, `1 h 5 min`, `1 Std 5 Min`, `PT4M20S`, `260 s`, `260000 ms`, or a bare number counted in `unit`.
 *
 * @returns null when it is none, is negative, or is longer than a week.
 */
export function parseDuration(value: CellValue | undefined, unit: DurationUnit): number | null {
  const seconds = secondsIn(value, unit);
  if (seconds === null || !(seconds >= 0) || seconds > longestSeconds) return null;
  return Math.round(seconds);
}

/** The unit a header names: `Talk time (min)`, `Speed of answer in seconds`, `Online (hh:mm)`. */
export function unitOfHeader(headerWords: readonly string[]): DurationUnit | null {
  const format = /(?:^| )(hh? mm?|mm? ss?)$/.exec(headerWords.join(' '))?.[1];
  if (format !== undefined && !/(?:^| )hh? mm? ss?$/.test(headerWords.join(' '))) return format.startsWith('h') ? 'hours' : 'minutes';
  const named = (...names: string[]): boolean => headerWords.some((word) => names.includes(word));
  if (named('milliseconds', 'millisecond', 'millis', 'msec', 'msecs', 'ms', 'millisekunden', 'millisecondes', 'milisegundos', 'millisecondi', 'milliseconden', 'milisekundy')) return 'milliseconds';
  if (named('seconds', 'second', 'secs', 'sec', 's', 'sekunden', 'sek', 'secondes', 'segundos', 'secondi', 'seconden', 'sekundy', 'sekund')) return 'seconds';
  if (named('minutes', 'minute', 'mins', 'min', 'minuten', 'minutos', 'minuti', 'minuty', 'minut', 'm')) return 'minutes';
  if (named('hours', 'hour', 'hrs', 'hr', 'h', 'std', 'stunden', 'heures', 'horas', 'ore', 'uren', 'godziny', 'godzin')) return 'hours';
  return null;
}

/**
 * What a cell says in seconds, whether or not it can be believed.
 *
 * @param parts what a text of two parts begins with
 */
export function secondsIn(value: CellValue | undefined, unit: DurationUnit, parts: ClockParts = partsIn[unit]): number | null {
  if (isMoment(value)) return value.serial * 86_400;
  const number = parseNumber(value);
  if (number !== null) return number * unitSeconds[unit];
  if (typeof value !== 'string') return null;
  const text = fold(value);
  return clock(text, parts) ?? named(text);
}

function clock(text: string, parts: ClockParts): number | null {
  // Some systems leave the hours out and the colon behind them in: `:05:12`.
  const match = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)$/.exec(text.replace(/^:(?=\d{1,2}:\d{2})/, '0:').replace(/^:(?=\d{2}$)/, '0:00:'));
  if (!match) return null;
  const [, hours, first, last] = match;
  const sixtieths = Number((last ?? '').replace(',', '.'));
  if (sixtieths >= 60 || (hours !== undefined && Number(first) > 59)) return null;
  if (hours !== undefined) return Number(hours) * 3600 + Number(first) * 60 + sixtieths;
  if (parts === null) return null;
  return parts === 'hours' ? Number(first) * 3600 + sixtieths * 60 : Number(first) * 60 + sixtieths;
}

/** The hours of a text of two parts, taken as hours and minutes (`7:30` is 7.5); null for any other cell. */
export function hoursOfTwoParts(value: CellValue | undefined): number | null {
  const match = typeof value === 'string' ? /^\s*(\d{1,3}):([0-5]\d)\s*$/.exec(value) : null;
  return match ? Number(match[1]) + Number(match[2]) / 60 : null;
}

function named(text: string): number | null {
  const thousandths = /^(\d+)\s*ms$/.exec(text)?.[1];
  if (thousandths !== undefined) return Number(thousandths) / 1000;
  const match =
    /^(?:pt)?(?:(\d+(?:[.,]\d+)?)\s*(?:h(?:ours?|rs?|oras?|eures?)?|std|stunden?)\.?\s*)?(?:(\d+(?:[.,]\d+)?)\s*m(?:in(?:utes?|uten?|utos?|s)?)?\.?\s*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec(?:onds?|ondes?|s)?|ek(?:unden?)?|eg(?:undos?|s)?)?\.?)?$/.exec(text);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) return null;
  const part = (digits: string | undefined): number => Number((digits ?? '0').replace(',', '.'));
  return part(match[1]) * 3600 + part(match[2]) * 60 + part(match[3]);
}
