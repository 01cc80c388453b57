import type { Db } from '../db/db.ts';
import { RowStore } from '../db/row-store.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { dayRows, derive, importedDays, nextDayIds, type MigratedDay } from './migrated-day.repository.ts';
import { scorecardRows, type Scorecard } from './scorecard.repository.ts';

export type { MigratedDay } from './migrated-day.repository.ts';
export type { Score, Scorecard } from './scorecard.repository.ts';

export const scorecards = (): RowStore<Scorecard & { readonly id: string }> => new RowStore('scorecard', scorecardRows);

/** Daily figures that an old system had. A day that was imported before keeps what it has. */
export class MigratedDays extends RowStore<MigratedDay & { readonly id: string }> {
  constructor() {
    super('performance_day', dayRows, (tx, days) => derive(tx, days.map(({ id }) => id)));
  }

  override ids(tx: Tx | null, count: number): Promise<string[]> {
    return tx ? nextDayIds(tx, count) : super.ids(tx, count);
  }

  present(db: Db, days: readonly MigratedDay[]): Promise<(string | undefined)[]> {
    return importedDays(db, days);
  }
}
