import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import type { Period } from '../../rows.ts';
import type { ApplyRequest, Staged } from '../import-kind.ts';

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

/** Their columns. */
export const WRITTEN_COLUMNS: readonly string[] = written.map(([, { column }]) => column);

/** A row's data as a record `d`, taken apart once. */
const record = sql.raw(`jsonb_to_record(r.data) as d("agentId" int, "agentKey" text, ${written.map(([key, { type }]) => `"${key}" ${type}`).join(', ')})`);

/**
 * The stored interaction `i` with the id a row has, as JSON with the keys of parsed rows. A look-up per row, by
 * the unique index: what the planner believes about tables that are just being filled can then do no harm.
 */
const stored = (source: string, externalId: RawBuilder<unknown>, teamIds: readonly string[] | null): RawBuilder<unknown> => sql`
  left join lateral (
    select i.id, ${sql.raw(`jsonb_build_object(${Object.entries(fields).map(([key, { column, stored: read }]) => `'${key}', ${read ?? `i.${column}`}`).join(', ')})`)} as values,
      ${within(teamIds)} as within
    from interactions i left join agents a on a.id = i.agent_id
    where i.source = ${source} and i.external_id = ${externalId} limit 1
  ) s on true`;

/** Old and new value of every key of `wanted` in which the stored row differs. */
const differences = sql`(
  select jsonb_object_agg(d.key, jsonb_build_object('old', old -> d.key, 'new', d.value))
  from jsonb_each(wanted) d where old -> d.key is distinct from d.value)`;

/**
 * The statements that compare a file with the stored interactions and write what differs. They are sets over
 * both tables, which is why they live with the import and not behind a call per row.
 */
export class InteractionImportRepository {
  /**
   * Writes the preview of one attempt. Rows that share an id are looked at first: identical ones count once,
   * conflicting ones are all rejected, and so is a good row whose double could not be read.
   */
  async classify(db: Db, { importId, attempt, sheet, source, teamIds }: Staged): Promise<void> {
    await db.run(sql`
      insert into import_rows (import_id, ordinal, sheet, row_number, external_id, action, data, changes, errors, raw, duplicate_of, target_id)
      with named as (
        select ordinal, row_number, data, errors, raw, external_id as ext from import_staging where attempt = ${attempt} and not hashed
        union all
        select ordinal, row_number, data, errors, raw, external_id || ':' || row_number() over (partition by external_id order by ordinal)
        from import_staging where attempt = ${attempt} and hashed
      ),
      grouped as (
        select *, count(*) over same as members, first_value(ordinal) over same as first, first_value(data) over same as first_data
        from named window same as (partition by ext collate "C" order by ordinal rows between unbounded preceding and unbounded following)
      ),
      compared as (
        select *, case when members > 1 then data is null or (data - 'agent') is distinct from (first_data - 'agent') else false end as differs
        from grouped
      ),
      agreed as (
        select *, case when members > 1 and bool_or(differs) over same then left(string_agg(row_number::text, ', ') over same, 200) end as conflict
        from compared window same as (partition by ext collate "C" order by ordinal rows between unbounded preceding and unbounded following)
      ),
      judged as (
        select g.*, s.id as target_id, s.values as old, case when s.id is not null then ${comparable(sql`g.data`)} end as wanted,
          case
            when errors is not null then errors
            when conflict is not null then ${fault('conflicting_rows', sql`'Rows ' || conflict || ' have the same id and say different things.'`)}
            when not s.within then ${outside}
          end as faults
        from agreed g ${stored(source, sql`g.ext`, teamIds)}
      )
      select ${importId}, ordinal, ${sheet}, row_number, ext,
        case when faults is not null then 'rejected'
          when first < ordinal then 'unchanged'
          when target_id is null then 'new'
          when old @> wanted then 'unchanged'
          else 'changed' end,
        case when faults is null then data end,
        case when faults is null and first = ordinal and not old @> wanted then ${differences} end,
        faults, raw, case when faults is null and first < ordinal then first end, case when faults is null then target_id end
      from judged`);
  }

  /**
   * Compares once more, inside the commit: the stored rows may have changed since the preview, and missing people
   * exist by now. What is going to be changed is locked first.
   * @returns how many rows would overwrite values that the preview did not show
   */
  async reclassify(db: Db, { importId, source, people, teamIds }: ApplyRequest): Promise<number> {
    await db.run(sql`
      select count(*) from import_rows r cross join lateral (
        select i.id from interactions i where i.source = ${source} and i.external_id = r.external_id limit 1 for update
      ) locked where r.import_id = ${importId} and r.action <> 'rejected'`);
    // Joined by ctid: right after staging the planner knows nothing of these rows, and this join is cheap either way.
    const row = await db.first(sql<{ overtaken: number }>`
      with people as (${peopleTable(people)}),
      judged as (
        select r.ctid as place, s.id as target_id, s.values as old, s.within is false as outside,
          case when s.id is not null then ${comparable(sql`r.data`)} || case when p.id is not null then jsonb_build_object('agentId', p.id) else '{}' end end as wanted
        from import_rows r left join people p on p.key = r.data ->> 'agentKey' ${stored(source, sql`r.external_id`, teamIds)}
        where r.import_id = ${importId} and r.action <> 'rejected' and r.duplicate_of is null
      ),
      decided as materialized (
        select place, target_id,
          case when outside then 'rejected' when target_id is null then 'new' when old @> wanted then 'unchanged' else 'changed' end as action,
          case when not outside and not old @> wanted then ${differences} end as changes,
          case when outside then ${outside} end as errors
        from judged
      ),
      updated as (
        update import_rows r set action = d.action, changes = d.changes, errors = d.errors, target_id = d.target_id
        from decided d
        where r.ctid = d.place and (r.action, r.changes, r.target_id) is distinct from (d.action, d.changes, d.target_id)
        returning new.action, (old.action, ${overwritten(sql`old.changes`)}) is distinct from (new.action, ${overwritten(sql`new.changes`)}) as differs
      )
      select count(*)::int as overtaken from updated where action = 'changed' and differs`);
    return row?.overtaken ?? 0;
  }

  /** Notes the days on which changed interactions have stood so far. */
  async markOldDays(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select distinct i.agent_id, i.business_date
      from import_rows r join interactions i on i.id = r.target_id
      where r.import_id = ${importId} and r.action = 'changed' and i.agent_id is not null
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /** Keeps what changed rows are about to overwrite. */
  async rememberPrevious(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      update import_rows r set previous = to_jsonb(i) from interactions i
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id`);
  }

  /** Notes the days on which interactions written by the import stand now. */
  async markNewDays(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select distinct agent_id, business_date from interactions where import_id = ${importId} and agent_id is not null
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  async insertNew(db: Db, { importId, source, people, businessZone }: ApplyRequest, now: Date): Promise<void> {
    await db.run(sql`
      with people as (${peopleTable(people)})
      insert into interactions (id, source, external_id, agent_id, team_id, business_date, import_id, provenance, created_at, updated_at,
        ${sql.raw(written.map(([, { column }]) => column).join(', '))})
      select uuidv7(), ${source}, r.external_id, a.id, a.team_id, (d."startedAt" at time zone ${businessZone})::date, r.import_id, ${provenance}, ${now}, ${now},
        ${sql.raw(written.map(([key, { blank }]) => (blank === undefined ? `d."${key}"` : `coalesce(d."${key}", ${blank})`)).join(', '))}
      from import_rows r cross join ${record}
      left join people p on p.key = d."agentKey"
      left join agents a on a.id = coalesce(d."agentId", p.id)
      where r.import_id = ${importId} and r.action = 'new'`);
  }

  /**
   * Only what the file has a column for is written; a blank empties the column, except where an interaction must
   * have something. One that moves to another person moves to their team.
   */
  async updateChanged(db: Db, { importId, people, businessZone }: ApplyRequest, now: Date): Promise<void> {
    const value = (key: string, column: string, blank: string | undefined): string =>
      blank === undefined ? `case when r.data ? '${key}' then r."${key}" else i.${column} end` : `coalesce(r."${key}", i.${column})`;
    await db.run(sql`
      with people as (${peopleTable(people)}),
      wanted as (
        select r.import_id, r.sheet, r.row_number, r.target_id, r.data, d.*, coalesce(d."agentId", p.id) as person, r.data ?| array['agentId', 'agentKey'] as names_person
        from import_rows r cross join ${record} left join people p on p.key = d."agentKey"
        where r.import_id = ${importId} and r.action = 'changed'
      )
      update interactions i set ${sql.raw(written.map(([key, { column, blank }]) => `${column} = ${value(key, column, blank)}`).join(', '))},
        agent_id = case when r.names_person then r.person else i.agent_id end,
        team_id = case when r.names_person and r.person is distinct from i.agent_id then (select a.team_id from agents a where a.id = r.person) else i.team_id end,
        business_date = (r."startedAt" at time zone ${businessZone})::date,
        import_id = r.import_id, provenance = ${provenance}, version = i.version + 1, updated_at = ${now}
      from wanted r
      where i.id = r.target_id`);
  }

  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze interactions, stale_days`);
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

const outside = fault('outside_teams', sql`'This interaction belongs to a team you do not lead.'`);

const provenance = sql`jsonb_build_object('importId', r.import_id, 'sheet', r.sheet, 'row', r.row_number)`;

/** What a change replaces, by field. */
const overwritten = (changes: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select jsonb_object_agg(c.key, c.value -> 'old') from jsonb_each(${changes}) c)`;

/** A row's data without what stands for the person's name; a person that is missing differs from anybody. */
function comparable(data: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${data} - 'agent' - 'agentKey') || case when ${data} ? 'agentKey' then jsonb_build_object('agentId', ${data} -> 'agent') else '{}' end)`;
}

/** Whether the stored interaction `i` of person `a` is within reach. */
function within(teamIds: readonly string[] | null): RawBuilder<unknown> {
  if (teamIds === null) return sql`true`;
  return sql`(coalesce(i.team_id, a.team_id) = any(${[...teamIds]}::uuid[])) is true`;
}

function peopleTable(people: ReadonlyMap<string, number>): RawBuilder<unknown> {
  return sql`select * from unnest(${[...people.keys()]}::text[], ${[...people.values()]}::int[]) as people(key, id)`;
}

function fault(code: string, message: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_build_array(jsonb_build_object('field', 'externalId', 'cell', null, 'value', null, 'code', ${code}::text, 'message', ${message}))`;
}
