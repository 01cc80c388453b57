import { ROLES, type Role } from '../../auth/principal.ts';
import type { LegacyRecord } from './legacy-file.ts';

/** A person as they will be, before the contract's rules have been asked. */
export interface LegacyPerson {
  readonly row: number;
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly role: Role;
  readonly department: string;
  readonly phone: string | null;
  readonly avatar: string | null;
  readonly isActive: boolean;
  readonly createdAt: Date | null;
  readonly lastLoginAt: Date | null;
}

/** What is wrong with a field; the field's name is the document's. */
export interface LegacyFault {
  readonly field: string;
  readonly message: string;
}

/** Checks text fields as the API would; lent by whoever has the contract. */
export type PersonRules = (fields: Readonly<Record<string, unknown>>) => readonly LegacyFault[];

/** Words of older documents for the same roles. */
const OTHER_WORDS: Readonly<Record<string, Role>> = { agent: 'cs', leader: 'team_leader', teamleader: 'team_leader', administrator: 'admin' };
const LARGEST_ID = 2 ** 31 - 1;

/**
 * Reads a record by the backend document's names, in camel case or snake case. Figures, statuses and passwords are not
 * taken along: figures are computed from what happened here, and passwords are chosen anew.
 */
export function toLegacyPerson({ row, fields }: LegacyRecord, rules: PersonRules): { person: LegacyPerson } | { faults: LegacyFault[] } {
  const faults: LegacyFault[] = [];
  const read = new FieldReader(fields, faults);
  const person: LegacyPerson = {
    row,
    id: read.id(),
    username: read.text('username') ?? '',
    email: (read.text('email') ?? '').toLowerCase(),
    fullName: read.text('fullName') ?? '',
    role: read.role(),
    department: read.text('department') ?? '',
    phone: read.text('phone') ?? null,
    avatar: read.address('avatar'),
    isActive: read.flag('isActive', true),
    createdAt: read.instant('createdAt'),
    lastLoginAt: read.instant('lastLoginAt'),
  };
  const { username, email, fullName, role, department, phone } = person;
  faults.push(...rules({ username, email, fullName, role, department, ...(phone === null ? {} : { phone }) }));
  return faults.length > 0 ? { faults } : { person };
}

class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #faults: LegacyFault[];

  constructor(fields: Readonly<Record<string, unknown>>, faults: LegacyFault[]) {
    this.#fields = fields;
    this.#faults = faults;
  }

  id(): number {
    const raw = this.#get('id');
    const id = typeof raw === 'string' && /^\d{1,10}$/.test(raw) ? Number(raw) : raw;
    if (typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= LARGEST_ID) return id;
    return this.#fault('id', 'must be a whole number from 1 up', 0);
  }

  text(name: string): string | undefined {
    const raw = this.#get(name);
    if (raw === undefined || raw === null) return undefined;
    if (typeof raw === 'string') return raw.trim() || undefined;
    // Spreadsheets make numbers of telephone numbers.
    if (typeof raw === 'number') return String(raw);
    return this.#fault(name, 'must be text', undefined);
  }

  role(): Role {
    const word = this.text('role')?.toLowerCase().replaceAll(/[\s-]+/g, '_') ?? '';
    const role = ROLES.find((known) => known === word) ?? OTHER_WORDS[word.replaceAll('_', '')];
    return role ?? this.#fault('role', `must be one of ${ROLES.join(', ')}`, 'cs');
  }

  flag(name: string, fallback: boolean): boolean {
    const raw = this.#get(name);
    if (raw === undefined || raw === null) return fallback;
    const word = typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? String(raw).toLowerCase() : '';
    if (['true', '1', 'yes', 'active'].includes(word)) return true;
    if (['false', '0', 'no', 'inactive'].includes(word)) return false;
    return this.#fault(name, 'must be true or false', fallback);
  }

  instant(name: string): Date | null {
    const text = this.text(name);
    if (text === undefined) return null;
    // PostgreSQL prints a blank where ISO 8601 has a T; a time without a zone was UTC in the mock system.
    const iso = text.replace(' ', 'T');
    const date = new Date(/T[\d:.]+$/.test(iso) ? `${iso}Z` : iso);
    const year = date.getUTCFullYear();
    return year >= 1900 && year < 2200 ? date : this.#fault(name, 'must be a date such as 2026-01-31T09:00:00Z', null);
  }

  /** Only what a browser may load as a picture. */
  address(name: string): string | null {
    const text = this.text(name);
    if (text === undefined) return null;
    return text.length <= 2000 && URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol) ? text : null;
  }

  #get(name: string): unknown {
    return this.#fields[name] ?? this.#fields[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  }

  #fault<T>(field: string, message: string, instead: T): T {
    this.#faults.push({ field, message });
    return instead;
  }
}
