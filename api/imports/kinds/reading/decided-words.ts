import type { ImportMapping, MappedValue } from '../../mapping/import-mapping.ts';
import { key, lookUp, type Vocabulary } from '../../values/vocabulary.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

/** The words of one field that the user gave a meaning; meanings the field cannot have are left out. */
export function decidedWords<T>(mapping: ImportMapping, field: string, isOne: (value: MappedValue) => value is MappedValue & T): Vocabulary<T> {
  const words = Object.entries(mapping.values[field] ?? {});
  return new Map(words.flatMap(([word, meaning]) => (isOne(meaning) ? [[key(word), meaning] as const] : [])));
}

/** Reads words of a field: as the user decided, else as the vocabulary knows them. */
export function wordReader<T extends string | boolean>(
  mapping: ImportMapping, field: string, known: Vocabulary<T>, isOne: (value: MappedValue) => value is T, expected: string,
): CellReader<T> {
  const own = decidedWords(mapping, field, isOne);
  return cellReader((cell) => lookUp(cell, known, own), 'unknown_word', expected);
}

export function isIn<T extends string>(names: readonly T[]): (value: MappedValue) => value is T {
  return (value): value is T => names.some((name) => name === value);
}

export const isBoolean = (value: MappedValue): value is boolean => typeof value === 'boolean';

export const isNumber = (value: MappedValue): value is number => typeof value === 'number';
