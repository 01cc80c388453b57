import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import type { Period } from '../../rows.ts';
import { idsTable, newRowId, peopleTable } from '../comparing/comparison.repository.ts';
import type { UndoableThings } from '../comparing/rollback.repository.ts';
import type { Surroundings } from '../comparing/stored-things.ts';
import type { ApplyRequest } from '../import-kind.ts';

/**
 * Fields of a row's `data` that are compared with, and written to, a column. `stored` reads a stored interaction
 * `i` as the JSON a parsed row has; `blank` is what a new interaction has where the file says nothing.
 */
const fields: Readonly<Record<string, { column: string; type: string; stored?: string; blank?: string }>> = {
  agentId: { column: 'agent_id', type: 'int' },
  channel: { column: 'channel', type: 'text', blank: `'voice'` },
  direction: { column: 'direction', type: 'text', blank: `'inbound'` },
  queue: { column: 'queue', type: 'text' },
  topic: { column: 'topic', type: 'text' },
  customerRef: { column: 'customer_ref', type: 'text' },
  startedAt: { column: 'started_at', type: 'timestamptz', stored: `to_char(i.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` },
  precision: { column: 'precision', type: 'text', blank: `'second'` },
  waitSeconds: { column: 'wait_seconds', type: 'int' },
  talkSeconds: { column: 'talk_seconds', type: 'int' },
  holdSeconds: { column: 'hold_seconds', type: 'int' },
  acwSeconds: { column: 'acw_seconds', type: 'int' },
  outcome: { column: 'outcome', type: 'text', blank: `'answered'` },
  resolved: { column: 'resolved', type: 'boolean' },
  firstContact: { column: 'first_contact', type: 'boolean' },
  rating: { column: 'rating', type: 'numeric' },
  ratingOriginal: { column: 'rating_original', type: 'text' },
  ratingScale: { column: 'rating_scale', type: 'text' },
  sentiment: { column: 'sentiment', type: 'numeric' },
};

/** What is written by its own value; the person and the team are found by other means. */
const written = Object.entries(fields).filter(([key]) => key !== 'agentId');

/** What rows say without a column of that name. */
const DERIVED = ['agentId', 'startedAt', 'precision', 'outcome', 'rating', 'ratingOriginal', 'ratingScale'];

/** Whether rows of such a file can say it: what they cannot need not be read, of them or of what is stored. */
const says = (columns: Surroundings['columns'], key: string): boolean => typeof columns[key] === 'number' || DERIVED.includes(key);

/** A row's data as a record `d`, taken apart once. */
const record = (columns: Surroundings['columns']): RawBuilder<unknown> =>
  sql.raw(`jsonb_to_record(r.data) as d("agentId" int, "agentKey" text, ${written.filter(([key]) => says(columns, key)).map(([key, { type }]) => `"${key}" ${type}`).join(', ')})`);

/** Whether anything came from there before, which is asked once: of a file that is the first, no row has to be looked for. */
const known = (source: string): RawBuilder<unknown> => sql`(select exists (select from interactions k where k.source = ${source}))`;

/** The stored interaction `i` with the id a row has. */
export const storedInteractions: UndoableThings = {
  table: 'interactions',
  idType: 'uuid',
  restored: [...written.map(([, { column }]) => column), 'agent_id', 'team_id', 'business_date', 'import_id', 'import_sheet', 'import_row', 'provenance'],
  find: ({ externalId }, { source, teamIds, columns }) => sql`
    left join lateral (
      select i.id::text as id, i.version, ${sql.raw(`jsonb_build_object(${Object.entries(fields).filter(([key]) => says(columns, key)).map(([key, { column, stored: read }]) => `'${key}', ${read ?? `i.${column}`}`).join(', ')})`)} as values,
        ${within(teamIds)} as within
      from interactions i left join agents a on a.id = i.agent_id
      where ${known(source)} and i.source = ${source} and i.external_id = ${externalId} limit 1
    ) s on true`,
  locate: ({ externalId }, { source }) => sql`select i.id, i.version from interactions i where ${known(source)} and i.source = ${source} and i.external_id = ${externalId} limit 1`,
  versioned: true,
  objection: () => sql`case when s.within is false then 'This interaction belongs to a team you do not lead.' end`,
  knownBy: ['externalId', 'agent'],
  objectionCode: 'outside_teams',
};

/** Writes interactions as a preview has them, in sets. */
export class InteractionImportRepository {
  /** Notes the days on which changed interactions have stood so far. */
  async markOldDays(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select distinct i.agent_id, i.business_date
      from import_rows r join interactions i on i.id = r.target_id::uuid
      where r.import_id = ${importId} and r.action = 'changed' and i.agent_id is not null
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /** Notes the days on which interactions written by the import stand now. */
  async markNewDays(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select distinct agent_id, business_date from interactions where import_id = ${importId} and agent_id is not null
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  async insertNew(db: Db, { importId, source, columns, people, businessZone }: ApplyRequest, now: Date): Promise<void> {
    // What the file cannot say is what it is by default, here or in the table.
    const filled = written.filter(([key, { blank }]) => says(columns, key) || blank !== undefined);
    const value = (key: string, blank: string | undefined): string => (blank === undefined ? `d."${key}"` : says(columns, key) ? `coalesce(d."${key}", ${blank})` : blank);
    await db.run(sql`
      with people as (${peopleTable(people)}), ids as materialized (${idsTable})
      insert into interactions (id, source, external_id, agent_id, team_id, business_date, import_id, import_sheet, import_row, created_at, updated_at,
        ${sql.raw(filled.map(([, { column }]) => column).join(', '))})
      select ${newRowId}, ${source}, r.external_id, a.id, a.team_id, (d."startedAt" at time zone ${businessZone})::date, r.import_id, r.sheet, r.row_number, ${now}, ${now},
        ${sql.raw(filled.map(([key, { blank }]) => value(key, blank)).join(', '))}
      from import_rows r cross join ids cross join ${record(columns)}
      left join people p on p.key = d."agentKey"
      left join agents a on a.id = coalesce(d."agentId", p.id)
      where r.import_id = ${importId} and r.action = 'new'`);
  }

  /**
   * Only what the file has a column for is written; a blank empties the column, except where an interaction must
   * have something. One that moves to another person moves to their team.
   */
  async updateChanged(db: Db, { importId, columns, people, businessZone }: ApplyRequest, now: Date): Promise<void> {
    const value = (key: string, column: string, blank: string | undefined): string =>
      blank === undefined ? `case when r.data ? '${key}' then r."${key}" else i.${column} end` : `coalesce(r."${key}", i.${column})`;
    await db.run(sql`
      with people as (${peopleTable(people)}),
      wanted as (
        select r.import_id, r.sheet, r.row_number, r.target_id, r.data, d.*, coalesce(d."agentId", p.id) as person, r.data ?| array['agentId', 'agentKey'] as names_person
        from import_rows r cross join ${record(columns)} left join people p on p.key = d."agentKey"
        where r.import_id = ${importId} and r.action = 'changed'
      )
      update interactions i set ${sql.raw(written.filter(([key]) => says(columns, key)).map(([key, { column, blank }]) => `${column} = ${value(key, column, blank)}`).join(', '))},
        agent_id = case when r.names_person then r.person else i.agent_id end,
        team_id = case when r.names_person and r.person is distinct from i.agent_id then (select a.team_id from agents a where a.id = r.person) else i.team_id end,
        business_date = (r."startedAt" at time zone ${businessZone})::date,
        import_id = r.import_id, import_sheet = r.sheet, import_row = r.row_number, provenance = '{}', version = i.version + 1, updated_at = ${now}
      from wanted r
      where i.id = r.target_id::uuid`);
  }

  async analyze(db: Db): Promise<void> {
    // Of the columns by which interactions are found; texts and JSON would take longer than all the others.
    await db.run(sql`analyze interactions (source, external_id, agent_id, team_id, business_date, started_at, outcome, import_id), stale_days`);
  }

  async period(db: Db, importId: string, businessZone: string): Promise<Period | null> {
    // Instants in ISO 8601 UTC sort as text.
    const row = await db.first(sql<{ from: string | null; to: string | null }>`
      select (min(data ->> 'startedAt')::timestamptz at time zone ${businessZone})::date::text as from,
        (max(data ->> 'startedAt')::timestamptz at time zone ${businessZone})::date::text as to
      from import_rows where import_id = ${importId} and action <> 'rejected'`);
    return row?.from && row.to ? { from: row.from, to: row.to } : null;
  }
}

/** Whether the stored interaction `i` of person `a` is within reach. */
function within(teamIds: readonly string[] | null): RawBuilder<unknown> {
  if (teamIds === null) return sql`true`;
  return sql`(coalesce(i.team_id, a.team_id) = any(${[...teamIds]}::uuid[])) is true`;
}
