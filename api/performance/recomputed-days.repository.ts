import { sql, type Db } from '../db/db.ts';
import { COLUMN_LIST, CURRENT_LIST, EXCLUDED_LIST, freshRows, pairs, type AgentDay } from './fresh-rows.sql.ts';
import { firstResponse, policySettings, serviceLevel } from './policy.sql.ts';

export type { AgentDay } from './fresh-rows.sql.ts';

/** Held shared by whoever recomputes, and alone by whoever looks for rows of another policy; for one transaction each. */
const POLICY_LOCK = 7_217_010;
/** Where `installation` keeps the last day that was aggregated. */
const AGGREGATED_TO = 'performance.aggregated-to';

/** Which daily rows are out of date, and what they are by now. */
export class RecomputedDaysRepository {
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
      -- By their place: joined with themselves, thousands were compared with thousands while the planner took them for few.
      delete from stale_days s
      where s.ctid = any(array(select ctid from stale_days order by date desc, agent_id limit ${limit} for update skip locked))
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
      with ${freshRows(this.#timezone, days, now)},
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

  /** The teams of these people; null for people without one. */
  async teamsOf(db: Db, agentIds: readonly number[]): Promise<(string | null)[]> {
    const rows = await db.rows(sql<{ id: string | null }>`select distinct team_id as id from agents where id = any(${[...agentIds]}::int[])`);
    return rows.map((row) => row.id);
  }
}
