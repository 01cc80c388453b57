/**
 * `{name}` is filled in; a message that depends on a count `{n}` gives its plural forms (CLDR categories).
 */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

const english: Record<string, Message> = {};

/** Adds a section of the catalogue: each widget brings its own words, so that none carries those of all others. */
export function register(section: Readonly<Record<string, Message>>): void {
  Object.assign(english, section);
}

/** The English message; a key nobody registered shows itself. */
export function englishFor(key: string): Message {
  return english[key] ?? key;
}
