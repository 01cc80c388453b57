import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import { referencesTo, type Reference } from '../../../db/references.ts';
import { FOLLOWS_BY_ITSELF, nounOf, type Blocker } from '../blockers.ts';
import type { RollbackRequest } from '../import-kind.ts';
import type { StoredThings } from './stored-things.ts';

/** Stored things that an import can be taken back from. Their table has `version`, `import_id` and `updated_at`. */
export interface UndoableThings extends StoredThings {
  readonly table: string;
  /** Type of its ids. */
  readonly idType: 'uuid' | 'integer';
  /** Every column an update by an import touches, besides `version` and `updated_at`. */
  readonly restored: readonly string[];
}

/** The version the import left a row in. */
const leftVersion = sql`coalesce(r.left_version, case when r.action = 'new' then 1 else (r.previous ->> 'version')::int + 1 end)`;

/** Takes an import back: gives changed rows what they had and removes new ones. */
export class RollbackRepository {
  readonly #things: UndoableThings;
  readonly #table: RawBuilder<unknown>;
  readonly #idType: RawBuilder<unknown>;

  constructor(things: UndoableThings) {
    this.#things = things;
    this.#table = sql.table(things.table);
    this.#idType = sql.raw(things.idType);
  }

  /** Keeps what changed rows are about to overwrite. */
  async rememberPrevious(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      update import_rows r set previous = to_jsonb(i) from ${this.#table} i
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id::${this.#idType}`);
  }

  /** Notes what new rows became, where they are not found by their id alone. */
  async rememberNew(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      update import_rows r set target_id = i.id::text from ${this.#table} i
      where i.import_id = ${importId} and r.import_id = ${importId} and r.action = 'new'
        and r.row_number = (i.provenance ->> 'row')::int and r.sheet is not distinct from i.provenance ->> 'sheet'`);
  }

  /** Nothing changes any more what is about to be looked at and taken back. */
  async lock(db: Db, request: RollbackRequest): Promise<void> {
    await db.run(sql`
      select count(*) from import_rows r cross join lateral (${this.#located(request)} for update) locked
      where r.import_id = ${request.importId} and r.action in ('new', 'changed')`);
  }

  async blockers(db: Db, request: RollbackRequest, limit: number): Promise<Blocker[]> {
    const changed = await this.changedSince(db, request, limit);
    return [...changed, ...(await this.#dependedOn(db, request, limit - changed.length))];
  }

  /** Rows that are not any more as the import left them. */
  changedSince(db: Db, request: RollbackRequest, limit: number, actions: readonly string[] = ['new', 'changed']): Promise<Blocker[]> {
    return db.rows(sql<Blocker>`
      select r.row_number as "rowNumber", r.external_id as subject, 'changed_since' as code,
        case when i.import_id is distinct from r.import_id and m.id is not null then 'by the import of ' || m.file_name else 'by hand or by a host system' end as what
      from ${this.#written(request)} left join imports m on m.id = i.import_id
      where r.import_id = ${request.importId} and r.action = any(${[...actions]}::text[]) and (i.import_id is distinct from r.import_id or i.version <> ${leftVersion})
      order by r.ordinal limit ${limit}`);
  }

  /** Rows that something newer than the import refers to. */
  async #dependedOn(db: Db, request: RollbackRequest, limit: number): Promise<Blocker[]> {
    const found: Blocker[] = [];
    for (const reference of await referencesTo(db, this.#things.table)) {
      if (found.length < limit && !FOLLOWS_BY_ITSELF.has(reference.table)) found.push(...(await this.#referred(db, request, reference, limit - found.length)));
    }
    return found;
  }

  #referred(db: Db, request: RollbackRequest, { table, column, softDeletes, dated }: Reference, limit: number): Promise<Blocker[]> {
    const alive = softDeletes ? sql`and x.deleted_at is null` : sql``;
    // What was there before the import concerns the row it changed, not the change.
    const newer = dated ? sql`and (r.action = 'new' or x.created_at > ${request.appliedAt}::timestamptz)` : sql`and r.action = 'new'`;
    return db.rows(sql<Blocker>`
      select r.row_number as "rowNumber", r.external_id as subject, 'depended_on' as code, ${nounOf(table)}::text as what
      from ${this.#written(request)}
      where r.import_id = ${request.importId} and r.action in ('new', 'changed')
        and exists (select from ${sql.table(table)} x where x.${sql.ref(column)} = i.id ${alive} ${newer})
      order by r.ordinal limit ${limit}`);
  }

  /**
   * Changed rows get back what they had; their version goes on, so that nobody's older copy overwrites it. The imports
   * that had left them so may then be taken back in their turn.
   */
  async restoreChanged(db: Db, { importId }: RollbackRequest, now: Date): Promise<void> {
    const { table, restored } = this.#things;
    await db.run(sql`
      update ${this.#table} i set ${sql.raw(restored.map((column) => `${column} = p.${column}`).join(', '))}, version = i.version + 1, updated_at = ${now}
      from import_rows r cross join lateral jsonb_populate_record(null::${sql.table(table)}, r.previous) p
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id::${this.#idType}`);
    // Both are put together by sorting, and found by their place: joined by what they have in common, a hundred thousand rows
    // were compared with ten thousand each, whenever the planner had not met these.
    await db.run(sql`
      with meeting as materialized (
        select import_id, external_id, version, max(place) as place, max(left_version) as left_version
        from (
          select i.import_id, later.external_id, (later.previous ->> 'version')::int as version, null::tid as place, i.version as left_version
          from import_rows later join ${this.#table} i on i.id = later.target_id::${this.#idType}
          where later.import_id = ${importId} and later.action = 'changed'
          union all
          select r.import_id, r.external_id, ${leftVersion}, r.ctid, null from import_rows r
          where r.action in ('new', 'changed') and r.import_id in (
            select i.import_id from import_rows later join ${this.#table} i on i.id = later.target_id::${this.#idType} where later.import_id = ${importId} and later.action = 'changed')
        ) sides
        where external_id is not null group by import_id, external_id, version having max(place) is not null and max(left_version) is not null
      )
      update import_rows r set left_version = m.left_version from meeting m where r.ctid = m.place`);
  }

  async deleteNew(db: Db, { importId }: RollbackRequest): Promise<void> {
    await db.run(sql`delete from ${this.#table} where import_id = ${importId}`);
  }

  #located({ source, importId }: RollbackRequest): RawBuilder<unknown> {
    return this.#things.locate({ rowNumber: sql`r.row_number`, externalId: sql`r.external_id`, data: sql`r.data`, agentId: sql`(r.data ->> 'agentId')::int`, targetId: sql`r.target_id` }, { source, columns: {}, teamIds: null, importId });
  }

  /** Rows of the preview `r` with the stored thing `i` each wrote. */
  #written(request: RollbackRequest): RawBuilder<unknown> {
    return sql`import_rows r cross join lateral (${this.#located(request)}) located join ${this.#table} i on i.id = located.id`;
  }
}
