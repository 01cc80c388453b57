import { ComparisonRepository } from '../comparing/comparison.repository.ts';
import { RollbackRepository } from '../comparing/rollback.repository.ts';
import { counted, inRows } from '../../remarks.ts';
import type { ImportKind } from '../import-kind.ts';
import { performanceFields } from './performance-fields.ts';
import { PerformanceImportRepository, storedDays } from './performance-import.repository.ts';
import { PerformanceRows } from './performance-rows.ts';
import { needed, settlePerformance } from './settle.ts';

/** Imports of daily figures: one row, one person on one day, beside what is computed from interactions. */
export function performanceKind(): ImportKind {
  const comparison = new ComparisonRepository(storedDays);
  const repository = new PerformanceImportRepository();
  const rollback = new RollbackRepository(storedDays);
  return {
    name: 'performance',
    label: 'Daily figures',
    about: 'One row is one person on one day.',
    needed,
    fields: performanceFields,
    figures: performanceFields.map(({ name }) => name).filter((name) => name !== 'agent' && name !== 'date'),
    accepts: () => false,
    settle: settlePerformance,
    reader: (mapping, reading) => new PerformanceRows(mapping, reading),
    classify: (db, staged) => comparison.classify(db, staged),
    recheck: (tx, request) => comparison.reclassify(tx, request),
    apply: async (tx, request) => {
      await rollback.rememberPrevious(tx, request.importId);
      await repository.updateChanged(tx, request, tx.now);
      await repository.insertNew(tx, request, tx.now);
      await rollback.rememberNew(tx, request.importId);
      await repository.markPeople(tx, request.importId);
    },
    lock: (tx, request) => rollback.lock(tx, request),
    blockers: (db, request, limit) => rollback.blockers(db, request, limit),
    revert: async (tx, request) => {
      await repository.markPeople(tx, request.importId);
      await repository.markChangedPeople(tx, request.importId);
      await rollback.restoreChanged(tx, request, tx.now);
      await rollback.deleteNew(tx, request);
    },
    remarks: async (db, importId) => {
      const { count, rows } = await repository.withoutEffect(db, importId);
      if (count === 0) return [];
      return [{ code: 'counted_from_interactions', message: `${counted(count, 'row is of a day that is', 'rows are of days that are')} counted from calls, chats and tickets already: ${count === 1 ? 'its' : 'their'} figures are kept beside and not shown: ${inRows(rows, count)}.`, rows }];
    },
    analyze: (db) => repository.analyze(db),
    period: (db, importId) => repository.period(db, importId),
  };
}
