import type { ContractRules } from '../../http/contract-rules.ts';
import type { Reading } from '../things.ts';
import { OldRow } from '../old-row.ts';
import type { Clue } from './when-written.ts';

/** What is needed to read a row of any table. */
export interface ReadingContext {
  /** Label of the old system. */
  readonly system: string;
  readonly rules: ContractRules;
  /** The business day an instant falls on. */
  readonly dayOf: (instant: Date) => string;
  /** Our id of a row of theirs; undefined where it was refused or never was. */
  readonly idOf: (kind: string, oldId: string) => string | undefined;
  /** When a person came, or a session was held, by their ids there: ISO 8601; null where nothing says so. */
  readonly dateOf: (kind: 'User' | 'CoachingSession', oldId: string) => string | null;
  /** Names of the columns that were looked for, by table. */
  readonly asked: Map<string, Set<string>>;
}

/** Reads a row: `make` gathers its faults, and its thing counts only where there are none. */
export function readRow<Thing>(context: ReadingContext, table: string, place: string, fields: Readonly<Record<string, unknown>>, make: (row: OldRow, oldId: string) => Thing | null): Reading<Thing> {
  const asked = context.asked.get(table) ?? new Set<string>();
  context.asked.set(table, asked);
  const row = new OldRow(fields, asked);
  const oldId = row.id('id');
  if (oldId === null || oldId.length > 200) return { oldId: null, place, refused: 'it has no id' };
  const thing = make(row, oldId);
  if (table !== 'User' && wasDeleted(row)) return { oldId, place, refused: 'it was deleted there' };
  return thing === null || row.faults.length > 0 ? { oldId, place, refused: row.faults.join('; ') } : { oldId, place, thing, remarks: row.remarks };
}

/** People who were deleted have left; whatever else was deleted is gone. */
export const wasDeleted = (row: OldRow): boolean => row.instant('deletedAt') !== null || row.flag(false, 'isDeleted', 'deleted');

/** For what nobody dated: the day on which the person came whom it is about. */
export const arrivalOf = ({ dateOf }: ReadingContext, oldUser: string | null): Clue => ({ at: oldUser === null ? null : dateOf('User', oldUser), what: 'the day its person came' });

/** For what nobody dated: the day of the session it belongs to. */
export const sessionDay = ({ dateOf }: ReadingContext, oldSession: string | null | undefined): Clue => ({ at: oldSession ? dateOf('CoachingSession', oldSession) : null, what: 'the day of its session' });

/** Our id of the person a column names. */
export function personIn(context: ReadingContext, row: OldRow, column: string, ...also: readonly string[]): number | null {
  const oldId = row.id(column, ...also);
  if (oldId === null) {
    row.fault(`${column} is empty`);
    return null;
  }
  const id = context.idOf('User', oldId);
  if (id === undefined) row.fault(`${column} (${oldId}) is nobody who was brought along`);
  return id === undefined ? null : Number(id);
}

/** Faults of a schema of the contract, as those of the row. */
export function check(context: ReadingContext, row: OldRow, schema: string, fields: Readonly<Record<string, unknown>>): void {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  for (const { field, message } of context.rules(schema, given)) row.fault(`${field} ${message}`);
}
