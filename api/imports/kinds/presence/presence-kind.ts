import type { ImportedPresence } from '../../../presence/imported-presence.service.ts';
import { ComparisonRepository } from '../comparing/comparison.repository.ts';
import { RollbackRepository } from '../comparing/rollback.repository.ts';
import { counted, inRows, type ImportRemark } from '../../remarks.ts';
import type { ImportKind } from '../import-kind.ts';
import { presenceFields } from './presence-fields.ts';
import { PresenceImportRepository, storedPresence } from './presence-import.repository.ts';
import { PresenceRows } from './presence-rows.ts';
import { needed, settlePresence } from './settle.ts';

/** Imports of logins and logouts: one row, one person there from when to when. */
export function presenceKind(presence: ImportedPresence): ImportKind {
  const comparison = new ComparisonRepository(storedPresence);
  const repository = new PresenceImportRepository();
  const rollback = new RollbackRepository(storedPresence);
  return {
    name: 'presence',
    label: 'Logins and logouts',
    about: 'One row is one person, logged in from when to when.',
    needed,
    fields: presenceFields,
    accepts: () => false,
    settle: settlePresence,
    reader: (mapping, reading) => new PresenceRows(mapping, reading),
    classify: (db, staged) => comparison.classify(db, staged),
    recheck: async (tx, request) => {
      await presence.hold(tx, await repository.people(tx, request));
      return comparison.reclassify(tx, request);
    },
    apply: async (tx, request) => {
      await rollback.rememberPrevious(tx, request.importId);
      const before = await presence.touched(tx, await repository.intervals(tx, request.importId, ['changed']));
      await repository.updateChanged(tx, request, tx.now);
      await repository.insertNew(tx, request, tx.now);
      await rollback.rememberNew(tx, request.importId);
      const after = await presence.touched(tx, await repository.intervals(tx, request.importId, ['new', 'changed']));
      await presence.recount(tx, [...before, ...after]);
    },
    lock: (tx, request) => rollback.lock(tx, request),
    blockers: (db, request, limit) => rollback.blockers(db, request, limit),
    revert: async (tx, request) => {
      const changed = await repository.intervals(tx, request.importId, ['changed']);
      const before = await presence.touched(tx, [...changed, ...(await repository.intervals(tx, request.importId, ['new']))]);
      await rollback.restoreChanged(tx, request, tx.now);
      await rollback.deleteNew(tx, request);
      const after = await presence.touched(tx, changed);
      await presence.recount(tx, [...before, ...after]);
    },
    remarks: async (db, importId) => {
      const overlaps = await repository.overlaps(db, importId);
      const beside = await repository.besideOthers(db, importId);
      return [
        ...remark('overlaps_merged', overlaps, ['row overlaps', 'rows overlap'], 'others of the same person; the time they share counts once'),
        ...remark('beside_other_history', beside, ['row shares', 'rows share'], 'time with history of other statuses; away and busy stay what they are, offline gives way'),
      ];
    },
    analyze: (db) => repository.analyze(db),
    period: (db, importId, businessZone) => repository.period(db, importId, businessZone),
  };
}

function remark(code: ImportRemark['code'], { count, rows }: { count: number; rows: readonly number[] }, [one, many]: readonly [string, string], what: string): ImportRemark[] {
  return count === 0 ? [] : [{ code, message: `${counted(count, one, many)} ${what}: ${inRows(rows, count)}.`, rows }];
}
