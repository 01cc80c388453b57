import { isCellError, isMoment, type CellValue } from '../parsing/row-source.ts';
import { fold, textOf } from './text.ts';

/** What files call a thing, folded → what it is here. */
export type Vocabulary<T> = ReadonlyMap<string, T>;

/** Builds a vocabulary from lists of synonyms. */
export function vocabulary<T>(entries: readonly (readonly [T, string])[]): Vocabulary<T> {
  return new Map(entries.flatMap(([meaning, list]) => list.split(',').map((word) => [key(word), meaning] as const)));
}

/**
 * Looks a cell up, first in what the user decided for this file, then in the vocabulary.
 *
 * @returns undefined when the word is in neither.
 */
export function lookUp<T>(value: CellValue | undefined, known: Vocabulary<T>, decided: Vocabulary<T>): T | undefined {
  if (isMoment(value) || isCellError(value)) return undefined;
  const word = key(textOf(value));
  return decided.has(word) ? decided.get(word) : known.get(word);
}

/** `Call-Center`, `call center` and `CALL_CENTER` are one word; so is what has no letters, such as an emoji. */
export function key(word: string): string {
  const folded = fold(word);
  return folded.replace(/[\s_./-]+/g, ' ').replace(/[^\p{L}\p{N} +]+/gu, '').trim() || folded;
}

/** English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Scandinavian. */
export const yesNo = vocabulary<boolean>([
  [true, 'y,yes,true,t,1,x,ja,j,wahr,oui,o,vrai,si,s,verdadero,sim,vero,verdadeiro,waar,t,tak,prawda,on'],
  [false, 'n,no,false,f,0,nein,falsch,non,faux,falso,nao,nee,onwaar,nie,falsz,nei,nej,off'],
]);
