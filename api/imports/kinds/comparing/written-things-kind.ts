import type { FieldDefinition } from '../../mapping/field.ts';
import type { MappedValue } from '../../mapping/import-mapping.ts';
import type { ImportKind, NeededColumn } from '../import-kind.ts';
import { acceptsOf } from '../reading/decided-words.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { ComparisonRepository } from './comparison.repository.ts';
import { RollbackRepository } from './rollback.repository.ts';
import { storedThings, WrittenThingsRepository, type WrittenThings } from './written-things.repository.ts';

/** What tells kinds of written things apart. */
export interface WrittenThingsKind extends Pick<ImportKind, 'name' | 'label' | 'about' | 'reader' | 'isAuthored'> {
  readonly needed: readonly NeededColumn[];
  readonly fields: readonly FieldDefinition[];
  readonly meanings: Readonly<Record<string, readonly MappedValue[]>>;
  readonly things: WrittenThings;
  /** The field whose order of day and month is decided, and whose days are the file's period. */
  readonly dated: string;
}

/** Imports of what somebody wrote about somebody: one row, one thing, known by its source and id. */
export function writtenThingsKind({ name, label, about, reader, isAuthored = false, needed, fields, meanings, things, dated }: WrittenThingsKind): ImportKind {
  const stored = storedThings(things);
  const comparison = new ComparisonRepository(stored);
  const repository = new WrittenThingsRepository(things);
  const rollback = new RollbackRepository(stored);
  return {
    name,
    label,
    about,
    isAuthored,
    needed,
    fields,
    reader,
    accepts: (field, meaning) => acceptsOf(meanings, field, meaning),
    settle: async (columns, given, sample) => {
      const questions = columnQuestions(columns, sample, needed, given);
      const dateOrder = given.dateOrder ?? (await settleDateOrder(columns[dated], dated, sample, questions));
      return { options: { ...given, ...(dateOrder ? { dateOrder } : {}) }, questions };
    },
    classify: (db, staged) => comparison.classify(db, staged),
    recheck: (tx, request) => comparison.reclassify(tx, request),
    apply: async (tx, request) => {
      await rollback.rememberPrevious(tx, request.importId);
      await repository.updateChanged(tx, request, tx.now);
      await repository.insertNew(tx, request, tx.now);
    },
    lock: (tx, request) => rollback.lock(tx, request),
    blockers: (db, request, limit) => rollback.blockers(db, request, limit),
    revert: async (tx, request) => {
      await rollback.restoreChanged(tx, request, tx.now);
      await rollback.deleteNew(tx, request);
    },
    analyze: (db) => repository.analyze(db),
    period: (db, importId) => repository.period(db, importId, dated),
  };
}
