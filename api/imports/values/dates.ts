import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { isCalendarDay, momentOfSerial, type CivilMoment } from './moments.ts';
import { fold, tidy } from './text.ts';
import { parseTimeText } from './times.ts';

/** Which of the first two numbers of `3/4/2021` is the month. */
export type DateOrder = 'dmy' | 'mdy';

/** Month names by their first letters, folded: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish. */
const monthNames: readonly RegExp[] = [
  /^(jan|gen|ene|sty)/, /^(feb|fev|lut)/, /^(mar|maa|mrt|mrz)/, /^(apr|avr|abr|kwi)/, /^(may|mai|mag|mei|maj)/,
  /^(jun|juin|giu|cze)/, /^(jul|juil|lug|lip)/, /^(aug|aou|ago|sie)/, /^(sep|set|wrz)/, /^(oct|okt|ott|out|paz)/,
  /^(nov|lis)/, /^(dec|dez|dic|des|gru)/,
];

interface DateText {
  readonly numbers: readonly [first: number, second: number, third: number];
  readonly kind: 'ymd' | 'numeric';
  readonly rest: string;
}

/**
 * The calendar moment a cell shows: a date cell, a bare serial in the range of today's dates, or text in any of
 * the usual notations, with or without a time.
 *
 * @param order how to read `3/4/2021`; ignored where the text leaves no doubt.
 * @returns null when it is no date in that order.
 */
export function parseDate(value: CellValue | undefined, order: DateOrder): CivilMoment | null {
  if (isMoment(value)) return momentOfSerial(value);
  if (typeof value === 'number') return serialDate(value);
  if (typeof value !== 'string') return null;
  const text = tidy(value);
  const numeric = Number(text);
  if (/^\d{5}([.,]\d+)?$/.test(text)) return serialDate(Number(text.replace(',', '.')));
  if (/^\d{10}$|^\d{13}$/.test(text)) return unixMoment(text.length === 13 ? numeric / 1000 : numeric);
  const date = splitDate(text);
  if (!date) return null;
  const [year, month, day] = arrange(date, order);
  if (!isCalendarDay(year, month, day)) return null;
  if (date.rest === '') return { year, month, day, seconds: null, offsetMinutes: null };
  const time = parseTimeText(date.rest);
  return time ? { year, month, day, ...time } : null;
}

/** What a date's text says about the order of day and month: nothing when it could be either. */
export function orderEvidence(value: CellValue | undefined): DateOrder | null {
  const date = ambiguousParts(value);
  if (!date) return null;
  const [first, second] = date;
  if (first > 12 && second <= 12) return 'dmy';
  return second > 12 && first <= 12 ? 'mdy' : null;
}

/** True for a text such as `03/04/2021`, which is a different day in each order. Dots are written by who begins with the day. */
export function isOrderAmbiguous(value: CellValue | undefined): boolean {
  if (typeof value === 'string' && /^\s*\d{1,2}\./.test(value)) return false;
  const date = ambiguousParts(value);
  return date !== null && date[0] <= 12 && date[1] <= 12 && date[0] !== date[1];
}

function ambiguousParts(value: CellValue | undefined): readonly [number, number] | null {
  if (typeof value !== 'string') return null;
  const date = splitDate(tidy(value));
  return date?.kind === 'numeric' ? [date.numbers[0], date.numbers[1]] : null;
}

/** Days of the week as the languages of the months name and shorten them, folded. */
const weekdays: ReadonlySet<string> = new Set(
  ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'].flatMap((language) => (['long', 'short'] as const).flatMap((weekday) => {
    const names = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, day) => fold(names.format(Date.UTC(2021, 2, 1 + day))).replace(/\.$/, ''));
  })),
);

/** As Excel writes dates where it is told to name the day: `Mo 23.11.2026`, `sáb. 28/11/2026`. */
function withoutWeekday(text: string): string {
  const before = /^([\p{L}-]{2,})[.,]*\s+(?=\d)/u.exec(text);
  return before?.[1] !== undefined && weekdays.has(fold(before[1])) ? text.slice(before[0].length) : text;
}

function splitDate(text: string): DateText | null {
  const digits = withoutWeekday(text);
  const iso = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:(?:T|\s|,)\s*(.*))?$/.exec(digits);
  if (iso && (iso[2] !== '' || /^\d{8}(?!\d)/.test(digits))) return dateText('ymd', iso[1], iso[3], iso[4], iso[5]);
  const numeric = /^(\d{1,2})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{4}|\d{2})(?:(?:T|\s|,)\s*(.*))?$/.exec(digits);
  if (numeric) return dateText('numeric', numeric[1], numeric[2], numeric[3], numeric[4]);
  return splitNamed(text);
}

/** `31 March 2021`, `Mar 31, 2021`, `Wed, 31-Mar-21 09:12`, `31. März 2021`. */
function splitNamed(text: string): DateText | null {
  const plain = fold(text).replace(/^\p{L}+\.?,\s+/u, '').replace(/^(mon|tue|wed|thu|fri|sat|sun)\w*\s+/, '').replace(/\s(r|ano|roku)\.?$/, '');
  // A day of the week may stand before it, in any language.
  const dayFirst = /^(?:\p{L}[\p{L}-]*[.,]*\s+)?(\d{1,2})(?:st|nd|rd|th|\.|er|o|a|º)?[\s-]*(?:de\s+)?(\p{L}+)\.?[\s,-]*(?:de\s+)?(\d{4}|\d{2})(?:[\s,]+(.*))?$/u.exec(plain);
  if (dayFirst) return namedText(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst[4]);
  const monthFirst = /^(\p{L}+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4}|\d{2})(?:[\s,]+(.*))?$/u.exec(plain);
  return monthFirst ? namedText(monthFirst[3], monthFirst[1], monthFirst[2], monthFirst[4]) : null;
}

function namedText(year: string | undefined, name: string | undefined, day: string | undefined, rest: string | undefined): DateText | null {
  const month = monthNames.findIndex((pattern) => pattern.test(name ?? '')) + 1;
  return month === 0 ? null : dateText('ymd', year, String(month), day, rest);
}

function dateText(kind: DateText['kind'], first = '', second = '', third = '', rest = ''): DateText {
  const full = (text: string): number => (text.length === 2 ? Number(text) + (Number(text) < 70 ? 2000 : 1900) : Number(text));
  const numbers: DateText['numbers'] = kind === 'ymd' ? [full(first), Number(second), Number(third)] : [Number(first), Number(second), full(third)];
  return { kind, numbers, rest };
}

function arrange({ kind, numbers: [first, second, third] }: DateText, order: DateOrder): [year: number, month: number, day: number] {
  if (kind === 'ymd') return [first, second, third];
  return order === 'dmy' ? [third, second, first] : [third, first, second];
}

/** A number without a date format counts as a date between 1954 and 2119, where nothing else looks like one. */
function serialDate(serial: number): CivilMoment | null {
  if (serial < 20_000 || serial > 80_000) return null;
  return momentOfSerial({ kind: Number.isInteger(serial) ? 'date' : 'datetime', serial });
}

function unixMoment(seconds: number): CivilMoment {
  const date = new Date(Math.round(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    seconds: Math.round(seconds) % 86_400,
    offsetMinutes: 0,
  };
}
