import { isManager, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { asksAgain, isDatabaseAway } from '../db/failures.ts';
import { newId } from '../db/ids.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, notFound } from '../errors/problem.ts';
import type { RequestStream } from '../http/handler.ts';
import type { Log } from '../observability/log.ts';
import { StorageAway, type FileStore } from '../storage/file-store.ts';
import type { CommitChecks, CommitRequest } from './commit-checks.service.ts';
import type { CommitService } from './commit.service.ts';
import type { EndingsService } from './endings.service.ts';
import { ownerOf } from './import-owner.ts';
import { locked, reread } from './import-lock.ts';
import { assertTeamsStillLed, blocked, brokenOff, notCommitted, openQuestions, reasonOf, wrongState } from './import-refusals.ts';
import type { ImportFilters, ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportRowsRepository } from './import-rows.repository.ts';
import { importConfirmed, importQueued, importRollbackAsked, jobOf } from './imports.events.ts';
import type { ImportKind } from './kinds/import-kind.ts';
import type { ImportKindName } from './kinds/kind-names.ts';
import { checkMapping } from './mapping/check-mapping.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';
import type { MappingMemoryRepository } from './mapping/mapping-memory.repository.ts';
import type { OrphanedFiles } from './orphaned-files.service.ts';
import { clearAbandonedUnpacking } from './parsing/gzip.ts';
import { FileRefused } from './parsing/refusal.ts';
import type { PreviewService } from './preview/preview.service.ts';
import type { RollbackPlan, RollbackService } from './rollback.service.ts';
import { RETRYABLE } from './retryable.ts';
import { Interrupted, type StagingService } from './staging.service.ts';
import { importTemplate } from './templates/import-template.ts';
import type { ReceivedFile, UploadsService } from './uploads.service.ts';

export interface ImportsDependencies {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly memory: MappingMemoryRepository;
  readonly files: FileStore;
  readonly checks: CommitChecks;
  readonly previews: PreviewService;
  readonly endings: EndingsService;
  readonly orphans: OrphanedFiles;
  readonly staging: StagingService;
  readonly commits: CommitService;
  readonly rollbacks: RollbackService;
  readonly kinds: Readonly<Record<ImportKindName, ImportKind>>;
  readonly uploads: UploadsService;
}

/** So often the figures are tried, within half a minute, before an import is done without them: what fails then fails for a defect. */
const FIGURE_ATTEMPTS = 6;

/** An import without a sign of life for this long has lost its job, in milliseconds. */
const stalledMs = 10 * 60_000;

/** Uploads and commits: who may do what to an import, and in which state. */
export class ImportsService {
  /** What becomes of the rows, to be looked at. */
  readonly previews: PreviewService;
  readonly #deps: ImportsDependencies;

  constructor(deps: ImportsDependencies) {
    this.#deps = deps;
    this.previews = deps.previews;
  }

  /** Takes in an uploaded form; see {@link UploadsService.receive}. */
  receive(stream: RequestStream): Promise<ReceivedFile> {
    return this.#deps.uploads.receive(stream);
  }

  /** Takes in a file of this machine; see {@link UploadsService.receiveFile}. */
  receiveFile(path: string, fields: Readonly<Record<string, string>>): Promise<ReceivedFile> {
    return this.#deps.uploads.receiveFile(path, fields);
  }

  /** Keeps the file and lets a worker read it. */
  async create(by: Principal, { file, fileName, kind, source }: ReceivedFile): Promise<ImportRecord> {
    const { uow, imports, files } = this.#deps;
    return uow.write(by, async (tx) => {
      await imports.lockFile(tx, file.sha256);
      const storageKey = await files.keep(file);
      const id = newId();
      const teamScope = isManager(by) ? null : by.ledTeamIds;
      const givenMapping: PartialMapping = source === null ? {} : { source };
      const { size: fileSize, sha256: fileSha256 } = file;
      await imports.insert(tx, { id, kind, fileName, fileSize, fileSha256, storageKey, uploadedBy: by.agentId, teamScope, givenMapping }, tx.now);
      tx.record(importQueued.record(id, { id, generation: 1 }, {}));
      tx.audit({ action: 'import.create', targetType: 'import', targetId: id, after: { kind, fileName, fileSize } });
      return reread(imports, tx, id);
    });
  }

  /** Everything that can be imported. */
  kinds(): readonly ImportKind[] {
    return Object.values(this.#deps.kinds);
  }

  /** A workbook of a kind, to be filled in. */
  template(kind: ImportRecord['kind']): Promise<Uint8Array> {
    return importTemplate(this.#deps.kinds[kind]);
  }

  list(by: Principal, filters: ImportFilters, page: number, limit: number): Promise<{ rows: ImportRecord[]; total: number }> {
    return this.#deps.uow.read((db) => this.#deps.imports.list(db, { ...filters, uploadedBy: ownerOf(by) }, page, limit));
  }

  /** @throws Problem 404 */
  async get(by: Principal, id: string): Promise<ImportRecord> {
    const record = await this.#deps.uow.read((db) => this.#deps.imports.byId(db, id, ownerOf(by)));
    if (!record) throw notFound('Import');
    return record;
  }

  /**
   * Stages the file again, read as the mapping says.
   * @throws Problem 404, 409 (wrong state, teams that are led no more), 422 (a mapping that cannot be)
   */
  remap(by: Principal, id: string, mapping: PartialMapping): Promise<ImportRecord> {
    const { uow, imports, kinds } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await locked(imports, tx, by, id);
      assertMayBeRead(record);
      assertTeamsStillLed(by, record);
      checkMapping(mapping, kinds[record.kind], record.detected);
      await this.#deps.checks.people(mapping, record.teamScope);
      const generation = await imports.remap(tx, id, mapping, tx.now);
      tx.record(importQueued.record(id, { id, generation }, {}));
      tx.audit({ action: 'import.map', targetType: 'import', targetId: id, after: { columns: mapping.columns, options: mapping.options } });
      return reread(imports, tx, id);
    });
  }

  /**
   * Forgets, for whoever has uploaded it, what was decided for earlier files with the same header, and stages the file again by what was decided for it alone.
   * @throws Problem 404, 409 (wrong state, teams that are led no more)
   */
  forgetMapping(by: Principal, id: string): Promise<ImportRecord> {
    const { uow, imports, memory } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await locked(imports, tx, by, id);
      assertMayBeRead(record);
      assertTeamsStillLed(by, record);
      if (record.detected?.signature) await memory.forget(tx, record.kind, record.detected.signature, record.uploadedBy.id, tx.now);
      const generation = await imports.remap(tx, id, record.givenMapping, tx.now);
      tx.record(importQueued.record(id, { id, generation }, {}));
      tx.audit({ action: 'import.forget', targetType: 'import', targetId: id, after: { signature: record.detected?.signature ?? null } });
      return reread(imports, tx, id);
    });
  }

  /**
   * Agrees to the preview; a worker writes it.
   * @throws Problem 403, 404, 409 (not staged, another preview, open questions, missing people), 422 (team)
   */
  confirm(by: Principal, id: string, { version, ...request }: CommitRequest): Promise<ImportRecord> {
    const { uow, imports } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await locked(imports, tx, by, id);
      if (record.status !== 'staged') throw wrongState(record);
      if (version !== undefined && version !== record.version) throw conflict('preview_changed', 'The preview is another by now. Look at it once more.');
      if (record.questions.length > 0) throw openQuestions(record);
      assertTeamsStillLed(by, record);
      await this.#deps.checks.commit(by, record, request);
      await imports.markCommitting(tx, id, { ...request, by }, tx.now);
      tx.record(importConfirmed.record(id, { id }, {}));
      return reread(imports, tx, id);
    });
  }

  /**
   * What taking an import back would do, and what stands in the way.
   * @throws Problem 404, 409 (not committed)
   */
  async rollbackPlan(by: Principal, id: string): Promise<RollbackPlan> {
    const { uow, rollbacks, rows } = this.#deps;
    const record = await this.get(by, id);
    if (record.status !== 'committed') throw notCommitted(record);
    return uow.write(by, async (tx) => {
      await rows.takeYourTime(tx);
      return rollbacks.plan(tx, by, record);
    });
  }

  /**
   * Asks for a committed import to be taken back; a worker does it.
   * @throws Problem 404, 409 (not committed, or something newer depends on it)
   */
  rollBack(by: Principal, id: string): Promise<ImportRecord> {
    const { uow, imports, rollbacks, rows } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await locked(imports, tx, by, id);
      if (record.status !== 'committed') throw notCommitted(record);
      assertTeamsStillLed(by, record);
      await rows.takeYourTime(tx);
      const blockers = await rollbacks.blockers(tx, by, record);
      if (blockers.length > 0) throw blocked(blockers);
      await imports.markRollingBack(tx, id, by, tx.now);
      tx.record(importRollbackAsked.record(id, { id }, {}));
      return reread(imports, tx, id);
    });
  }

  /** See {@link EndingsService.cancel}. */
  cancel(by: Principal, id: string): Promise<ImportRecord> {
    return this.#deps.endings.cancel(by, id);
  }

  /** See {@link EndingsService.discard}. */
  discard(by: Principal, id: string): Promise<void> {
    return this.#deps.endings.discard(by, id);
  }

  /** See {@link EndingsService.clear}. */
  clear(by: Principal, id: string): Promise<void> {
    return this.#deps.endings.clear(by, id);
  }

  /** Ends what was abandoned, and removes the files that no import needs any more. @throws StorageAway */
  async clearExpired(by: Principal): Promise<{ imports: number; files: number }> {
    return { imports: await this.#deps.endings.endAbandoned(by), files: await this.#deps.orphans.clear(by) };
  }

  /**
   * Reads a stored file into its preview. What is wrong with the file becomes the import's error.
   * @throws when it should be tried again: the database or the storage is away, somebody else's work stood in the way, or the worker stops
   */
  async stage(by: Principal, id: string, generation: number, signal?: AbortSignal): Promise<void> {
    try {
      await this.#deps.staging.stage(id, generation, signal);
    } catch (error) {
      if (error instanceof Interrupted || error instanceof StorageAway || isDatabaseAway(error) || asksAgain(error)) throw error;
      await this.#fail(by, id, 'parsing', error, generation);
    }
  }

  /** Ends the reading of a file that ends whoever reads it. */
  giveUp(by: Principal, id: string, generation: number): Promise<void> {
    return this.#fail(by, id, 'parsing', new FileRefused('unreadable_file', 'Reading this file was begun again and again, and broke off each time. It is not tried any more.'), generation);
  }

  /**
   * Writes an agreed preview.
   * @param attempt how often it has been tried, this time included
   * @throws when it should be tried again: the database is away, or the rows are written and only the figures lag
   */
  async commit(by: Principal, id: string, attempt = 1): Promise<void> {
    const { commits } = this.#deps;
    try {
      await commits.commit(id);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (!(await this.#isApplied(id))) return this.#fail(by, id, 'committing', error);
      this.#giveFiguresUp(id, error, attempt);
      await commits.endWithoutFigures(id);
    }
  }

  /**
   * Takes an import back that somebody asked to be.
   * @param attempt how often it has been tried, this time included
   * @throws when it should be tried again: the database is away, or the rows are back and only the figures lag
   */
  async undo(by: Principal, id: string, attempt = 1): Promise<void> {
    const { rollbacks, log, uow, imports } = this.#deps;
    try {
      await rollbacks.rollBack(id);
    } catch (error) {
      const reverted = (await uow.read((db) => imports.byId(db, id)))?.isReverted ?? false;
      if (isDatabaseAway(error)) throw error;
      if (reverted) {
        this.#giveFiguresUp(id, error, attempt);
        return rollbacks.endWithoutFigures(id);
      }
      log.error({ err: error, importId: id }, 'import failed while being rolled back');
      await rollbacks.keep(id, by, brokenOff(error, 'taken back'));
    }
  }

  /**
   * Gives imports whose job was lost a new one, and removes uploads and unpacked files that killed processes have left.
   * @returns how many imports were given a new job
   */
  async tidy(by: Principal): Promise<number> {
    const { uow, imports, clock, files } = this.#deps;
    await files.clearAbandoned(clock.now());
    await clearAbandonedUnpacking(clock.now());
    return uow.write(by, async (tx) => {
      const stalled = await imports.stalled(tx, new Date(clock.now().getTime() - stalledMs));
      for (const { id, status, generation } of stalled) {
        tx.record(jobOf(id, status, generation));
      }
      return stalled.length;
    });
  }

  /** Their days stay marked, and whoever works them out next does these too. @throws the error while it is to be tried again */
  #giveFiguresUp(id: string, error: unknown, attempt: number): void {
    if (attempt < FIGURE_ATTEMPTS || asksAgain(error)) throw error;
    this.#deps.log.error({ err: error, importId: id }, 'the figures of an import do not follow');
  }

  async #isApplied(id: string): Promise<boolean> {
    return (await this.#deps.uow.read((db) => this.#deps.imports.byId(db, id)))?.isApplied ?? false;
  }

  async #fail(by: Principal, id: string, during: 'parsing' | 'committing', error: unknown, generation?: number): Promise<void> {
    const { uow, imports, log } = this.#deps;
    const reason = reasonOf(error);
    const failed = await uow.write(by, async (tx) => {
      const record = await imports.forUpdate(tx, id);
      if (record?.status !== during || (generation !== undefined && record.generation !== generation)) return undefined;
      await imports.markFailed(tx, id, reason, tx.now);
      tx.audit({ action: 'import.fail', targetType: 'import', targetId: id, after: { ...reason } });
      return record;
    });
    // Where it was cancelled meanwhile, its file may be gone: no wonder that it could not be read.
    if (failed && reason.code === 'internal_error') log.error({ err: error, importId: id }, `import failed while ${during}`);
    if (failed && error instanceof FileRefused) await this.#deps.orphans.remove(by, failed.storageKey);
  }
}

/** Whether its file can still be read in another way. @throws Problem 409 */
function assertMayBeRead(record: ImportRecord): void {
  if (record.status === 'failed' && !RETRYABLE.includes(record.error?.code ?? '')) throw conflict('file_refused', `The file cannot be read: ${record.error?.message ?? ''}`);
  if (!['queued', 'parsing', 'staged', 'failed'].includes(record.status)) throw wrongState(record);
}
