import type { ImportedPeople } from '../agents/imported-people.service.ts';
import { isManager, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { isDatabaseAway } from '../db/failures.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, type Problem, unprocessable } from '../errors/problem.ts';
import type { RequestStream } from '../http/handler.ts';
import type { Log } from '../observability/log.ts';
import { FileGone, StorageAway, type FileStore } from '../storage/file-store.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import type { CommitService } from './commit.service.ts';
import { PeopleMissing } from './commit.service.ts';
import type { ImportError, ImportFilters, ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportKindName } from './kinds/kind-names.ts';
import type { ImportRowsRepository, PreviewRow, RowAction } from './import-rows.repository.ts';
import { importConfirmed, importQueued, importRollbackAsked } from './imports.events.ts';
import { sentenceOf, type Blocker } from './kinds/blockers.ts';
import type { ImportKind } from './kinds/import-kind.ts';
import { checkMapping } from './mapping/check-mapping.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';
import { FileRefused } from './parsing/refusal.ts';
import type { RollbackService } from './rollback.service.ts';
import { Interrupted, type StagingService } from './staging.service.ts';
import { importTemplate } from './templates/import-template.ts';
import type { ReceivedFile, UploadsService } from './uploads.service.ts';

export interface CommitRequest {
  readonly createMissingAgents: boolean;
  readonly teamId: string | null;
}

export interface ImportsDependencies {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly files: FileStore;
  readonly teams: TeamsService;
  readonly people: ImportedPeople;
  readonly staging: StagingService;
  readonly commits: CommitService;
  readonly rollbacks: RollbackService;
  readonly kinds: Readonly<Record<ImportKindName, ImportKind>>;
  readonly uploads: UploadsService;
}

/** An import without a sign of life for this long has lost its job, in milliseconds. */
const stalledMs = 10 * 60_000;

/** Uploads, previews and commits: who may do what to an import, and in which state. */
export class ImportsService {
  readonly #deps: ImportsDependencies;

  constructor(deps: ImportsDependencies) {
    this.#deps = deps;
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
      return this.#reread(tx, id);
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

  /** @throws Problem 404, 409 while there is no preview */
  async preview(by: Principal, id: string, action: RowAction | undefined, page: number, limit: number): Promise<{ rows: PreviewRow[]; total: number }> {
    const record = await this.get(by, id);
    if (record.status === 'queued' || record.status === 'parsing') throw conflict('import_not_staged', 'The file is still being read.');
    return this.#deps.uow.read((db) => this.#deps.rows.preview(db, id, action, page, limit));
  }

  /**
   * Stages the file again, read as the mapping says.
   * @throws Problem 404, 409 (wrong state), 422 (a mapping that cannot be)
   */
  remap(by: Principal, id: string, mapping: PartialMapping): Promise<ImportRecord> {
    const { uow, imports, kinds } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await this.#locked(tx, by, id);
      if (record.status === 'failed' && record.error?.code !== 'internal_error') throw conflict('file_refused', `The file cannot be read: ${record.error?.message ?? ''}`);
      if (!['queued', 'parsing', 'staged', 'failed'].includes(record.status)) throw wrongState(record);
      checkMapping(mapping, kinds[record.kind], record.detected);
      await this.#checkPeople(mapping, record.teamScope);
      const generation = await imports.remap(tx, id, mapping, tx.now);
      tx.record(importQueued.record(id, { id, generation }, {}));
      tx.audit({ action: 'import.map', targetType: 'import', targetId: id, after: { columns: mapping.columns, options: mapping.options } });
      return this.#reread(tx, id);
    });
  }

  /**
   * Agrees to the preview; a worker writes it.
   * @throws Problem 403, 404, 409 (not staged, open questions, missing people), 422 (team)
   */
  confirm(by: Principal, id: string, request: CommitRequest): Promise<ImportRecord> {
    const { uow, imports } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await this.#locked(tx, by, id);
      if (record.status !== 'staged') throw wrongState(record);
      if (record.questions.length > 0) throw openQuestions(record);
      assertTeamsStillLed(by, record);
      await this.#checkCommit(by, record, request);
      await imports.markCommitting(tx, id, { ...request, by }, tx.now);
      tx.record(importConfirmed.record(id, { id }, {}));
      return this.#reread(tx, id);
    });
  }

  /**
   * Asks for a committed import to be taken back; a worker does it.
   * @throws Problem 404, 409 (not committed, or something newer depends on it)
   */
  rollBack(by: Principal, id: string): Promise<ImportRecord> {
    const { uow, imports, rollbacks, rows } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await this.#locked(tx, by, id);
      if (record.status !== 'committed') throw conflict('import_not_committed', `The import is ${record.status.replace('_', ' ')}; only a committed one can be taken back.`);
      assertTeamsStillLed(by, record);
      await rows.takeYourTime(tx);
      const blockers = await rollbacks.blockers(tx, record);
      if (blockers.length > 0) throw blocked(blockers);
      await imports.markRollingBack(tx, id, by, tx.now);
      tx.record(importRollbackAsked.record(id, { id }, {}));
      return this.#reread(tx, id);
    });
  }

  /** @throws Problem 404, 409 once it is being committed */
  async discard(by: Principal, id: string): Promise<void> {
    const { uow, imports, rows } = this.#deps;
    const discarded = await uow.write(by, async (tx) => {
      const record = await this.#locked(tx, by, id);
      if (record.status === 'discarded') return undefined;
      if (!['queued', 'parsing', 'staged', 'failed'].includes(record.status)) throw wrongState(record);
      await imports.markDiscarded(tx, id, tx.now);
      await rows.clear(tx, id);
      tx.audit({ action: 'import.discard', targetType: 'import', targetId: id, after: { fileName: record.fileName } });
      return record;
    });
    if (discarded) await this.#forgetFile(by, discarded);
  }

  /**
   * Reads a stored file into its preview. What is wrong with the file becomes the import's error.
   * @throws when it should be tried again: the database or the storage is away, or the worker stops
   */
  async stage(by: Principal, id: string, generation: number, signal?: AbortSignal): Promise<void> {
    try {
      await this.#deps.staging.stage(id, generation, signal);
    } catch (error) {
      if (error instanceof Interrupted || error instanceof StorageAway || isDatabaseAway(error)) throw error;
      await this.#fail(by, id, 'parsing', error, generation);
    }
  }

  /**
   * Writes an agreed preview.
   * @throws when it should be tried again: the database is away, or the rows are written and only the figures lag
   */
  async commit(by: Principal, id: string): Promise<void> {
    try {
      await this.#deps.commits.commit(id);
    } catch (error) {
      if (isDatabaseAway(error) || (await this.#isApplied(id))) throw error;
      await this.#fail(by, id, 'committing', error);
    }
  }

  /**
   * Takes an import back that somebody asked to be.
   * @throws when it should be tried again: the database is away, or the rows are back and only the figures lag
   */
  async undo(by: Principal, id: string): Promise<void> {
    const { rollbacks, log, uow, imports } = this.#deps;
    try {
      await rollbacks.rollBack(id);
    } catch (error) {
      const reverted = (await uow.read((db) => imports.byId(db, id)))?.isReverted ?? false;
      if (isDatabaseAway(error) || reverted) throw error;
      log.error({ err: error, importId: id }, 'import failed while being rolled back');
      await rollbacks.keep(id, by, { code: 'internal_error', message: 'Something went wrong on our side. Nothing was taken back; try again.' });
    }
  }

  /**
   * Gives imports whose job was lost a new one, and removes uploads that killed processes have left.
   * @returns how many imports were given a new job
   */
  async tidy(by: Principal): Promise<number> {
    const { uow, imports, clock, files } = this.#deps;
    await files.clearAbandoned(clock.now());
    return uow.write(by, async (tx) => {
      const stalled = await imports.stalled(tx, new Date(clock.now().getTime() - stalledMs));
      for (const { id, status, generation } of stalled) {
        tx.record(jobOf(id, status, generation));
      }
      return stalled.length;
    });
  }

  async #isApplied(id: string): Promise<boolean> {
    return (await this.#deps.uow.read((db) => this.#deps.imports.byId(db, id)))?.isApplied ?? false;
  }

  async #fail(by: Principal, id: string, during: 'parsing' | 'committing', error: unknown, generation?: number): Promise<void> {
    const { uow, imports, log } = this.#deps;
    const reason = reasonOf(error);
    if (reason.code === 'internal_error') log.error({ err: error, importId: id }, `import failed while ${during}`);
    const failed = await uow.write(by, async (tx) => {
      const record = await imports.forUpdate(tx, id);
      if (record?.status !== during || (generation !== undefined && record.generation !== generation)) return undefined;
      await imports.markFailed(tx, id, reason, tx.now);
      tx.audit({ action: 'import.fail', targetType: 'import', targetId: id, after: { ...reason } });
      return record;
    });
    if (failed && error instanceof FileRefused) await this.#forgetFile(by, failed);
  }

  /** In a transaction of its own: the same content may be arriving again at this moment. */
  async #forgetFile(by: Principal, { fileSha256, storageKey }: ImportRecord): Promise<void> {
    const { uow, imports, files } = this.#deps;
    await uow.write(by, async (tx) => {
      await imports.lockFile(tx, fileSha256);
      if (!(await imports.isFileNeeded(tx, storageKey))) await files.remove(storageKey);
    });
  }

  async #checkCommit(by: Principal, record: ImportRecord, { createMissingAgents, teamId }: CommitRequest): Promise<void> {
    if (teamId !== null) await this.#checkTeam(by, teamId);
    if (record.missingAgents.length === 0) return;
    if (!createMissingAgents) {
      const names = record.missingAgents.map(({ name, rows }) => ({ path: '/body/createMissingAgents', message: `${name} (${rows} rows) is missing`, code: 'missing_agent' }));
      throw conflict('missing_agents', `${names.length} people the file names are not there. Agree to create them, or map them to others.`, names.slice(0, 100));
    }
    if (teamId === null && !isManager(by)) {
      throw unprocessable('team_required', 'Name the team of yours that the new people join.', [{ path: '/body/teamId', message: 'is required' }]);
    }
  }

  async #checkTeam(by: Principal, teamId: string): Promise<void> {
    if (!(await this.#deps.teams.exists(teamId))) throw unprocessable('unknown_team', 'There is no such team.', [{ path: '/body/teamId', message: 'is not a team' }]);
    if (!isManager(by) && !by.ledTeamIds.includes(teamId)) throw forbidden('You may add people only to a team you lead.');
  }

  async #checkPeople({ people = {} }: PartialMapping, teamScope: readonly string[] | null): Promise<void> {
    if (Object.keys(people).length === 0) return;
    const everybody = await this.#deps.people.everybody();
    const reachable = new Set(everybody.filter(({ teamId }) => teamScope === null || (teamId !== null && teamScope.includes(teamId))).map(({ id }) => id));
    const faults = Object.entries(people)
      .filter(([, id]) => id !== null && !reachable.has(id))
      .map(([name]) => ({ path: `/body/people/${name.slice(0, 100)}`, message: 'is nobody this import may touch' }));
    if (faults[0]) throw unprocessable('invalid_mapping', `${faults[0].path} ${faults[0].message}.`, faults.slice(0, 20));
  }

  async #locked(tx: Tx, by: Principal, id: string): Promise<ImportRecord> {
    const record = await this.#deps.imports.forUpdate(tx, id, ownerOf(by));
    if (!record) throw notFound('Import');
    return record;
  }

  async #reread(tx: Tx, id: string): Promise<ImportRecord> {
    const record = await this.#deps.imports.byId(tx, id);
    if (!record) throw notFound('Import');
    return record;
  }
}

/** Managers and administrators see all imports, leaders their own. */
const ownerOf = (by: Principal): number | undefined => (isManager(by) ? undefined : by.agentId);

/** The event that gives an import its job. */
function jobOf(id: string, status: ImportRecord['status'], generation: number) {
  if (status === 'committing') return importConfirmed.record(id, { id }, {});
  return status === 'rolling_back' ? importRollbackAsked.record(id, { id }, {}) : importQueued.record(id, { id, generation }, {});
}

function blocked(blockers: readonly Blocker[]): Problem {
  const details = blockers.map((blocker) => ({ path: blocker.rowNumber === null ? '/people' : `/rows/${blocker.rowNumber}`, message: sentenceOf(blocker), code: blocker.code }));
  return conflict('rollback_blocked', `Something newer depends on this import: ${details[0]?.message ?? ''}`, details);
}

function wrongState({ status }: ImportRecord): Problem {
  return conflict('import_not_staged', `The import is ${status.replace('_', ' ')}; this needs one that is staged.`);
}

function openQuestions({ questions }: ImportRecord): Problem {
  const details = questions.map(({ answer, message, code }) => ({ path: `/mapping${answer}`, message, code }));
  return conflict('open_questions', `${questions.length} questions about the file are open: ${questions[0]?.message ?? ''}`, details);
}

function assertTeamsStillLed(by: Principal, { teamScope }: ImportRecord): void {
  const lost = isManager(by) ? [] : (teamScope ?? []).filter((team) => !by.ledTeamIds.includes(team));
  if (lost.length > 0) throw conflict('teams_changed', 'The teams you lead have changed since the upload. Upload the file again.');
}

function reasonOf(error: unknown): ImportError {
  if (error instanceof FileRefused) return { code: error.code, message: error.message };
  if (error instanceof FileGone) return { code: 'file_gone', message: 'The stored file is not there any more. Upload it again.' };
  if (error instanceof PeopleMissing) return { code: 'missing_agents', message: error.message };
  return { code: 'internal_error', message: 'Something went wrong on our side. Nothing was written; try again.' };
}
