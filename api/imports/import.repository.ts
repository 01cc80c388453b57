import type { Principal } from '../auth/principal.ts';
import { sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { ImportKindName } from './kinds/kind-names.ts';
import type { ImportMapping, ImportQuestion, PartialMapping } from './mapping/import-mapping.ts';
import type { Detected } from './mapping/propose-mapping.ts';
import type { Suggestion } from './near-names.ts';
import { RETRYABLE } from './retryable.ts';
import type { ImportCounts } from './rows.ts';

export type ImportStatus = 'queued' | 'parsing' | 'staged' | 'committing' | 'committed' | 'rolling_back' | 'failed' | 'cancelled' | 'discarded' | 'rolled_back';

export interface ImportProgress {
  readonly phase: 'parsing' | 'comparing' | 'committing' | 'writing' | 'rolling_back' | 'done';
  readonly percent: number;
  /** Data rows read so far. */
  readonly rows: number;
}

export interface MissingAgent {
  readonly name: string;
  /** How many rows name them. */
  readonly rows: number;
  /** Who may be meant; left out in what was staged by an earlier release. */
  readonly suggestions?: readonly Suggestion[];
}

export interface CommitOptions {
  readonly createMissingAgents: boolean;
  readonly teamId: string | null;
  /** Who agreed, as they were then: their rights were checked, and the audit log names them. */
  readonly by: Principal;
}

export interface ImportError {
  readonly code: string;
  readonly message: string;
}

/** An import as it is read: keys as on the wire, plus what only the server needs. */
export interface ImportRecord {
  id: string;
  kind: ImportKindName;
  status: ImportStatus;
  source: string | null;
  fileName: string;
  fileSize: number;
  uploadedBy: { id: number; name: string };
  teamId: string | null;
  mapping: ImportMapping | null;
  detected: Detected | null;
  questions: ImportQuestion[];
  counts: ImportCounts | null;
  /** The first of them, most rows first. */
  missingAgents: MissingAgent[];
  /** How many there are. */
  missingAgentCount: number;
  period: { from: string; to: string } | null;
  progress: ImportProgress | null;
  error: ImportError | null;
  /** Why it is not as was asked: a preview that was agreed to is shown again, a roll-back was not possible. */
  notice: ImportError | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  stagedAt: string | null;
  committedAt: string | null;
  rolledBackAt: string | null;
  fileSha256: string;
  storageKey: string;
  generation: number;
  givenMapping: PartialMapping;
  teamScope: string[] | null;
  commitOptions: CommitOptions | null;
  /** The rows are written, though the daily figures may not follow them yet. */
  isApplied: boolean;
  /** When its rows were written; ISO 8601. */
  appliedAt: string | null;
  /** Who asked for the roll-back, as they were then. */
  rollbackBy: Principal | null;
  /** The rows are as they were before, though the daily figures may not follow yet. */
  isReverted: boolean;
  /** Ids of the people it added. */
  createdPeople: number[];
}

export interface NewImport {
  readonly id: string;
  readonly kind: ImportKindName;
  readonly fileName: string;
  readonly fileSize: number;
  readonly fileSha256: string;
  readonly storageKey: string;
  readonly uploadedBy: number;
  readonly teamScope: readonly string[] | null;
  readonly givenMapping: PartialMapping;
}

export interface ImportFilters {
  readonly status?: ImportStatus | undefined;
  readonly kind?: ImportKindName | undefined;
  /** Only this person's; undefined for everybody's. */
  readonly uploadedBy?: number | undefined;
}

const columns = sql`
  i.id, i.kind, i.status, i.source, i.file_name as "fileName", i.file_size::float8 as "fileSize",
  json_build_object('id', i.uploaded_by, 'name', u.full_name) as "uploadedBy", i.team_id as "teamId", i.mapping, i.detected, i.questions,
  i.counts, i.missing_agents as "missingAgents", i.missing_agent_count as "missingAgentCount", i.progress, i.error, i.notice, i.version,
  case when i.period_from is not null then json_build_object('from', i.period_from, 'to', i.period_to) end as period,
  ${iso('i.created_at')} as "createdAt", ${iso('i.updated_at')} as "updatedAt", ${iso('i.staged_at')} as "stagedAt",
  ${iso('i.committed_at')} as "committedAt", i.file_sha256 as "fileSha256", i.storage_key as "storageKey", i.generation,
  i.given_mapping as "givenMapping", i.team_scope as "teamScope", i.commit_options as "commitOptions", i.applied_at is not null as "isApplied",
  ${iso('i.applied_at')} as "appliedAt", ${iso('i.rolled_back_at')} as "rolledBackAt", i.rollback_by as "rollbackBy", i.reverted_at is not null as "isReverted",
  i.created_people as "createdPeople"`;

/** Queries on imports. Everything about their rows is in `import-rows.repository.ts`. */
export class ImportRepository {
  async insert(db: Db, record: NewImport, now: Date): Promise<void> {
    await db.run(sql`
      insert into imports (id, kind, status, file_name, file_size, file_sha256, storage_key, uploaded_by, team_scope, given_mapping, created_at, updated_at)
      values (${record.id}, ${record.kind}, 'queued', ${record.fileName}, ${record.fileSize}, ${record.fileSha256}, ${record.storageKey},
        ${record.uploadedBy}, ${record.teamScope}::uuid[], ${json(record.givenMapping)}, ${now}, ${now})`);
  }

  /** @param uploadedBy restricts to that person's imports; undefined sees all. */
  byId(db: Db, id: string, uploadedBy?: number): Promise<ImportRecord | undefined> {
    return db.first(sql<ImportRecord>`select ${columns} from imports i join agents u on u.id = i.uploaded_by
      where i.id = ${id} and ${mine(uploadedBy)}`);
  }

  /** The import for a change, locked until the transaction ends. Rows that refer to it may be written meanwhile. */
  async forUpdate(db: Db, id: string, uploadedBy?: number): Promise<ImportRecord | undefined> {
    const locked = await db.first(sql`select 1 from imports i where i.id = ${id} and ${mine(uploadedBy)} for no key update`);
    return locked ? this.byId(db, id) : undefined;
  }

  async list(db: Db, filters: ImportFilters, page: number, limit: number): Promise<{ rows: ImportRecord[]; total: number }> {
    const status = filters.status ? sql`i.status = ${filters.status}` : sql`i.status <> 'discarded'`;
    const kind = filters.kind ? sql`i.kind = ${filters.kind}` : sql`true`;
    const where = sql`${status} and ${kind} and ${mine(filters.uploadedBy)}`;
    const rows = await db.rows(sql<ImportRecord>`select ${columns} from imports i join agents u on u.id = i.uploaded_by
      where ${where} order by i.created_at desc, i.id desc limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from imports i where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  /**
   * Takes an import into parsing, also one whose worker was killed while parsing it.
   *
   * @returns undefined when there is nothing to parse: discarded, parsed already, or mapped anew since.
   */
  async beginParsing(db: Db, id: string, generation: number, now: Date): Promise<ImportRecord | undefined> {
    const progress: ImportProgress = { phase: 'parsing', percent: 0, rows: 0 };
    const taken = await db.run(sql`update imports set status = 'parsing', error = null, progress = ${json(progress)}, version = version + 1, updated_at = ${now}
      where id = ${id} and generation = ${generation} and status in ('queued', 'parsing')`);
    return taken === 1 ? this.byId(db, id) : undefined;
  }

  /** @returns false when the import is not being parsed in this generation any more. */
  async saveProgress(db: Db, id: string, generation: number, progress: ImportProgress, now: Date): Promise<boolean> {
    const saved = await db.run(sql`update imports set progress = ${json(progress)}, updated_at = ${now}
      where id = ${id} and generation = ${generation} and status = 'parsing'`);
    return saved === 1;
  }

  async markStaged(
    db: Db,
    id: string,
    staged: Pick<ImportRecord, 'source' | 'mapping' | 'detected' | 'questions' | 'counts' | 'missingAgents' | 'missingAgentCount' | 'period'>,
    now: Date,
  ): Promise<void> {
    const progress: ImportProgress = { phase: 'done', percent: 100, rows: staged.counts?.rows ?? 0 };
    await db.run(sql`
      update imports set status = 'staged', source = ${staged.source}, mapping = ${json(staged.mapping)}, detected = ${json(staged.detected)},
        questions = ${json(staged.questions)}, counts = ${json(staged.counts)}, missing_agents = ${json(staged.missingAgents)}, missing_agent_count = ${staged.missingAgentCount},
        period_from = ${staged.period?.from ?? null}, period_to = ${staged.period?.to ?? null}, progress = ${json(progress)}, error = null,
        version = version + 1, staged_at = ${now}, updated_at = ${now}
      where id = ${id}`);
  }

  /** Back from the commit to its preview, corrected. */
  async markStagedAgain(db: Db, id: string, counts: ImportCounts, notice: ImportError, now: Date): Promise<void> {
    const progress: ImportProgress = { phase: 'done', percent: 100, rows: counts.rows };
    await db.run(sql`update imports set status = 'staged', counts = ${json(counts)}, notice = ${json(notice)}, progress = ${json(progress)}, commit_options = null,
      team_id = null, version = version + 1, staged_at = ${now}, updated_at = ${now} where id = ${id}`);
  }

  /** Back to the beginning with what the user decided. */
  async remap(db: Db, id: string, mapping: PartialMapping, now: Date): Promise<number> {
    const row = await db.first(sql<{ generation: number }>`
      update imports set status = 'queued', given_mapping = ${json(mapping)}, generation = generation + 1, error = null, notice = null, progress = null,
        version = version + 1, updated_at = ${now}
      where id = ${id} returning generation`);
    return row?.generation ?? 0;
  }

  async markCommitting(db: Db, id: string, options: CommitOptions, now: Date): Promise<void> {
    const progress: ImportProgress = { phase: 'committing', percent: 0, rows: 0 };
    await db.run(sql`update imports set status = 'committing', notice = null, commit_options = ${json(options)}, team_id = ${options.teamId}, progress = ${json(progress)},
      version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** Together with the rows themselves. */
  async markApplied(db: Db, id: string, counts: ImportCounts, createdPeople: readonly number[], now: Date): Promise<void> {
    const progress: ImportProgress = { phase: 'writing', percent: 80, rows: counts.rows };
    await db.run(sql`update imports set counts = ${json(counts)}, missing_agents = '[]', missing_agent_count = 0, created_people = ${[...createdPeople]}::int[], progress = ${json(progress)}, applied_at = ${now},
      version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** @param notice what is missing all the same */
  async markCommitted(db: Db, id: string, notice: ImportError | null, now: Date): Promise<void> {
    await db.run(sql`update imports set status = 'committed', progress = progress || '{"phase": "done", "percent": 100}', error = null, notice = ${json(notice)},
      version = version + 1, committed_at = ${now}, updated_at = ${now} where id = ${id}`);
  }

  async markRollingBack(db: Db, id: string, by: Principal, now: Date): Promise<void> {
    const progress: ImportProgress = { phase: 'rolling_back', percent: 0, rows: 0 };
    await db.run(sql`update imports set status = 'rolling_back', notice = null, rollback_by = ${json(by)}, progress = ${json(progress)},
      version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** Together with the rows themselves. */
  async markReverted(db: Db, id: string, now: Date): Promise<void> {
    await db.run(sql`update imports set reverted_at = ${now}, created_people = '{}', progress = progress || jsonb_build_object('percent', 80, 'rows', counts -> 'rows'), version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** @param notice what is missing all the same */
  async markRolledBack(db: Db, id: string, notice: ImportError | null, now: Date): Promise<void> {
    await db.run(sql`update imports set status = 'rolled_back', progress = progress || '{"phase": "done", "percent": 100}', notice = ${json(notice)},
      version = version + 1, rolled_back_at = ${now}, updated_at = ${now} where id = ${id}`);
  }

  /** Stays committed, with a word on why. */
  async markKept(db: Db, id: string, notice: ImportError, now: Date): Promise<void> {
    await db.run(sql`update imports set status = 'committed', notice = ${json(notice)}, rollback_by = null,
      progress = progress || jsonb_build_object('phase', 'done', 'percent', 100, 'rows', counts -> 'rows'),
      version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  async markFailed(db: Db, id: string, error: ImportError, now: Date): Promise<void> {
    await db.run(sql`update imports set status = 'failed', error = ${json(error)}, progress = null, version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** Given up by somebody; what it has left is cleared away afterwards. */
  async markEnded(db: Db, id: string, status: 'cancelled' | 'discarded', now: Date): Promise<void> {
    await db.run(sql`update imports set status = ${status}, progress = null, commit_options = null, version = version + 1, updated_at = ${now} where id = ${id}`);
  }

  /** Imports that should be moving and have not shown a sign of life since. */
  stalled(db: Db, since: Date): Promise<Pick<ImportRecord, 'id' | 'status' | 'generation'>[]> {
    return db.rows(sql<Pick<ImportRecord, 'id' | 'status' | 'generation'>>`select id, status, generation from imports
      where status in ('queued', 'parsing', 'committing', 'rolling_back') and updated_at < ${since} order by updated_at limit 100`);
  }

  /** One import of a kind at a time writes its rows. Held until the transaction ends. */
  async awaitTurn(db: Db, kind: ImportKindName): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`writing a kind:${kind}`}, 7))`);
  }

  /** Says that the import's rows are being written, until the transaction ends. Waits for whoever is cancelling it. */
  async beginWriting(db: Db, id: string): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(${writingOf(id)})`);
  }

  /** Keeps the import's rows from being written until the transaction ends. @returns false while they are being written */
  async holdBackWriting(db: Db, id: string): Promise<boolean> {
    const row = await db.first(sql<{ held: boolean }>`select pg_try_advisory_xact_lock_shared(${writingOf(id)}) as held`);
    return row?.held ?? false;
  }

  /** One attempt at a time makes its rows the import's. Held until the transaction ends. */
  async lockStaging(db: Db, id: string): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`staging:${id}`}, 7))`);
  }

  /** Serialises everything that keeps or removes the file with this content. Held until the transaction ends. */
  async lockFile(db: Db, sha256: string): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`file:${sha256}`}, 7))`);
  }

  /** Whether an import still needs the file. */
  async isFileNeeded(db: Db, storageKey: string, now: Date): Promise<boolean> {
    return (await this.unneededFiles(db, [storageKey], now)).length === 0;
  }

  /**
   * Which of these files no import needs: those of imports that are under way are needed, of written ones for a while to have
   * their rejected rows out, and of one that failed for no fault of its file until it was not tried again for long.
   */
  async unneededFiles(db: Db, storageKeys: readonly string[], now: Date): Promise<string[]> {
    const rows = await db.rows(sql<{ key: string }>`select key from unnest(${[...storageKeys]}::text[]) key where not exists (
      select from imports where storage_key = key and case
        when status in ('committed', 'rolled_back') then updated_at > ${now}::timestamptz - interval '90 days'
        when status = 'failed' then error ->> 'code' = any(${[...RETRYABLE]}::text[]) and updated_at > ${now}::timestamptz - interval '30 days'
        else status not in ('cancelled', 'discarded') end)`);
    return rows.map(({ key }) => key);
  }

  /** Previews that nobody has imported for 30 days, the oldest first. @returns their ids, at most 1000 */
  async abandoned(db: Db, now: Date): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`select id from imports where ${abandoned(now)} order by updated_at limit 1000`);
    return rows.map(({ id }) => id);
  }

  async isAbandoned(db: Db, id: string, now: Date): Promise<boolean> {
    return (await db.first(sql`select 1 from imports where id = ${id} and ${abandoned(now)}`)) !== undefined;
  }
}

function mine(uploadedBy: number | undefined): RawBuilder<unknown> {
  return uploadedBy === undefined ? sql`true` : sql`i.uploaded_by = ${uploadedBy}`;
}

const abandoned = (now: Date): RawBuilder<unknown> => sql`status = 'staged' and updated_at < ${now}::timestamptz - interval '30 days'`;

const writingOf = (id: string): RawBuilder<unknown> => sql`hashtextextended(${`writing:${id}`}, 7)`;

function json(value: unknown): RawBuilder<unknown> {
  return value === null || value === undefined ? sql`null` : sql`${JSON.stringify(value)}::jsonb`;
}
