import type { FieldDefinition, Holding } from '../../mapping/field.ts';
import { isCellError, isMoment, type CellValue } from '../../parsing/row-source.ts';
import { parseDate } from '../../values/dates.ts';
import { parseDuration } from '../../values/durations.ts';
import { parseNumber } from '../../values/numbers.ts';
import { textOf, words } from '../../values/text.ts';
import { parseTimeOfDay } from '../../values/times.ts';
import { lookUp, type Vocabulary } from '../../values/vocabulary.ts';
import type { ColumnNames } from '../names/language.ts';

// Whether a non-blank cell could belong to a field: decides between columns with similar names.

type Plausible = FieldDefinition['plausible'];

const none: Vocabulary<unknown> = new Map<string, unknown>();

export const isText: Plausible = (value) => typeof value === 'string' && !/^[\d\s.,:/%+-]+$/.test(value);
/** A name, or the id of a person. */
export const isName: Plausible = (value) => isText(value) || /^\d{1,9}$/.test(textOf(value));
/** A name as people have it. */
export const isFullName: Plausible = (value) => isText(value);
export const isDate: Plausible = (value) => (parseDate(value, 'dmy') ?? parseDate(value, 'mdy')) !== null;
export const isTime: Plausible = (value) => !(isMoment(value) && value.kind === 'date') && parseTimeOfDay(value) !== null;
export const isDuration: Plausible = (value) => !isPercent(value) && parseDuration(value, 'seconds') !== null;
export const isIdentifier: Plausible = (value) => !isMoment(value) && !isCellError(value) && !/\s\S+\s/.test(textOf(value));
export const isCount: Plausible = (value) => !isPercent(value) && Number.isInteger(numberIn(value)) && (numberIn(value) ?? -1) >= 0;
export const isShare: Plausible = (value) => (numberIn(value) ?? -1) >= 0 && (numberIn(value) ?? 101) <= 100;
/** A share that customers give, on a scale of some kind. */
export const isRating: Plausible = (value) => isShare(value);
export const isOneOf = (words: Vocabulary<unknown>): Plausible => {
  const isWord: Plausible = (value) => lookUp(value, words, none) !== undefined;
  wordChecks.add(isWord);
  return isWord;
};

const isPercent: Plausible = (value) => typeof value === 'string' && value.trimEnd().endsWith('%');

/** Seconds. Most calls come by day, and most durations are shorter than a night. */
export const EARLY = 3 * 3600;
/** A number may be a part of a day, and a time in the small hours a duration. */
const couldBeNoTime: Plausible = (value) => typeof value === 'number' || parseNumber(value) !== null || (parseTimeOfDay(value) ?? EARLY) < EARLY;
const isMany: Plausible = (value) => (numberIn(value) ?? 0) > 1000;
/** Cells that fit a field and might be something else: digits are numbers before they are somebody. */
const vagueOnes = new Map<Plausible, Plausible>([[isName, (value) => !isText(value)], [isTime, couldBeNoTime], [isCount, isMany]]);

/** A time of day, or a day with one. */
export const isMomentOrTime: Plausible = (value) => isTime(value) || isDate(value);
vagueOnes.set(isMomentOrTime, (value) => !isDate(value) && couldBeNoTime(value));

const wordChecks = new WeakSet<Plausible>();
const holdings = new Map<Plausible, Holding>([
  [isName, 'person'], [isFullName, 'person'], [isDate, 'date'], [isTime, 'time'], [isDuration, 'duration'], [isIdentifier, 'id'], [isCount, 'count'], [isRating, 'rating'], [isShare, 'share'],
]);

/** @returns null for a moment or what is no number */
export const numberIn = (value: CellValue | undefined): number | null => (isMoment(value) ? null : parseNumber(value));

/**
 * @param synonyms comma-separated, best known first
 * @param names the same in further languages
 */
export function field(name: string, label: string, plausible: Plausible, synonyms: string, names?: ColumnNames): FieldDefinition {
  const holds = holdings.get(plausible) ?? (wordChecks.has(plausible) ? 'word' : 'text');
  const vague = vagueOnes.get(plausible);
  return { name, label, holds, plausible, ...(vague ? { vague } : {}), synonyms: [synonyms, ...Object.values(names ?? {})].map((list) => list.split(',').map((header) => words(header).join(' '))) };
}
