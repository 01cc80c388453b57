/**
 * The beginning of a text, of at most so many UTF-16 units. What is two of them (an emoji) is whole or not there: a half
 * of it can neither be stored in `jsonb` nor be sent as UTF-8.
 */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest);
}
