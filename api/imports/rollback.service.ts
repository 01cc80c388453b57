import type { ImportedPeople } from '../agents/imported-people.service.ts';
import { isManager, type Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { FIGURES_BEHIND } from './figures-behind.ts';
import type { ImportError, ImportProgress, ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportRowsRepository } from './import-rows.repository.ts';
import { importRolledBack } from './imports.events.ts';
import { NAMED_BLOCKERS, nounOf, sentenceOf, type Blocker } from './kinds/blockers.ts';
import type { ImportKind, RollbackRequest } from './kinds/import-kind.ts';
import type { ProgressSink } from './progress.ts';

export interface RollbackDependencies {
  readonly uow: UnitOfWork;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly people: ImportedPeople;
  readonly kinds: Readonly<Record<ImportRecord['kind'], ImportKind>>;
  /** Brings the daily figures of all days marked stale up to date. */
  readonly recomputeStaleDays: () => Promise<unknown>;
  readonly progress: ProgressSink;
}

/** What taking an import back would do. */
export interface RollbackPlan {
  /** Rows that came with it. */
  readonly removed: number;
  /** Rows that had other values before. */
  readonly restored: number;
  /** People who were added because its rows name them. */
  readonly people: number;
  readonly blockers: readonly Blocker[];
  /** There may be more than these. */
  readonly more: boolean;
}

/** Something has come to depend on the import since it was asked to be taken back. */
class RollbackBlocked extends Error {
  readonly blockers: readonly Blocker[];

  constructor(blockers: readonly Blocker[]) {
    super('Something newer depends on the import.');
    this.blockers = blockers;
  }
}

/**
 * Takes committed imports back. Rows and people are one transaction, which looks once more for what depends on them;
 * the daily figures follow, and only then is the import called rolled back. Killed in between, the second half is
 * repeated, never the first.
 */
export class RollbackService {
  readonly #deps: RollbackDependencies;

  constructor(deps: RollbackDependencies) {
    this.#deps = deps;
  }

  /** What keeps somebody from taking a committed import back, as far as it is named. */
  async blockers(db: Db, by: Principal, record: ImportRecord): Promise<Blocker[]> {
    // Whoever is in somebody else's team by now is theirs to decide about.
    const outside = isManager(by) ? [] : await this.#deps.rows.outside(db, record.id, by.ledTeamIds, NAMED_BLOCKERS);
    const ofRows = await this.#deps.kinds[record.kind].blockers(db, requestOf(record), NAMED_BLOCKERS);
    const people = await this.#deps.people.inUse(record.createdPeople, record.id);
    const ofPeople = people.map(({ name, table }): Blocker => ({ rowNumber: null, subject: name, code: 'person_in_use', what: table === 'agents' ? 'edited, or signed in' : nounOf(table) }));
    return [...outside, ...ofRows, ...ofPeople].slice(0, NAMED_BLOCKERS);
  }

  async plan(db: Db, by: Principal, record: ImportRecord): Promise<RollbackPlan> {
    const { new: removed = 0, changed: restored = 0 } = record.counts ?? {};
    const blockers = await this.blockers(db, by, record);
    // Of a roster the rows that came with it are the people who were added.
    const people = this.#deps.kinds[record.kind].isAboutPeople ? 0 : record.createdPeople.length;
    return { removed, restored, people, blockers, more: blockers.length >= NAMED_BLOCKERS };
  }

  /** Does nothing when the import is rolled back already, so that a job may run twice. */
  async rollBack(importId: string): Promise<void> {
    const { uow, imports, recomputeStaleDays } = this.#deps;
    const record = await uow.read((db) => imports.byId(db, importId));
    if (record?.status !== 'rolling_back' || !record.rollbackBy) return;
    const by = record.rollbackBy;
    this.#report(record, 'rolling_back', { phase: 'rolling_back', percent: 10, rows: 0 });
    if (!record.isReverted) {
      const blockers = await this.#reverted(record, by);
      if (blockers.length > 0) return this.keep(importId, by, { code: 'rollback_blocked', message: `Not taken back: ${blockers[0] ? sentenceOf(blockers[0]) : ''}` });
    }
    await recomputeStaleDays();
    const done = await uow.write(by, (tx) => this.#finish(tx, importId));
    if (done) this.#report(done, 'rolled_back', { phase: 'done', percent: 100, rows: done.counts?.rows ?? 0 });
  }

  /** Calls an import rolled back whose rows are as they were, though the figures of their days do not follow, and says so. */
  async endWithoutFigures(importId: string): Promise<void> {
    const { uow, imports } = this.#deps;
    const by = (await uow.read((db) => imports.byId(db, importId)))?.rollbackBy;
    const done = by ? await uow.write(by, (tx) => this.#finish(tx, importId, FIGURES_BEHIND)) : undefined;
    if (done) this.#report(done, 'rolled_back', { phase: 'done', percent: 100, rows: done.counts?.rows ?? 0 });
  }

  /** Leaves an import that was to be taken back as it was, committed, and says why. */
  async keep(importId: string, by: Tx['by'], notice: { code: string; message: string }): Promise<void> {
    const { uow, imports } = this.#deps;
    const kept = await uow.write(by, async (tx) => {
      const record = await imports.forUpdate(tx, importId);
      if (record?.status !== 'rolling_back' || record.isReverted) return undefined;
      await imports.markKept(tx, importId, notice, tx.now);
      tx.audit({ action: 'import.rollback-refused', targetType: 'import', targetId: importId, after: { ...notice } });
      return record;
    });
    if (kept) this.#report(kept, 'committed', { phase: 'done', percent: 100, rows: kept.counts?.rows ?? 0 });
  }

  /** What kept it from being taken back; nothing when it is. */
  async #reverted(record: ImportRecord, by: Tx['by']): Promise<readonly Blocker[]> {
    try {
      await this.#deps.uow.write(by, (tx) => this.#revert(tx, record.id));
      return [];
    } catch (error) {
      if (error instanceof RollbackBlocked) return error.blockers;
      throw error;
    }
  }

  async #revert(tx: Tx, importId: string): Promise<void> {
    const { imports, rows, kinds, people } = this.#deps;
    await rows.takeYourTime(tx);
    const record = await imports.forUpdate(tx, importId);
    if (record?.status !== 'rolling_back' || record.isReverted) return;
    const request = requestOf(record);
    const kind = kinds[record.kind];
    await kind.lock(tx, request);
    const blockers = await this.blockers(tx, tx.by, record);
    if (blockers.length > 0) throw new RollbackBlocked(blockers);
    await kind.revert(tx, request);
    await people.remove(tx, record.createdPeople);
    await imports.markReverted(tx, importId, tx.now);
    tx.audit({ action: 'import.rollback', targetType: 'import', targetId: importId, after: { fileName: record.fileName, source: record.source, ...record.counts } });
  }

  async #finish(tx: Tx, importId: string, notice: ImportError | null = null): Promise<ImportRecord | undefined> {
    const { imports } = this.#deps;
    const record = await imports.forUpdate(tx, importId);
    if (record?.status !== 'rolling_back' || !record.isReverted || !record.counts) return undefined;
    await imports.markRolledBack(tx, importId, notice, tx.now);
    const { kind, fileName, period, counts, source, uploadedBy } = record;
    tx.record(importRolledBack.record(importId, { id: importId, kind, source: source ?? '', fileName, counts, period, uploadedBy: uploadedBy.id }, {}));
    return record;
  }

  #report({ id, uploadedBy }: ImportRecord, status: 'rolling_back' | 'rolled_back' | 'committed', progress: ImportProgress): void {
    this.#deps.progress.publish({ id, status, progress, uploadedBy: uploadedBy.id });
  }
}

const requestOf = ({ id, source, appliedAt }: ImportRecord): RollbackRequest => ({ importId: id, source: source ?? '', appliedAt: appliedAt ?? '' });
