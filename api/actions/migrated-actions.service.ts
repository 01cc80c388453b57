import { RowStore } from '../db/row-store.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { actionRows, nothingToSay, type MigratedAction } from './migrated-action.repository.ts';

export type { MigratedAction } from './migrated-action.repository.ts';

/** Action items that an old system had: nobody is told, and nobody is reminded of what was due before. */
export const migratedActions = (calendar: BusinessCalendar): RowStore<MigratedAction & { readonly id: string }> =>
  new RowStore('action_item', actionRows, (tx, items) => nothingToSay(tx, items.map(({ id }) => id), calendar.dayOf(tx.now), tx.now));
