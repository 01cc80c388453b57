import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import type { Period } from '../../rows.ts';
import { idsTable, newRowId, peopleTable, provenance } from '../comparing/comparison.repository.ts';
import type { UndoableThings } from '../comparing/rollback.repository.ts';
import type { ApplyRequest } from '../import-kind.ts';

const iso = (column: string): RawBuilder<unknown> => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const values = sql`jsonb_build_object('agentId', i.agent_id, 'startedAt', ${iso('i.started_at')}, 'endedAt', ${iso('i.ended_at')})`;

/** From login to logout, of a row's data. */
const startOf = (data: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${data} ->> 'startedAt')::timestamptz`;
const endOf = (data: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${data} ->> 'endedAt')::timestamptz`;
const spanOf = (data: RawBuilder<unknown>): RawBuilder<unknown> => sql`tstzrange(${startOf(data)}, ${endOf(data)})`;

/** What Sideline itself recorded of the person of a row, as intervals `v`. */
const recorded = (agentId: RawBuilder<unknown>, data: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  from presence_intervals v where v.agent_id = ${agentId} and v.superseded_at is null and v.source <> 'import'
    and tstzrange(v.started_at, v.ended_at) && ${spanOf(data)}`;

/**
 * The imported interval `i` with the id a row has, or from its login to its logout; else what was recorded here, if that
 * says to the second the same.
 */
export const storedPresence: UndoableThings = {
  table: 'presence_intervals',
  idType: 'uuid',
  restored: ['agent_id', 'started_at', 'ended_at', 'import_id', 'provenance'],
  aside: ['byId'],
  comparesNew: true,
  find: ({ externalId, data, agentId }, { source, teamIds }) => sql`
    left join lateral (
      select i.id::text as id, ${values} as values, false as recorded, ${within(teamIds)} as within, 1 as rank
      from presence_intervals i join agents a on a.id = i.agent_id
      where ${data} ? 'byId' and i.import_source = ${source} and i.external_id = ${externalId} and i.superseded_at is null
      union all
      select i.id::text, ${values}, false, true, 2 from presence_intervals i
      where i.agent_id = ${agentId} and i.source = 'import' and i.status <> 'offline' and i.superseded_at is null
        and i.started_at = ${startOf(data)} and i.ended_at = ${endOf(data)}
      union all
      select min(v.id::text), jsonb_build_object('agentId', ${agentId}, 'startedAt', ${data} -> 'startedAt', 'endedAt', ${data} -> 'endedAt'), true, true, 3
      from presence_intervals v
      where v.agent_id = ${agentId} and v.source <> 'import' and v.status <> 'offline' and v.superseded_at is null
        and tstzrange(v.started_at, v.ended_at, '[]') && tstzrange(${startOf(data)}, ${endOf(data)}, '[]')
      having range_agg(tstzrange(date_trunc('second', v.started_at), date_trunc('second', v.ended_at))) = tstzmultirange(${spanOf(data)})
      order by rank limit 1
    ) s on true`,
  locate: ({ targetId }) => sql`select i.id from presence_intervals i where i.id = ${targetId}::uuid`,
  objection: ({ agentId, data }) => sql`case
    when s.within is false then 'This login is of somebody in a team you do not lead.'
    when ${endOf(data)} > now() then 'The logout is in the future.'
    when s.recorded is not true then (
      select 'Presence was recorded here, and says otherwise: ' || v.status || ' from ' || ${utc('v.started_at')} || coalesce(' to ' || ${utc('v.ended_at')}, ' on') || ' (UTC).'
      ${recorded(agentId, data)} order by v.started_at limit 1)
    end`,
  knownBy: ['externalId', 'agent'],
  objectionCode: ({ data }) => sql`case when s.within is false then 'outside_teams' when ${endOf(data)} > now() then 'in_the_future' else 'recorded_otherwise' end`,
};

/** Writes logins and logouts as a preview has them, in sets, as history beside what was recorded. */
export class PresenceImportRepository {
  /** Everybody the rows are about. */
  async people(db: Db, { importId, people }: Pick<ApplyRequest, 'importId' | 'people'>): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`
      with people as (${peopleTable(people)})
      select distinct coalesce((r.data ->> 'agentId')::int, p.id) as id from import_rows r left join people p on p.key = r.data ->> 'agentKey'
      where r.import_id = ${importId} and r.action <> 'rejected' and coalesce((r.data ->> 'agentId')::int, p.id) is not null`);
    return rows.map(({ id }) => id);
  }

  /** Ids of the intervals that rows with these actions became. */
  async intervals(db: Db, importId: string, actions: readonly string[]): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`select distinct target_id as id from import_rows where import_id = ${importId} and action = any(${[...actions]}::text[]) and target_id is not null`);
    return rows.map(({ id }) => id);
  }

  async insertNew(db: Db, { importId, source, people }: ApplyRequest, now: Date): Promise<void> {
    await db.run(sql`
      with people as (${peopleTable(people)}), ids as materialized (${idsTable})
      insert into presence_intervals (id, agent_id, status, source, started_at, ended_at, in_history, import_source, external_id, import_id, provenance, created_at, updated_at)
      select ${newRowId}, coalesce((r.data ->> 'agentId')::int, p.id), 'online', 'import', ${startOf(sql`r.data`)}, ${endOf(sql`r.data`)}, true,
        ${source}, case when r.data ? 'byId' then r.external_id end, r.import_id, ${provenance}, ${now}, ${now}
      from import_rows r cross join ids left join people p on p.key = r.data ->> 'agentKey'
      where r.import_id = ${importId} and r.action = 'new'`);
  }

  async updateChanged(db: Db, { importId, people }: ApplyRequest, now: Date): Promise<void> {
    await db.run(sql`
      with people as (${peopleTable(people)})
      update presence_intervals i set agent_id = coalesce((r.data ->> 'agentId')::int, p.id), started_at = ${startOf(sql`r.data`)}, ended_at = ${endOf(sql`r.data`)},
        import_id = r.import_id, provenance = ${provenance}, version = i.version + 1, updated_at = ${now}
      from import_rows r left join people p on p.key = r.data ->> 'agentKey'
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id::uuid`);
  }

  /** Rows that overlap an earlier one of their person: the first of them, and how many. */
  async overlaps(db: Db, importId: string): Promise<{ count: number; rows: number[] }> {
    // Instants in ISO 8601 UTC sort as text.
    const found = await db.first(sql<{ count: number; rows: number[] }>`
      with spans as (
        select row_number, data ->> 'startedAt' as start, max(data ->> 'endedAt') over (partition by coalesce(data ->> 'agentId', data ->> 'agentKey') order by data ->> 'startedAt', ordinal rows between unbounded preceding and 1 preceding) as taken
        from import_rows where import_id = ${importId} and action <> 'rejected' and duplicate_of is null
      )
      select count(*)::int as count, coalesce((array_agg(row_number order by row_number))[1:20], '{}') as rows from spans where taken > start`);
    return found ?? { count: 0, rows: [] };
  }

  /** Rows that share time with history of another status: the first of them, and how many. */
  async besideOthers(db: Db, importId: string): Promise<{ count: number; rows: number[] }> {
    const found = await db.first(sql<{ count: number; rows: number[] }>`
      with spans as (
        select row_number, (data ->> 'agentId')::int as agent_id, ${spanOf(sql`data`)} as span
        from import_rows where import_id = ${importId} and action in ('new', 'changed') and data ? 'agentId'
      ),
      history as materialized (
        select v.agent_id, range_agg(tstzrange(v.started_at, v.ended_at)) as spans from presence_intervals v
        where v.agent_id in (select agent_id from spans) and v.source = 'import' and v.status <> 'online' and v.superseded_at is null group by v.agent_id
      )
      select count(*)::int as count, coalesce((array_agg(row_number order by row_number))[1:20], '{}') as rows
      from spans s join history h on h.agent_id = s.agent_id and h.spans && s.span`);
    return found ?? { count: 0, rows: [] };
  }

  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze presence_intervals`);
  }

  async period(db: Db, importId: string, businessZone: string): Promise<Period | null> {
    // Instants in ISO 8601 UTC sort as text.
    const row = await db.first(sql<{ from: string | null; to: string | null }>`
      select (min(data ->> 'startedAt')::timestamptz at time zone ${businessZone})::date::text as from,
        (max(data ->> 'endedAt')::timestamptz at time zone ${businessZone})::date::text as to
      from import_rows where import_id = ${importId} and action <> 'rejected'`);
    return row?.from && row.to ? { from: row.from, to: row.to } : null;
  }
}

const utc = (column: string): RawBuilder<unknown> => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;

/** Whether person `a` is within reach. */
function within(teamIds: readonly string[] | null): RawBuilder<unknown> {
  return teamIds === null ? sql`true` : sql`(a.team_id = any(${[...teamIds]}::uuid[])) is true`;
}
