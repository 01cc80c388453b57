import { withoutUnseen } from '../http/plain-text.ts';
import { cut } from '../text/cut.ts';

/** `createdAt`, `created_at` and `CreatedAt` are one name. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** As PostgreSQL can hold it, without what nobody can see. */
export const cleanText = (text: string): string => withoutUnseen(text.replaceAll('\0', '').toWellFormed());

/** Integers below are seconds, above milliseconds: 1973 in the one, 5138 in the other. */
const LARGEST_SECONDS = 1e11;

/** A row of an old table, or a document. What is wrong with it is gathered, so that all of it is said at once. */
export class OldRow {
  readonly faults: string[] = [];
  readonly remarks: string[] = [];
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #asked: Set<string>;

  /** @param asked takes the names of columns that were looked for, so that the others can be named */
  constructor(fields: Readonly<Record<string, unknown>>, asked: Set<string>) {
    this.#fields = new Map(Object.entries(fields).map(([name, value]) => [plainName(name), value]));
    this.#given = fields;
    this.#asked = asked;
  }

  /** Text without what nobody can see; blank is none. Of several names the first that has something. */
  text(...names: readonly string[]): string | null {
    const value = this.#get(names);
    if (typeof value === 'string') {
      const text = cleanText(value).trim();
      return text === '' ? null : text;
    }
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    return value === null ? null : this.#fault(names, 'is no text');
  }

  /** An id, whatever its type. */
  id(...names: readonly string[]): string | null {
    return this.text(...names);
  }

  number(...names: readonly string[]): number | null {
    const value = this.#get(names);
    if (value === null || value === '') return null;
    const number = Number(value instanceof Uint8Array ? Number.NaN : value);
    return Number.isFinite(number) ? number : this.#fault(names, 'is no number');
  }

  flag(fallback: boolean, ...names: readonly string[]): boolean {
    const value = this.#get(names);
    if (value === null) return fallback;
    const word = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value).toLowerCase() : '';
    if (['1', '1.0', 'true', 'yes'].includes(word)) return true;
    if (['0', '0.0', 'false', 'no'].includes(word)) return false;
    this.#fault(names, 'is neither yes nor no');
    return fallback;
  }

  /** ISO 8601. Prisma writes milliseconds since 1970, ISO text or SQLite's own `2024-01-31 09:00:00`, all of them UTC. */
  instant(...names: readonly string[]): string | null {
    const value = this.#get(names);
    if (value === null || value === '') return null;
    const date = dateOf(value);
    return date ? date.toISOString() : this.#fault(names, `is no date (${shown(value)})`);
  }

  /** A day where the column has days, the instant's day otherwise. */
  day(dayOf: (instant: Date) => string, ...names: readonly string[]): string | null {
    const value = this.#get(names);
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.trim()) && dateOf(value.trim())) return value.trim();
    const instant = this.instant(...names);
    return instant === null ? null : dayOf(new Date(instant));
  }

  /** The meaning of a word; blanks, underscores and case do not matter. */
  word<Meaning>(meanings: Readonly<Record<string, Meaning>>, fallback: Meaning, ...names: readonly string[]): Meaning {
    const text = this.text(...names);
    if (text === null) return fallback;
    const meaning = Object.entries(meanings).find(([word]) => word === plainName(text));
    if (meaning) return meaning[1];
    this.#fault(names, `is a word that is not known (${shown(text)})`);
    return fallback;
  }

  /** Every number but those of these columns, by the names the columns have there. */
  numbersBut(...names: readonly string[]): [name: string, value: number][] {
    const others = new Set(names.map(plainName));
    return Object.entries(this.#given).flatMap(([name, value]) => {
      const isNumber = typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(value));
      if (others.has(plainName(name)) || !isNumber) return [];
      this.#asked.add(plainName(name));
      return [[name, Number(value)] as [string, number]];
    });
  }

  fault(message: string): void {
    this.faults.push(message);
  }

  #get(names: readonly string[]): unknown {
    for (const name of names) this.#asked.add(plainName(name));
    for (const name of names) {
      const value = this.#fields.get(plainName(name));
      if (value === null || value === undefined) continue;
      return typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
    }
    return null;
  }

  #fault(names: readonly string[], message: string): null {
    this.faults.push(`${names[0] ?? ''} ${message}`);
    return null;
  }
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? cut(String(value), 40) : typeof value);

function dateOf(value: unknown): Date | null {
  if (value instanceof Date) return plausible(value);
  const number = typeof value === 'number' || (typeof value === 'string' && /^\d{9,14}$/.test(value)) ? Number(value) : null;
  const date = number === null ? new Date(isoOf(value)) : new Date(Math.abs(number) < LARGEST_SECONDS ? number * 1000 : number);
  return plausible(date);
}

function plausible(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return year >= 1900 && year < 2200 ? date : null;
}

function isoOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  const iso = value.trim().replace(' UTC', 'Z').replace(' ', 'T');
  return /T[\d:.]+$/.test(iso) ? `${iso}Z` : iso;
}
