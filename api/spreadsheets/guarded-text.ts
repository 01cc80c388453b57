/**
 * What a spreadsheet takes for a formula (OWASP, "CSV Injection"). Blanks before it do not help, and the full-width forms are
 * taken for the plain ones where Japanese or Chinese is typed.
 */
const DANGEROUS = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

/**
 * A text that no spreadsheet will run: one that could be a formula gets an apostrophe in front, as people type it there.
 * {@link unguardedText} takes it off again, so those that have one get another.
 */
export const guardedText = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

/** What {@link guardedText} was given: the text without the apostrophe before what could be a formula. Every other text as it is. */
export const unguardedText = (text: string): string => (text.startsWith("'") && DANGEROUS.test(text) ? text.slice(1) : text);
