import type { ImportKind } from '../import-kind.ts';
import { interactionFields } from './interaction-fields.ts';
import { InteractionImportRepository } from './interaction-import.repository.ts';
import { InteractionRows } from './interaction-rows.ts';
import { settleInteractions } from './settle.ts';
import { meanings } from './tally.ts';

/** Imports of calls, chats, tickets: one row, one interaction. */
export function interactionsKind(): ImportKind {
  const repository = new InteractionImportRepository();
  return {
    name: 'interactions',
    fields: interactionFields,
    accepts: (field, meaning) => meanings[field]?.includes(meaning) === true || (field === 'sentiment' && typeof meaning === 'number' && Math.abs(meaning) <= 1),
    settle: settleInteractions,
    reader: (mapping, zones) => new InteractionRows(mapping, zones),
    classify: (tx, staged) => repository.classify(tx, staged),
    recheck: (tx, request) => repository.reclassify(tx, request),
    apply: async (tx, request) => {
      await repository.markOldDays(tx, request.importId);
      await repository.updateChanged(tx, request, tx.now);
      await repository.insertNew(tx, request, tx.now);
      await repository.markNewDays(tx, request.importId);
    },
    analyze: (db) => repository.analyze(db),
    period: (db, importId, businessZone) => repository.period(db, importId, businessZone),
  };
}
