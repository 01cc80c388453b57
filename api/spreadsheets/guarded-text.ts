/**
 * What a spreadsheet takes for a formula (OWASP, "CSV Injection"). Blanks before it do not help, and the full-width forms are
 * taken for the plain ones where Japanese or Chinese is typed.
 */
const SIGN = '[=+\\-@＝＋－＠]';
const DANGEROUS = new RegExp(String.raw`^'*(?:[\t\r\n]|\s*${SIGN})`, 'u');
/**
 * Where somebody's spreadsheet parts cells by something else than the file does, the quotes around a text mean nothing to it:
 * another cell begins inside.
 */
const BEGINS_INSIDE = String.raw`(?<=[;\t\r\n])`;
const COULD_RUN = String.raw`(?='*[^\S\t\r\n]*${SIGN})`;
const DANGEROUS_INSIDE = new RegExp(BEGINS_INSIDE + COULD_RUN, 'gu');
const GUARDED_INSIDE = new RegExp(`${BEGINS_INSIDE}'${COULD_RUN}`, 'gu');

/**
 * A text that no spreadsheet will run: one that could be a formula gets an apostrophe in front, as people type it there.
 * {@link unguardedText} takes it off again, so those that have one get another, inside as well.
 */
export const guardedText = (text: string): string => guardedStart(text).replace(GUARDED_INSIDE, "''");

/** The same for a CSV file, where a cell can begin in the middle of a text too: after `;`, a tab or the end of a line. */
export const guardedCsvText = (text: string): string => guardedStart(text).replace(DANGEROUS_INSIDE, "'");

const guardedStart = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

/** What {@link guardedText} or {@link guardedCsvText} was given: the text without the apostrophes before what could be a formula. Every other text as it is. */
export function unguardedText(text: string): string {
  const inner = text.replace(GUARDED_INSIDE, '');
  return inner.startsWith("'") && DANGEROUS.test(inner) ? inner.slice(1) : inner;
}
