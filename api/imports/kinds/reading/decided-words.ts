import type { ImportMapping, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { saysNoWord } from '../../values/nothing.ts';
import { textOf } from '../../values/text.ts';
import { key, lookUp, type Vocabulary } from '../../values/vocabulary.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

/** The words of one field that the user gave a meaning; meanings the field cannot have are left out. */
export function decidedWords<T>(mapping: ImportMapping, field: string, isOne: (value: MappedValue) => value is MappedValue & T): Vocabulary<T> {
  const words = Object.entries(mapping.values[field] ?? {});
  return new Map(words.flatMap(([word, meaning]) => (isOne(meaning) ? [[key(word), meaning] as const] : [])));
}

/** Whether words of a field can have a meaning; null is that they mean nothing. */
export const acceptsOf = (meanings: Readonly<Record<string, readonly MappedValue[]>>, field: string, meaning: MappedValue): boolean =>
  Object.hasOwn(meanings, field) && (meaning === null || (meanings[field] ?? []).includes(meaning));

/** Whether the user decided that a word of the field means nothing. */
export function decidedBlanks(mapping: ImportMapping, field: string): (cell: CellValue) => boolean {
  const words = Object.entries(mapping.values[field] ?? {}).flatMap(([word, meaning]) => (meaning === null ? [key(word)] : []));
  const blanks = new Set(words);
  return (cell) => blanks.size > 0 && blanks.has(key(textOf(cell)));
}

/** Reads words of a field: as the user decided, else as the vocabulary knows them. @param isNothing stands for a blank, where it is neither */
export function wordReader<T extends string | boolean>(
  mapping: ImportMapping, field: string, known: Vocabulary<T>, isOne: (value: MappedValue) => value is T, expected: string, isNothing: (cell: CellValue) => boolean = saysNoWord,
): CellReader<T> {
  const own = decidedWords(mapping, field, isOne);
  const isBlank = decidedBlanks(mapping, field);
  return cellReader((cell) => (isBlank(cell) ? null : lookUp(cell, known, own)), 'unknown_word', expected, (cell) => isBlank(cell) || isNothing(cell));
}

export function isIn<T extends string>(names: readonly T[]): (value: MappedValue) => value is T {
  return (value): value is T => names.some((name) => name === value);
}

export const isBoolean = (value: MappedValue): value is boolean => typeof value === 'boolean';

export const isNumber = (value: MappedValue): value is number => typeof value === 'number';
