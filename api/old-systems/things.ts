import type { Db } from '../db/db.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** A row of an old system, read: as it would be here, or why it cannot be. */
export type Reading<Thing> =
  | { readonly oldId: string; readonly place: string; readonly thing: Thing; readonly remarks: readonly string[] }
  | { readonly oldId: string | null; readonly place: string; readonly refused: string };

export type Placed<Thing> = Thing & { readonly id: string };

/** The door of a room to which things are brought that an old system had. */
export interface ThingStore<Thing> {
  /** What the audit log calls one of them. */
  readonly type: string;
  /** Ids for new ones. Without a transaction nothing is written: they are made up. */
  ids(tx: Tx | null, count: number): Promise<string[]>;
  /** Ids of things that are here although nobody brought them, in the order asked. */
  present?(db: Db, things: readonly Thing[]): Promise<readonly (string | undefined)[]>;
  /** The version of each that is here still. */
  versions(db: Db, ids: readonly string[], options: { readonly lock: boolean }): Promise<ReadonlyMap<string, number>>;
  insert(tx: Tx, things: readonly Placed<Thing>[]): Promise<void>;
  /** @returns why, by its id, of each that could not be changed */
  update(tx: Tx, things: readonly Placed<Thing>[]): Promise<ReadonlyMap<string, string> | void>;
}
