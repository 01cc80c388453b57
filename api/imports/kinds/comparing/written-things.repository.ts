import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import type { Period } from '../../rows.ts';
import type { ApplyRequest } from '../import-kind.ts';
import { idsTable, newRowId, peopleTable, provenance } from './comparison.repository.ts';
import type { UndoableThings } from './rollback.repository.ts';
import type { RowTerms } from './stored-things.ts';

/** A field of a row's `data` and the column it is written to. */
export interface WrittenField {
  readonly column: string;
  readonly type: string;
  /** Reads the stored value of `i` as the JSON a parsed row has; the column itself when left out. */
  readonly stored?: string;
  /** What a new thing has where the file says nothing; such a column is never emptied. May use the row's record `d` and `now`. */
  readonly blank?: string;
}

/** A table whose rows are somebody's, and are known by where they come from: notes, action items. */
export interface WrittenThings {
  readonly table: string;
  readonly fields: Readonly<Record<string, WrittenField>>;
  /** Columns that a new thing needs besides, as SQL over `d`, `a` (its person), `uploader` and `now`. */
  readonly more: Readonly<Record<string, string>>;
  /** Columns that follow from the others once they are written, as SQL over the table's own columns. */
  readonly after?: Readonly<Record<string, string>>;
  /** Said of a row whose stored thing is about somebody of another team. */
  readonly outside: string;
  /** Which of those within their teams somebody may see, as SQL over `i` and `uploader`; all of them by default. */
  readonly seen?: string;
  /** Said of a row whose stored thing they may not. */
  readonly unseen?: string;
  /** Which of those somebody may change, as SQL over `i` and `uploader`; all of them by default. */
  readonly changeable?: string;
  /** Said of a row that would change another one. */
  readonly unchangeable?: string;
  /** Which are kept though they were deleted, as SQL over `i`; none by default. Nobody sees them, and no file brings them back. */
  readonly deleted?: string;
  /** Said of a row whose stored thing was. */
  readonly gone?: string;
}

/** How such things are found, and what may be taken back of them. */
export function storedThings({ table, fields, more, after, outside, seen = 'true', unseen = outside, changeable = 'true', unchangeable = outside, deleted = 'false', gone = outside }: WrittenThings): UndoableThings {
  const values = Object.entries(fields).map(([key, { column, stored }]) => `'${key}', ${stored ?? `i.${column}`}`).join(', ');
  const touched = [...Object.values(fields).map(({ column }) => column), ...Object.keys(more), ...Object.keys(after ?? {})];
  return {
    table,
    idType: 'uuid',
    restored: [...new Set([...touched, 'agent_id', 'import_id', 'provenance'])],
    find: (row, { source, teamIds, importId }) => sql`
      left join lateral (
        select i.id::text as id, ${sql.raw(`jsonb_build_object('agentId', i.agent_id, ${values})`)} as values,
          ${teamIds === null ? sql`true` : sql`(a.team_id = any(${[...teamIds]}::uuid[])) is true`} as within,
          ${teamIds === null ? sql`true` : sql`(select ${sql.raw(seen)} from ${uploaderOf(importId)})`} as seen,
          ${changeable === 'true' ? sql`true` : sql`(select ${sql.raw(changeable)} from ${uploaderOf(importId)})`} as changeable, ${sql.raw(deleted)} as deleted
        from ${sql.table(table)} i join agents a on a.id = i.agent_id
        where i.id = ${located(table, row, source)}
      ) s on true`,
    locate: (row, { source }) => sql`select i.id from ${sql.table(table)} i where i.id = ${located(table, row, source)}`,
    objection: ({ data }) => sql`case when s.within is false then ${outside}::text when s.seen is false then ${unseen}::text when s.deleted then ${gone}::text when ${overrules(data)} then ${unchangeable}::text
      when s.id is null then ${data} #>> '{notIfNew,message}' end`,
    aside: ['authorId', 'notIfNew'],
    knownBy: ['externalId', 'agent'],
    objectionCode: ({ data }) => sql`case when s.id is null then ${data} #>> '{notIfNew,code}' when s.within is false or s.seen is false then 'outside_teams' when s.deleted then 'was_deleted' else 'not_the_author' end`,
  };
}

/** Who brought the file. */
const uploaderOf = (importId: string): RawBuilder<unknown> => sql`(select u.id, u.role from imports m join agents u on u.id = m.uploaded_by where m.id = ${importId}) uploader`;

/** Whether a row would change what is not to be changed. */
const overrules = (data: RawBuilder<unknown>): RawBuilder<unknown> => sql`(s.changeable is false and not s.values @> (${data} - '{agent,agentKey,author,authorId,notIfNew}'::text[]))`;

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

/**
 * The id of a row's stored thing: the one that came from there under that id before; else the one whose own id it is, which an
 * export has given out. Both are looked up by their index.
 */
const located = (table: string, { externalId }: RowTerms, source: string): RawBuilder<unknown> => sql`coalesce(
  (select k.id from ${sql.table(table)} k where k.source = ${source} and k.external_id = ${externalId} limit 1),
  (select k.id from ${sql.table(table)} k where k.id = case when ${externalId} ~ ${UUID} then ${externalId}::uuid end))`;

/** Writes such things as a preview has them, in sets. */
export class WrittenThingsRepository {
  readonly #things: WrittenThings;
  readonly #fields: readonly (readonly [string, WrittenField])[];
  readonly #record: RawBuilder<unknown>;

  constructor(things: WrittenThings) {
    this.#things = things;
    this.#fields = Object.entries(things.fields);
    this.#record = sql.raw(`jsonb_to_record(r.data) as d("agentId" int, "agentKey" text, "authorId" int, ${this.#fields.map(([key, { type }]) => `"${key}" ${type}`).join(', ')})`);
  }

  async insertNew(db: Db, { importId, source, people }: ApplyRequest, now: Date): Promise<void> {
    const { table, more } = this.#things;
    const columns = [...this.#fields.map(([, { column }]) => column), ...Object.keys(more)].join(', ');
    const values = [...this.#fields.map(([key, { blank }]) => (blank === undefined ? `d."${key}"` : `coalesce(d."${key}", ${blank})`)), ...Object.values(more)].join(', ');
    await db.run(sql`
      with people as (${peopleTable(people)}), ids as materialized (${idsTable})
      insert into ${sql.table(table)} (id, source, external_id, agent_id, import_id, provenance, updated_at, ${sql.raw(columns)})
      select ${newRowId}, ${source}, r.external_id, a.id, r.import_id, ${provenance}, moment.now, ${sql.raw(values)}
      from import_rows r cross join ids cross join ${this.#record} cross join (select ${now}::timestamptz as now) moment
      cross join (select uploaded_by as id from imports where id = ${importId}) uploader
      left join people p on p.key = d."agentKey" join agents a on a.id = coalesce(d."agentId", p.id)
      where r.import_id = ${importId} and r.action = 'new'`);
    await this.#follow(db, importId);
  }

  /** Only what the file has a column for is written. */
  async updateChanged(db: Db, { importId, people }: ApplyRequest, now: Date): Promise<void> {
    const value = ([key, { column, blank }]: readonly [string, WrittenField]): string =>
      blank === undefined ? `${column} = case when r.data ? '${key}' then r."${key}" else i.${column} end` : `${column} = coalesce(r."${key}", i.${column})`;
    await db.run(sql`
      with people as (${peopleTable(people)}),
      wanted as (
        select r.import_id, r.sheet, r.row_number, r.target_id, r.data, d.*, coalesce(d."agentId", p.id) as person
        from import_rows r cross join ${this.#record} left join people p on p.key = d."agentKey"
        where r.import_id = ${importId} and r.action = 'changed'
      )
      update ${sql.table(this.#things.table)} i set ${sql.raw(this.#fields.map(value).join(', '))}, agent_id = coalesce(r.person, i.agent_id),
        import_id = r.import_id, provenance = ${provenance}, version = i.version + 1, updated_at = ${now}
      from wanted r where i.id = r.target_id::uuid`);
    await this.#follow(db, importId);
  }

  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze ${sql.table(this.#things.table)}`);
  }

  /** @param key of the field with the day or instant */
  async period(db: Db, importId: string, key: string): Promise<Period | null> {
    const row = await db.first(sql<{ from: string | null; to: string | null }>`
      select left(min(data ->> ${key}), 10) as from, left(max(data ->> ${key}), 10) as to from import_rows where import_id = ${importId} and action <> 'rejected'`);
    return row?.from && row.to ? { from: row.from, to: row.to } : null;
  }

  async #follow(db: Db, importId: string): Promise<void> {
    const { table, after } = this.#things;
    const assignments = Object.entries(after ?? {}).map(([column, expression]) => `${column} = ${expression}`);
    if (assignments.length > 0) await db.run(sql`update ${sql.table(table)} set ${sql.raw(assignments.join(', '))} where import_id = ${importId}`);
  }
}
