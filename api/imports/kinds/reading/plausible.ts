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

export const isText: Plausible = (value) => typeof value === 'string' && !/^[\d\s.,:/-]+$/.test(value);
/** A name, or the id of a person. */
export const isName: Plausible = (value) => isText(value) || /^\d{1,9}$/.test(textOf(value));
export const isDate: Plausible = (value) => (parseDate(value, 'dmy') ?? parseDate(value, 'mdy')) !== null;
export const isTime: Plausible = (value) => !(isMoment(value) && value.kind === 'date') && parseTimeOfDay(value) !== null;
export const isDuration: Plausible = (value) => parseDuration(value, 'seconds') !== null;
export const isIdentifier: Plausible = (value) => !isMoment(value) && !isCellError(value) && !/\s\S+\s/.test(textOf(value));
export const isCount: Plausible = (value) => Number.isInteger(numberIn(value)) && (numberIn(value) ?? -1) >= 0;
export const isShare: Plausible = (value) => (numberIn(value) ?? -1) >= 0 && (numberIn(value) ?? 101) <= 100;
/** A share that customers give, on a scale of some kind. */
export const isRating: Plausible = (value) => isShare(value);
export const isOneOf = (words: Vocabulary<unknown>): Plausible => {
  const isWord: Plausible = (value) => lookUp(value, words, none) !== undefined;
  wordChecks.add(isWord);
  return isWord;
};

const wordChecks = new WeakSet<Plausible>();
const holdings = new Map<Plausible, Holding>([
  [isName, 'person'], [isDate, 'date'], [isTime, 'time'], [isDuration, 'duration'], [isIdentifier, 'id'], [isCount, 'count'], [isRating, 'rating'], [isShare, 'share'],
]);

/** @returns null for a moment or what is no number */
export const numberIn = (value: CellValue | undefined): number | null => (isMoment(value) ? null : parseNumber(value));

/**
 * @param synonyms comma-separated, best known first
 * @param names the same in further languages
 */
export function field(name: string, label: string, plausible: Plausible, synonyms: string, names?: ColumnNames): FieldDefinition {
  const holds = holdings.get(plausible) ?? (wordChecks.has(plausible) ? 'word' : 'text');
  return { name, label, holds, plausible, synonyms: [synonyms, ...Object.values(names ?? {})].map((list) => list.split(',').map((header) => words(header).join(' '))) };
}
