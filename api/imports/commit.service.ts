import type { ImportedPeople } from '../agents/imported-people.service.ts';
import type { Principal } from '../auth/principal.ts';
import { uniqueViolation } from '../db/failures.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { FIGURES_BEHIND } from './figures-behind.ts';
import type { CommitOptions, ImportError, ImportProgress, ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportRowsRepository } from './import-rows.repository.ts';
import { importCommitted } from './imports.events.ts';
import type { ImportKind } from './kinds/import-kind.ts';
import { mergeMappings, withinReach } from './mapping/import-mapping.ts';
import type { MappingMemoryRepository } from './mapping/mapping-memory.repository.ts';
import { MOST_ADDED } from './missing-people.ts';
import { PeopleResolver } from './people-resolver.ts';
import type { ProgressSink } from './progress.ts';
import { counted } from './remarks.ts';
import { fold } from './values/text.ts';

export interface CommitDependencies {
  readonly uow: UnitOfWork;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly memory: MappingMemoryRepository;
  readonly people: ImportedPeople;
  readonly kinds: Readonly<Record<ImportRecord['kind'], ImportKind>>;
  /** Brings the daily figures of all days marked stale up to date. */
  readonly recomputeStaleDays: () => Promise<unknown>;
  readonly progress: ProgressSink;
  readonly businessTimezone: string;
}

/** So often rows that somebody else writes at the same moment are met by it before it gives up. */
const ATTEMPTS = 3;

/** The people a preview counts on are not there, and nobody agreed to add them. */
export class PeopleMissing extends Error {}

/** Somebody has changed what the preview was about; agreeing to it was not agreeing to overwrite that. */
class PreviewOvertaken extends Error {
  readonly rows: number;

  constructor(rows: number) {
    super(`${counted(rows, 'row is', 'rows are')} not any more as the preview has them.`);
    this.rows = rows;
  }
}

/**
 * Writes an agreed preview. People and interactions are one transaction; when it is through, the daily figures
 * follow, and only then is the import called committed, so that nobody who waits for that sees old figures. Killed
 * in between, the second half is repeated, never the first.
 */
export class CommitService {
  readonly #deps: CommitDependencies;

  constructor(deps: CommitDependencies) {
    this.#deps = deps;
  }

  /** Does nothing when the import is committed already, so that a job may run twice. */
  async commit(importId: string): Promise<void> {
    const { uow, imports, kinds, recomputeStaleDays } = this.#deps;
    const record = await uow.read((db) => imports.byId(db, importId));
    if (record?.status !== 'committing' || !record.commitOptions) return;
    const { by } = record.commitOptions;
    this.#report(record, 'committing', { phase: 'committing', percent: 10, rows: 0 });
    if (!record.isApplied) {
      const overtaken = await this.#applied(by, record);
      if (overtaken > 0) return this.#showAgain(by, importId, overtaken);
      await uow.writeInTurn(by, (tx) => kinds[record.kind].analyze(tx));
    }
    await recomputeStaleDays();
    const done = await uow.write(by, (tx) => this.#finish(tx, importId));
    if (done) this.#report(done, 'committed', { phase: 'done', percent: 100, rows: done.counts?.rows ?? 0 });
  }

  /** Calls an import committed whose rows are written, though the figures of their days do not follow, and says so. */
  async endWithoutFigures(importId: string): Promise<void> {
    const { uow, imports } = this.#deps;
    const options = (await uow.read((db) => imports.byId(db, importId)))?.commitOptions;
    const done = options ? await uow.write(options.by, (tx) => this.#finish(tx, importId, FIGURES_BEHIND)) : undefined;
    if (done) this.#report(done, 'committed', { phase: 'done', percent: 100, rows: done.counts?.rows ?? 0 });
  }

  /** How many rows kept it from being written; none when it is. */
  async #applied(by: Principal, record: Pick<ImportRecord, 'id' | 'kind'>): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#deps.uow.write(by, (tx) => this.#apply(tx, record));
        return 0;
      } catch (error) {
        if (error instanceof PreviewOvertaken) return error.rows;
        // A host system has just written what is new here as well: now it is there to be compared with.
        if (attempt >= ATTEMPTS || uniqueViolation(error) === undefined) throw error;
      }
    }
  }

  /** Back to the preview, as it is now, with a word on why. */
  async #showAgain(by: Principal, importId: string, overtaken: number): Promise<void> {
    const { uow, imports, rows, kinds, businessTimezone } = this.#deps;
    const shown = await uow.write(by, async (tx) => {
      await rows.takeYourTime(tx);
      const record = await imports.forUpdate(tx, importId);
      if (record?.status !== 'committing' || record.isApplied) return undefined;
      await kinds[record.kind].recheck(tx, { importId, source: record.source ?? '', columns: record.mapping?.columns ?? {}, businessZone: businessTimezone, teamIds: record.teamScope, people: new Map() });
      const message = `Somebody has changed ${overtaken === 1 ? 'one' : overtaken} of these rows since the preview was made. Nothing was written; this is the preview as of now.`;
      await imports.markStagedAgain(tx, importId, await rows.counts(tx, importId), { code: 'preview_overtaken', message }, tx.now);
      tx.audit({ action: 'import.overtaken', targetType: 'import', targetId: importId, after: { rows: overtaken } });
      return record;
    });
    if (shown) this.#report(shown, 'staged', { phase: 'done', percent: 100, rows: shown.counts?.rows ?? 0 });
  }

  async #apply(tx: Tx, { id: importId, kind }: Pick<ImportRecord, 'id' | 'kind'>): Promise<void> {
    const { imports, rows, kinds, businessTimezone } = this.#deps;
    await rows.takeYourTime(tx);
    // Two that hold the same rows: the second is compared with what the first has written, and may be cancelled until then.
    await imports.awaitTurn(tx, kind);
    await imports.beginWriting(tx, importId);
    const record = await imports.forUpdate(tx, importId);
    if (record?.status !== 'committing' || !record.commitOptions || record.isApplied) return;
    // Whoever looks on is to know that it cannot be stopped any more.
    this.#report(record, 'committing', { phase: 'writing', percent: 20, rows: 0 });
    const { people, created } = await this.#people(tx, record, record.commitOptions);
    const source = record.source ?? '';
    const request = { importId, source, columns: record.mapping?.columns ?? {}, businessZone: businessTimezone, teamIds: record.teamScope, people };
    const overtaken = await kinds[record.kind].recheck(tx, request);
    if (overtaken > 0) throw new PreviewOvertaken(overtaken);
    const added = (await kinds[record.kind].apply(tx, request)) ?? [];
    const counts = await rows.counts(tx, importId);
    await imports.markApplied(tx, importId, counts, [...created, ...added], tx.now);
    await this.#remember(tx, record);
    tx.audit({ action: 'import.commit', targetType: 'import', targetId: importId, after: { fileName: record.fileName, source, ...counts } });
  }

  async #finish(tx: Tx, importId: string, notice: ImportError | null = null): Promise<ImportRecord | undefined> {
    const { imports } = this.#deps;
    const record = await imports.forUpdate(tx, importId);
    if (record?.status !== 'committing' || !record.isApplied || !record.counts) return undefined;
    await imports.markCommitted(tx, importId, notice, tx.now);
    const { kind, fileName, period, counts, source, uploadedBy } = record;
    tx.record(importCommitted.record(importId, { id: importId, kind, source: source ?? '', fileName, counts, period, uploadedBy: uploadedBy.id }, {}));
    return record;
  }

  /** Ids of the people that were missing: those who have come since, and those who are added now. */
  async #people(tx: Tx, record: ImportRecord, options: CommitOptions): Promise<{ people: Map<string, number>; created: readonly number[] }> {
    const found = new Map<string, number>();
    if (record.missingAgentCount === 0) return { people: found, created: [] };
    await this.#deps.people.lock(tx);
    const resolver = new PeopleResolver(await this.#deps.people.everybody(), {}, record.teamScope);
    const names: { key: string; name: string }[] = [];
    const { missingAgents } = await this.#deps.rows.missingAgents(tx, record.id, MOST_ADDED);
    for (const { name } of missingAgents) {
      const resolution = resolver.resolve(name);
      if (resolution.kind === 'known') found.set(fold(name), resolution.id);
      else if (resolution.kind === 'missing') names.push({ key: fold(name), name });
      else throw new PeopleMissing(`It is not clear any more who “${name}” is.`);
    }
    if (names.length > 0 && !options.createMissingAgents) throw new PeopleMissing('People the file names are missing.');
    const ids = await this.#deps.people.create(tx, names.map(({ name }) => name), options.teamId);
    names.forEach(({ key }, index) => found.set(key, ids[index] ?? 0));
    return { people: found, created: ids };
  }

  /** What was corrected for this file is proposed for the next one that the same person brings with the same header. */
  async #remember(tx: Tx, { kind, detected, givenMapping, uploadedBy, teamScope }: ImportRecord): Promise<void> {
    const { memory } = this.#deps;
    const { columns, values, options: all, people } = givenMapping;
    const { day: _day, ...options } = all ?? {};
    if (!detected?.signature || (columns ?? values ?? all ?? people) === undefined) return;
    const earlier = await memory.recall(tx, kind, detected.signature, uploadedBy.id);
    await memory.remember(tx, kind, detected.signature, uploadedBy.id, mergeMappings(withinReach(earlier, await this.#deps.people.everybody(), teamScope), { columns, values, options, people }), tx.now);
  }

  #report({ id, uploadedBy }: ImportRecord, status: 'committing' | 'committed' | 'staged', progress: ImportProgress): void {
    this.#deps.progress.publish({ id, status, progress, uploadedBy: uploadedBy.id });
  }
}
