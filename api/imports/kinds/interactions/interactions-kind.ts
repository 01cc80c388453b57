import type { ImportKind } from '../import-kind.ts';
import { interactionFields } from './interaction-fields.ts';
import { ComparisonRepository } from '../comparing/comparison.repository.ts';
import { RollbackRepository } from '../comparing/rollback.repository.ts';
import { InteractionImportRepository, storedInteractions } from './interaction-import.repository.ts';
import { acceptsOf } from '../reading/decided-words.ts';
import { InteractionRows } from './interaction-rows.ts';
import { needed, settleInteractions } from './settle.ts';
import { meanings } from './tally.ts';

/** Imports of calls, chats, tickets: one row, one interaction. */
export function interactionsKind(): ImportKind {
  const comparison = new ComparisonRepository(storedInteractions);
  const repository = new InteractionImportRepository();
  const rollback = new RollbackRepository(storedInteractions);
  return {
    name: 'interactions',
    label: 'Calls, chats and tickets',
    about: 'One row is one call, chat, e-mail or ticket.',
    needed,
    fields: interactionFields,
    accepts: (field, meaning) => acceptsOf(meanings, field, meaning) || (field === 'sentiment' && typeof meaning === 'number' && Math.abs(meaning) <= 1),
    settle: settleInteractions,
    reader: (mapping, reading) => new InteractionRows(mapping, reading),
    classify: (db, staged) => comparison.classify(db, staged),
    recheck: (tx, request) => comparison.reclassify(tx, request),
    apply: async (tx, request) => {
      await repository.markOldDays(tx, request.importId);
      await rollback.rememberPrevious(tx, request.importId);
      await repository.updateChanged(tx, request, tx.now);
      await repository.insertNew(tx, request, tx.now);
      await repository.markNewDays(tx, request.importId);
    },
    blockers: (db, request, limit) => rollback.blockers(db, request, limit),
    lock: (tx, request) => rollback.lock(tx, request),
    revert: async (tx, request) => {
      await repository.markNewDays(tx, request.importId);
      await rollback.restoreChanged(tx, request, tx.now);
      await repository.markOldDays(tx, request.importId);
      await rollback.deleteNew(tx, request);
    },
    analyze: (db) => repository.analyze(db),
    period: (db, importId, businessZone) => repository.period(db, importId, businessZone),
  };
}
