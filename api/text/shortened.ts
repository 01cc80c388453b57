import { cut } from './cut.ts';

/** A text of at most so many characters: what is longer ends behind a word, with an ellipsis. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const begun = text.slice(0, longest);
  const wordEnd = begun.search(/\s\S*$/);
  // One endless word is cut where it must be, but not through a character.
  const kept = wordEnd >= longest / 2 ? begun.slice(0, wordEnd) : cut(text, longest - 1);
  return `${kept.trimEnd()}…`;
}
