import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { kept } from '../db/kept-statements.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { countingRow, FIGURE_COLUMNS, INTERACTION_COLUMNS, interactionSums, metricSql, sumsOfDay, totalsOfDays } from './daily-rows.sql.ts';
import { addSums, EMPTY_SUMS, type MetricSums } from './metric-sums.ts';
import { firstResponse, NO_TEAM, policySettings, serviceLevel } from './policy.sql.ts';
import type { TeamSettings } from './team-settings.ts';

/** One person on one business day. */
export interface AgentDay {
  readonly agentId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** A row of `agent_performance_metrics` as it is read. Averages of imported rows stand beside their sums. */
export interface DailyRow extends MetricSums {
  readonly id: number;
  readonly agentId: number;
  readonly date: string;
  readonly origin: 'computed' | 'imported';
  readonly storedResponseTime: number | null;
  readonly storedSatisfaction: number | null;
  readonly storedSla: number | null;
  readonly serviceLevelSeconds: number | null;
  readonly createdAt: string;
  /** Import, sheet and row of an imported row. */
  readonly provenance: { readonly importId: string; readonly sheet: string | null; readonly row: number } | null;
}

/** A daily row with the names of today. */
export interface NamedDailyRow extends DailyRow {
  readonly agentName: string;
  readonly teamName: string | null;
}

/** Which daily rows; the days are inclusive. */
export interface DayFilters {
  readonly agentId?: number | undefined;
  /** Of people who are in this team today. */
  readonly teamId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The sums of a period, and those of its computed days alone. */
export interface PeriodSums extends MetricSums {
  readonly computed: MetricSums;
  readonly importedDays: number;
}

/** Held shared by whoever recomputes, and alone by whoever looks for rows of another policy; for one transaction each. */
const POLICY_LOCK = 7_217_010;
/** Where `installation` keeps the last day that was aggregated. */
const AGGREGATED_TO = 'performance.aggregated-to';

const dailyColumns = sql`
  d.id, d.agent_id as "agentId", d.date::text as date, d.origin, ${sumsOfDay},
  d.avg_response_time::float8 as "storedResponseTime", d.customer_satisfaction::float8 as "storedSatisfaction",
  d.sla_compliance::float8 as "storedSla", d.service_level_seconds as "serviceLevelSeconds",
  to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", d.provenance`;

/** Reads and recomputes the daily rows. */
export class DailyRowsRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /**
   * Notes that the computed rows of these days no longer match. A day already noted is locked, not skipped: the
   * recomputation passes over locked days, so it can never clear a mark whose cause it could not see yet. Days are
   * taken in one order, so that two writers cannot wait for each other.
   */
  async markStale(db: Db, days: readonly AgentDay[]): Promise<void> {
    if (days.length === 0) return;
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select distinct p.agent_id, p.date from ${pairs(days)} order by p.agent_id, p.date
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /** Marks every day from `from` to `to` on which there are interactions, presence or a computed row. */
  async markRangeStale(db: Db, from: string, to: string, now: Date): Promise<void> {
    await db.run(sql`
      insert into stale_days (agent_id, date)
      select agent_id, business_date from interactions
        where business_date between ${from} and ${to} and agent_id is not null
      union
      select agent_id, date from agent_performance_metrics where date between ${from} and ${to} and origin = 'computed'
      union
      select v.agent_id, day::date
        from presence_intervals v
        cross join lateral generate_series(
          greatest((v.started_at at time zone ${this.#timezone})::date, ${from}::date),
          least((coalesce(v.ended_at, ${now}) at time zone ${this.#timezone})::date, ${to}::date), interval '1 day') day
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /**
   * Says that every day up to `day` is aggregated or marked.
   *
   * @returns what was said before; null the first time
   */
  async aggregatedTo(db: Db, day: string, now: Date): Promise<string | null> {
    await db.run(sql`insert into installation (name, value, updated_at) values (${AGGREGATED_TO}, '{}', ${now}) on conflict (name) do nothing`);
    const row = await db.first(sql<{ day: string | null }>`select value ->> 'day' as day from installation where name = ${AGGREGATED_TO} for update`);
    const last = row?.day ?? null;
    if (last === null || last < day) {
      await db.run(sql`update installation set value = ${JSON.stringify({ day })}::jsonb, updated_at = ${now} where name = ${AGGREGATED_TO}`);
    }
    return last;
  }

  /**
   * To be called first in a transaction that recomputes. Settings that are committed later are looked for only when
   * it has ended, so that no row judged by the old ones can turn up unseen.
   */
  async holdPolicies(db: Db): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock_shared(${POLICY_LOCK})`);
  }

  /** Waits until everybody who may have read older settings has committed. */
  async awaitRecomputations(db: Db): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(${POLICY_LOCK})`);
  }

  /** Marks the days that were judged by another policy than the one now in force for them. */
  async markPolicyStale(db: Db, teamId: string): Promise<void> {
    await db.run(sql`
      with day as materialized (
        select d.agent_id, d.date, d.service_level_seconds, d.first_response_seconds, ${policySettings('a.team_id', 'd.date', this.#timezone)} as settings
        from agent_performance_metrics d join agents a on a.id = d.agent_id
        where a.team_id = ${teamId} and d.origin = 'computed' and d.interactions > 0
      )
      insert into stale_days (agent_id, date)
      select agent_id, date from day
      where service_level_seconds is distinct from ${serviceLevel('day.settings')}
        or first_response_seconds is distinct from ${firstResponse('day.settings')}
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /**
   * Marks the days with interactions from before their person was in a team, which are judged by the team of today, where
   * that was another one when they were computed.
   */
  async markJoinedStale(db: Db): Promise<void> {
    await db.run(sql`
      with day as materialized (
        select d.agent_id, d.date, d.service_level_seconds, d.first_response_seconds, ${policySettings('a.team_id', 'd.date', this.#timezone)} as settings
        from (select distinct agent_id, business_date from interactions where team_id is null and agent_id is not null) teamless
        join agents a on a.id = teamless.agent_id
        join agent_performance_metrics d on d.agent_id = teamless.agent_id and d.date = teamless.business_date and d.origin = 'computed'
      )
      insert into stale_days (agent_id, date)
      select agent_id, date from day
      where service_level_seconds is distinct from ${serviceLevel('day.settings')}
        or first_response_seconds is distinct from ${firstResponse('day.settings')}
      order by 1, 2
      on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
  }

  /**
   * Takes up to `limit` marked days out of the list for the running transaction. Days that a writer or another
   * recomputation holds are left for a later turn; if the transaction fails they are back on the list.
   */
  claimStale(db: Db, limit: number): Promise<AgentDay[]> {
    return db.rows(sql<AgentDay>`
      with claimed as materialized (
        select agent_id, date from stale_days order by date desc, agent_id limit ${limit} for update skip locked
      )
      delete from stale_days s using claimed c where s.agent_id = c.agent_id and s.date = c.date
      returning s.agent_id as "agentId", s.date::text as date`);
  }

  /**
   * Recomputes the computed rows of the given days from interactions and the presence ledger, in one statement.
   * A day on which nothing is left loses its row; a row that comes out the same is not touched.
   * Must run after the days were claimed, in a statement of its own, to see everything committed by then.
   *
   * @returns the days whose row changed
   */
  async recompute(db: Db, days: readonly AgentDay[], now: Date): Promise<AgentDay[]> {
    if (days.length === 0) return [];
    // Five thousand days of a large import are some hundred thousand interactions, sorted by day.
    await db.run(sql`set local work_mem = '64MB'`);
    return db.rows(sql<AgentDay>`
      with ${this.#freshRows(days, now)},
      emptied as (
        delete from agent_performance_metrics m using pair p
        where m.agent_id = p.agent_id and m.date = p.date and m.origin = 'computed'
          -- Hashed, whatever the planner believes of rows that are only just made: it would compare each with each.
          and (m.agent_id, m.date) not in (select f.agent_id, f.date from fresh f)
        returning m.agent_id, m.date
      ),
      written as (
        insert into agent_performance_metrics as m (agent_id, date, origin, ${COLUMN_LIST}, updated_at)
        select agent_id, date, 'computed', ${COLUMN_LIST}, ${now} from fresh order by agent_id, date
        on conflict (agent_id, date, origin) do update set (${COLUMN_LIST}, updated_at) = (${EXCLUDED_LIST}, excluded.updated_at)
          where (${CURRENT_LIST}) is distinct from (${EXCLUDED_LIST})
        returning m.agent_id, m.date
      )
      select agent_id as "agentId", date::text as date from emptied
      union all select agent_id, date::text from written`);
  }

  /** Daily rows of a person, oldest first, the one that counts for each day. */
  days(db: Db, agentId: number, from: string, to: string): Promise<DailyRow[]> {
    return db.rows(sql<DailyRow>`${kept}
      select ${dailyColumns}
      from agent_performance_metrics d
      where d.agent_id = ${agentId} and d.date between ${from} and ${to} and ${countingRow}
      order by d.date`);
  }

  /** Daily rows of everybody in scope, a person after the other, by the place where the page before ended. */
  page(db: Db, scope: Scope, { agentId, teamId, from, to }: DayFilters, after: AgentDay | undefined, limit: number): Promise<NamedDailyRow[]> {
    const where = [countingRow, scopeSql(scope, { team: 'a.team_id', agent: 'd.agent_id' })];
    if (agentId !== undefined) where.push(sql`d.agent_id = ${agentId}`);
    if (teamId) where.push(sql`a.team_id = ${teamId}`);
    if (from) where.push(sql`d.date >= ${from}::date`);
    if (to) where.push(sql`d.date <= ${to}::date`);
    if (after) where.push(sql`(d.agent_id, d.date) > (${after.agentId}::int, ${after.date}::date)`);
    return db.rows(sql<NamedDailyRow>`
      select ${dailyColumns}, a.full_name as "agentName", t.name as "teamName"
      from agent_performance_metrics d join agents a on a.id = d.agent_id left join teams t on t.id = a.team_id
      where ${every(where)} order by d.agent_id, d.date limit ${limit}`);
  }

  /** The sums of the rows that count from `from` to `to`. */
  async totals(db: Db, agentId: number, from: string, to: string): Promise<PeriodSums> {
    const rows = await db.rows(sql<MetricSums & { origin: string; rows: number }>`
      select d.origin, count(*)::int as rows, ${totalsOfDays} from agent_performance_metrics d
      where d.agent_id = ${agentId} and d.date between ${from} and ${to} and ${countingRow} group by d.origin`);
    const computed = rows.find((row) => row.origin === 'computed') ?? EMPTY_SUMS;
    return { ...addSums(rows), computed, importedDays: rows.find((row) => row.origin === 'imported')?.rows ?? 0 };
  }

  /** The sums of several periods of several people, in the order in which they are asked for. */
  async totalsOf(db: Db, periods: readonly (Omit<AgentDay, 'date'> & { readonly from: string; readonly to: string })[]): Promise<MetricSums[]> {
    if (periods.length === 0) return [];
    const column = (pick: (period: (typeof periods)[number]) => unknown): unknown[] => periods.map(pick);
    return db.rows(sql<MetricSums>`
      select t.* from unnest(${column((p) => p.agentId)}::int[], ${column((p) => p.from)}::date[], ${column((p) => p.to)}::date[])
        with ordinality p (agent_id, first, last, place)
      cross join lateral (
        select ${totalsOfDays} from agent_performance_metrics d
        where d.agent_id = p.agent_id and d.date between p.first and p.last and ${countingRow}) t
      order by p.place`);
  }

  /** The settings in force for a team just before an instant; before it stored any, those of today. */
  async settings(db: Db, teamId: string | null, before: Date): Promise<{ settings: Partial<TeamSettings>; version: number } | undefined> {
    return db.first(sql<{ settings: Partial<TeamSettings>; version: number }>`
      (select h.settings, h.version from team_settings_history h
        where h.team_id = ${teamId} and h.changed_at < ${before} order by h.version desc limit 1)
      union all
      select s.settings, s.version from team_settings s where s.team_id = ${teamId}
      limit 1`);
  }

  /** The teams of these people; null for people without one. */
  async teamsOf(db: Db, agentIds: readonly number[]): Promise<(string | null)[]> {
    const rows = await db.rows(sql<{ id: string | null }>`select distinct team_id as id from agents where id = any(${[...agentIds]}::int[])`);
    return rows.map((row) => row.id);
  }

  #freshRows(days: readonly AgentDay[], now: Date): RawBuilder<unknown> {
    return sql`
      pair as materialized (select p.agent_id, p.date from ${pairs(days)}),
      -- The one pass over the interactions; the settings are then looked up once per team and day, not once per row.
      happened as materialized (
        select i.agent_id, i.business_date, i.channel, i.direction, i.outcome, i.wait_seconds, i.talk_seconds, i.hold_seconds,
          i.acw_seconds, i.resolved, i.first_contact, i.rating, i.sentiment, coalesce(i.team_id, a.team_id, ${NO_TEAM}::uuid) as policy_team
        from pair p
        join agents a on a.id = p.agent_id
        join interactions i on i.agent_id = p.agent_id and i.business_date = p.date
      ),
      setting as materialized (
        select t.team_id, t.date, ${policySettings('t.team_id', 't.date', this.#timezone)} as settings
        from (select distinct policy_team as team_id, business_date as date from happened) t
      ),
      policy as materialized (
        select t.team_id, t.date, ${serviceLevel('t.settings')} as service_level_seconds, ${firstResponse('t.settings')} as first_response_seconds,
          -- Compared for every interaction below, but written out here.
          (${firstResponse('t.settings')})::text collate "C" as first_response_text
        from setting t
      ),
      judged as (
        select i.*, k.service_level_seconds, k.first_response_text,
          case i.channel when 'voice' then k.service_level_seconds else (k.first_response_seconds ->> i.channel)::int end as target_seconds
        from happened i join policy k on k.date = i.business_date and k.team_id = i.policy_team
      ),
      work as (
        select i.agent_id, i.business_date as date, ${interactionSums},
          case when min(i.service_level_seconds) = max(i.service_level_seconds) then min(i.service_level_seconds) end as service_level_seconds,
          case when min(i.first_response_text) = max(i.first_response_text) then min(i.first_response_text)::jsonb end
            as first_response_seconds
        from judged i group by i.agent_id, i.business_date
      ),
      presence as materialized (${presenceOf(this.#timezone, now)}),
      summed as (
        select p.agent_id, p.date, ${WORK_LIST}, w.service_level_seconds, w.first_response_seconds,
          v.online_seconds, v.away_seconds,
          coalesce(w.talk_seconds_sum + w.hold_seconds_sum + w.acw_seconds_sum, 0) as handling_seconds
        from pair p
        left join work w on w.agent_id = p.agent_id and w.date = p.date
        join presence v on v.agent_id = p.agent_id and v.date = p.date
        where w.agent_id is not null or v.online_seconds > 0
      ),
      fresh as (
        select *, ${FIGURE_LIST},
          round(online_seconds / 3600, 4) as online_hours, round(away_seconds / 3600, 4) as away_hours,
          case when online_seconds > 0 then 1 else 0 end as presence_days,
          case when online_seconds > 0 then handling_seconds else 0 end as occupied_seconds,
          case when online_seconds > 0 then greatest(0, round(online_seconds - away_seconds) - handling_seconds) else 0 end as idle_seconds
        from summed
      )`;
  }
}

const COLUMNS = [
  ...INTERACTION_COLUMNS,
  ...Object.keys(FIGURE_COLUMNS),
  'online_hours',
  'away_hours',
  'presence_days',
  'occupied_seconds',
  'idle_seconds',
  'service_level_seconds',
  'first_response_seconds',
];
const COLUMN_LIST = sql.raw(COLUMNS.join(', '));
const CURRENT_LIST = sql.raw(COLUMNS.map((column) => `m.${column}`).join(', '));
const EXCLUDED_LIST = sql.raw(COLUMNS.map((column) => `excluded.${column}`).join(', '));
const WORK_LIST = sql.raw(INTERACTION_COLUMNS.map((column) => `coalesce(w.${column}, 0) as ${column}`).join(', '));
const FIGURE_LIST = sql.raw(Object.entries(FIGURE_COLUMNS).map(([column, id]) => `${metricSql(id)} as ${column}`).join(', '));

const pairs = (days: readonly AgentDay[]): RawBuilder<unknown> =>
  sql`unnest(${days.map((day) => day.agentId)}::int[], ${days.map((day) => day.date)}::date[]) as p(agent_id, date)`;

/**
 * Seconds online (all but offline) and away per pair: intervals cut at the edges of the business day, which follow the
 * clock changes of its zone, and at now; overlapping intervals count once.
 */
function presenceOf(timezone: string, now: Date): RawBuilder<unknown> {
  const secondsOf = (ranges: string): RawBuilder<unknown> =>
    sql`coalesce((select sum(extract(epoch from upper(r) - lower(r))) from unnest(${sql.ref(ranges)}) r), 0)`;
  return sql`
    select l.agent_id, l.date, ${secondsOf('l.online')} as online_seconds, ${secondsOf('l.away')} as away_seconds
    from (
      select p.agent_id, p.date,
        range_agg(v.span) filter (where v.status <> 'offline') as online,
        range_agg(v.span) filter (where v.status = 'away') as away
      from pair p
      cross join lateral (
        select p.date::timestamp at time zone ${timezone} as opens, (p.date + 1)::timestamp at time zone ${timezone} as closes
      ) day
      left join lateral (
        select i.status, tstzrange(greatest(i.started_at, day.opens), least(coalesce(i.ended_at, ${now}), day.closes, ${now})) as span
        from presence_intervals i
        where i.agent_id = p.agent_id and i.started_at < least(day.closes, ${now})
          and i.superseded_at is null and coalesce(i.ended_at, ${now}) > day.opens and day.opens < ${now}
      ) v on true
      group by p.agent_id, p.date
    ) l`;
}
