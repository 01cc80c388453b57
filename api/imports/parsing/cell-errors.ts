import { unguardedText } from '../../spreadsheets/guarded-text.ts';
import type { CellError } from './row-source.ts';

/** How spreadsheets write that a formula failed, in English, German, French, Spanish, Italian and Portuguese. As a text, `#N/A` is what people write themselves: not available. */
const ERRORS: ReadonlySet<string> = new Set(
  '#VALUE!,#REF!,#DIV/0!,#NUM!,#NAME?,#NULL!,#SPILL!,#CALC!,#GETTING_DATA,#WERT!,#BEZUG!,#ZAHL!,#VALEUR!,#NOMBRE!,#NOM?,#NUL!,#VALOR!,#NUMERO!,#NUM!,#NOME?,#RIF!,#VALORE!,#ÜBERLAUF!'.split(','),
);
const longest = 14;

/** A text as it stands in a cell, without the guard against formulas that files of ours have; where it is what a failed formula leaves behind, that. */
export const textOrError = (text: string): string | CellError =>
  text.startsWith('#') && text.length <= longest && ERRORS.has(text.trimEnd().toUpperCase()) ? { kind: 'error', code: text.trimEnd() } : unguardedText(text);
