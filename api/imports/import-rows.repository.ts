import { sql, type Db } from '../db/db.ts';
import type { MissingAgent } from './import.repository.ts';
import type { Blocker } from './kinds/blockers.ts';
import type { CellFault, ImportCounts } from './rows.ts';

/** A parsed row whose person has been looked up, ready to be compared. */
export interface StagingRow {
  readonly ordinal: number;
  readonly rowNumber: number;
  readonly externalId: string;
  readonly hashed: boolean;
  readonly data: Record<string, unknown> | null;
  readonly faults: readonly CellFault[];
  readonly raw: readonly string[];
}

/** A row that was read, and refused by what is stored or what other rows say. */
export interface RefusedRow {
  readonly ordinal: number;
  readonly rowNumber: number;
  readonly errors: readonly CellFault[];
}

export interface ShownRow {
  readonly ordinal: number;
  readonly raw: readonly string[];
  readonly errors: readonly CellFault[];
}

export type RowAction = 'new' | 'changed' | 'unchanged' | 'rejected';

/** A row of the preview. */
export interface PreviewRow {
  ordinal: number;
  sheet: string | null;
  rowNumber: number;
  externalId: string | null;
  action: RowAction;
  values: Record<string, unknown> | null;
  /** Whom it was taken to be about, by the name they have here. */
  agentName: string | null;
  changes: Record<string, { old: unknown; new: unknown }> | null;
  errors: CellFault[] | null;
  raw: string[] | null;
}

/** Queries on the rows of imports, whatever their kind. */
export class ImportRowsRepository {
  /**
   * Lifts, for this transaction, the limit on a statement's duration that protects requests, and lets sorts of a
   * hundred thousand rows stay in memory.
   */
  async takeYourTime(db: Db): Promise<void> {
    await db.run(sql`set local statement_timeout = 0`);
    await db.run(sql`set local work_mem = '96MB'`);
  }

  /** Written rows that are, or were before, about somebody who is in none of these teams; `what` is who. */
  outside(db: Db, importId: string, teamIds: readonly string[], limit: number): Promise<Blocker[]> {
    return db.rows(sql<Blocker>`
      select r.row_number as "rowNumber", r.external_id as subject, 'outside_teams' as code, min(a.full_name) as what
      from import_rows r join agents a on a.id in ((r.data ->> 'agentId')::int, (r.previous ->> 'agent_id')::int)
      where r.import_id = ${importId} and r.action in ('new', 'changed') and (a.team_id = any(${[...teamIds]}::uuid[])) is not true
      group by r.ordinal, r.row_number, r.external_id order by r.ordinal limit ${limit}`);
  }

  /** Tells the planner about rows it has not met: of the columns that rows are looked for by, the others are large. */
  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze import_rows (import_id, action, ordinal, external_id, target_id, duplicate_of)`);
  }

  async clear(db: Db, importId: string): Promise<void> {
    await db.run(sql`delete from import_rows where import_id = ${importId}`);
  }

  /** Rows that were refused only when they were compared: the first so many, in the file's order. */
  refusedByComparing(db: Db, importId: string, limit: number): Promise<RefusedRow[]> {
    return db.rows(sql<RefusedRow>`select ordinal, row_number as "rowNumber", errors from import_rows
      where import_id = ${importId} and action = 'rejected' and jsonb_typeof(raw) = 'object' order by ordinal limit ${limit}`);
  }

  /** Shows refused rows as they stand in the file, and those of which that is not known as they were understood. */
  async showRefused(db: Db, importId: string, shown: readonly ShownRow[]): Promise<void> {
    if (shown.length > 0) {
      await db.run(sql`update import_rows r set raw = s.raw, errors = s.errors from jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) as s(ordinal int, raw jsonb, errors jsonb)
        where r.import_id = ${importId} and r.ordinal = s.ordinal`);
    }
    await db.run(sql`update import_rows set raw = raw -> 'understood' where import_id = ${importId} and action = 'rejected' and jsonb_typeof(raw) = 'object'`);
  }

  async counts(db: Db, importId: string): Promise<ImportCounts> {
    const row = await db.first(sql<ImportCounts>`
      select count(*)::int as rows, count(*) filter (where action = 'new')::int as new, count(*) filter (where action = 'changed')::int as changed,
        count(*) filter (where action = 'unchanged')::int as unchanged, count(*) filter (where action = 'rejected')::int as rejected
      from import_rows where import_id = ${importId}`);
    return row ?? { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 };
  }

  /** People that rows to be written name and that are not there, most rows first: so many of them, and how many there are. */
  async missingAgents(db: Db, importId: string, most: number): Promise<{ missingAgents: MissingAgent[]; missingAgentCount: number }> {
    const found = await db.rows(sql<MissingAgent & { all: number }>`
      select mode() within group (order by data->>'agent') as name, count(*)::int as rows, (count(*) over ())::int as all from import_rows
      where import_id = ${importId} and action in ('new', 'changed') and data ? 'agentKey'
      group by data->>'agentKey' order by 2 desc, 1 limit ${most}`);
    return { missingAgents: found.map(({ all: _all, ...person }) => person), missingAgentCount: found[0]?.all ?? 0 };
  }
}
