/** A text of at most so many characters: what is longer ends behind a word, with an ellipsis. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const wordEnd = cut.search(/\s\S*$/);
  // One endless word is cut where it must be, but not through a character.
  const kept = wordEnd >= longest / 2 ? cut.slice(0, wordEnd) : cut.slice(0, -1).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…`;
}
