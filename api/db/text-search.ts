import { sql, type RawBuilder } from './db.ts';

/** More words than anybody types to find something say nothing further. */
const MAX_WORDS = 8;

/** The words of what was typed, the first eight. */
export const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/u).slice(0, MAX_WORDS);

/** Without what `like` reads as more than itself. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Lower case and without accents, as the search columns are kept. */
export const folded = (text: string): RawBuilder<string> => sql<string>`fold_text(${text})`;
