import type { OnlineStatus } from '../agents/agent.entity.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { countingRow, INTERACTION_COLUMNS, interactionSums, totalsOfDays } from '../performance/daily-rows.sql.ts';
import { EMPTY_SUMS, SUM_COLUMNS, SUM_KEYS, type MetricSums } from '../performance/metric-sums.ts';
import { firstResponse, NO_TEAM, policySettings, serviceLevel } from '../performance/policy.sql.ts';
import type { TeamSettings } from '../performance/team-settings.ts';

/** Whose day it is. */
export type StatsScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'teams'; readonly teamIds: readonly string[]; readonly selfId: number | null }
  | { readonly kind: 'self'; readonly agentId: number };

/** A business day, whole or up to an instant. */
export interface Slot {
  readonly date: string;
  readonly until: Date | null;
}

export interface SlotSums {
  readonly sums: MetricSums;
  /** The one T by which the day was judged; null where several were. */
  readonly serviceLevelSeconds: number | null;
}

export interface ScopedTeam {
  readonly id: string;
  readonly name: string;
  readonly settings: Partial<TeamSettings> | null;
}

export interface Now {
  readonly open: number;
  readonly unassigned: number;
  readonly byStatus: Readonly<Partial<Record<OnlineStatus, number>>>;
}

export interface PersonRow {
  readonly agentId: number;
  readonly agentName: string;
  readonly teamName: string | null;
  readonly onlineStatus: OnlineStatus;
  readonly statusReason: string | null;
  readonly statusSince: string;
  readonly handled: number;
  readonly onlineHours: number;
  readonly awayHours: number;
  readonly occupiedSeconds: number;
  readonly idleSeconds: number;
}

export interface PeopleFilters {
  readonly day: string;
  readonly onlineStatus?: OnlineStatus | undefined;
  /** Only who has a presence record on the day. */
  readonly signedIn: boolean;
}

/** Counts a scope's interactions, presence and people; whose they are is part of every query. */
export class QuickStatsRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /**
   * The sums of every slot, from the interactions themselves: daily rows know neither the time of day nor what nobody
   * took. Each row is judged by the policy in force on its day, as the daily rows are. A slot without rows is left out.
   */
  async sums(db: Db, scope: StatsScope, slots: readonly Slot[]): Promise<Map<string, SlotSums>> {
    const rows = await db.rows(sql<{ date: string; work: Record<string, number>; least: number; most: number }>`
      with slot as materialized (
        select s.date, s.until, (s.date - 1)::timestamp at time zone ${this.#timezone} as opens,
          coalesce(s.until, (s.date + 2)::timestamp at time zone ${this.#timezone}) as closes
        from unnest(${slots.map((slot) => slot.date)}::date[], ${slots.map((slot) => slot.until?.toISOString() ?? null)}::timestamptz[]) as s(date, until)
      ),
      setting as materialized (
        select t.team_id, t.date, ${policySettings('t.team_id', 't.date', this.#timezone)} as settings
        from (select team.id as team_id, s.date from (select id from teams union all select ${NO_TEAM}::uuid) team cross join slot s) t
      ),
      policy as materialized (
        select t.team_id, t.date, ${serviceLevel('t.settings')} as service_level_seconds, ${firstResponse('t.settings')} as first_response_seconds
        from setting t
      ),
      -- Neither kept nor mixed with the policies (offset 0): the rows are found by their index, and counted as they are read.
      happened as not materialized (select * from (${happenedIn(scope, slots.map((slot) => slot.date))}) found offset 0),
      judged as (
        select i.*, k.service_level_seconds,
          case i.channel when 'voice' then k.service_level_seconds else (k.first_response_seconds ->> i.channel)::int end as target_seconds
        from happened i join policy k on k.date = i.date and k.team_id = i.policy_team
      ),
      work as (
        select i.date, ${interactionSums}, min(i.service_level_seconds) as least, max(i.service_level_seconds) as most
        from judged i group by i.date
      )
      select w.date::text as date, w.least, w.most, to_jsonb(w) as work from work w`);
    return new Map(rows.map(({ date, work, least, most }) => [date, { sums: sumsOf(work), serviceLevelSeconds: least === most ? least : null }]));
  }

  /** Presence and occupancy of the scope's front-line people by day, from the daily rows that count. */
  async presence(db: Db, scope: StatsScope, dates: readonly string[]): Promise<Map<string, MetricSums>> {
    const rows = await db.rows(sql<MetricSums & { date: string }>`
      select d.date::text as date, ${totalsOfDays}
      from agent_performance_metrics d join agents a on a.id = d.agent_id
      where d.date = any(${[...dates]}::date[]) and d.presence_days > 0 and ${frontLine(scope)} and ${countingRow} group by d.date`);
    return new Map(rows.map(({ date, ...sums }) => [date, sums]));
  }

  /** What is open, and who is there, at this moment. */
  async now(db: Db, scope: StatsScope): Promise<Now> {
    const row = await db.first(sql<Now>`
      select o.open, o.unassigned, p.by_status as "byStatus"
      from (
        select count(*)::int as open, count(*) filter (where i.agent_id is null)::int as unassigned
        from interactions i left join agents a on a.id = i.agent_id where i.outcome = 'open' and ${takenIn(scope)}
      ) o
      cross join (
        select coalesce(jsonb_object_agg(s.online_status, s.people), '{}') as by_status
        from (select a.online_status, count(*)::int as people from agents a where a.is_active and ${frontLine(scope)} group by a.online_status) s
      ) p`);
    return row ?? { open: 0, unassigned: 0, byStatus: {} };
  }

  /** The active teams of the scope with the settings in force on a day. */
  teams(db: Db, scope: StatsScope, day: string): Promise<ScopedTeam[]> {
    return db.rows(sql<ScopedTeam>`
      select t.id, t.name, ${policySettings('t.id', 't.date', this.#timezone)} as settings
      from (select team.id, team.name, ${day}::date as date from teams team where ${teamsIn(scope)}) t order by t.name, t.id`);
  }

  async teamExists(db: Db, teamId: string): Promise<boolean> {
    return (await db.first(sql`select from teams where id = ${teamId}`)) !== undefined;
  }

  async people(db: Db, scope: StatsScope, filters: PeopleFilters, page: number, limit: number): Promise<{ rows: PersonRow[]; total: number }> {
    const from = sql`agents a left join teams t on t.id = a.team_id
      left join agent_performance_metrics d on d.agent_id = a.id and d.date = ${filters.day} and ${countingRow}`;
    const where = every([frontLine(scope), ...peopleConditions(filters)]);
    const total = await db.first(sql<{ n: number }>`select count(*)::int as n from ${from} where ${where}`);
    const rows = await db.rows(sql<PersonRow>`
      select a.id as "agentId", a.full_name as "agentName", t.name as "teamName", a.online_status as "onlineStatus", a.status_reason as "statusReason",
        ${iso('a.status_since')} as "statusSince", coalesce(d.messages_handled, 0)::int as handled, coalesce(d.online_hours, 0)::float8 as "onlineHours",
        coalesce(d.away_hours, 0)::float8 as "awayHours", coalesce(d.occupied_seconds, 0)::int as "occupiedSeconds",
        coalesce(d.idle_seconds, 0)::int as "idleSeconds"
      from ${from} where ${where} order by a.full_name, a.id limit ${limit} offset ${(page - 1) * limit}`);
    return { rows, total: total?.n ?? 0 };
  }
}

/** What a metric may ask of a row; the policy of a row is that of its team at the time. */
const JUDGED_COLUMNS = sql`s.date, i.channel, i.direction, i.outcome, i.wait_seconds, i.talk_seconds, i.hold_seconds, i.acw_seconds, i.resolved,
  i.first_contact, i.rating, i.sentiment, coalesce(i.team_id, a.team_id, ${NO_TEAM}::uuid) as policy_team`;

/** Whether row `i` is in slot `s`. Where the time of day decides, a row without one cannot be placed. */
const IN_SLOT = sql`i.business_date = s.date and (s.until is null or (i.precision = 'second' and i.started_at < s.until))`;

/**
 * The rows of every slot, one branch for each way in which an index leads to them. The bounds of `started_at` are a day
 * wide on either side, and the days stand there twice: as values, by which the planner knows how few they are, and as
 * the slots, which decide.
 */
function happenedIn(scope: StatsScope, dates: readonly string[]): RawBuilder<unknown> {
  const inSlot = sql`i.business_date = any(${[...dates]}::date[]) and ${IN_SLOT}`;
  if (scope.kind === 'all') {
    return sql`select ${JUDGED_COLUMNS} from slot s join interactions i on i.started_at >= s.opens and i.started_at < s.closes and ${inSlot}
      left join agents a on a.id = i.agent_id`;
  }
  const taken = sql`select ${JUDGED_COLUMNS} from agents a cross join slot s join interactions i on i.agent_id = a.id and ${inSlot}`;
  if (scope.kind === 'self') return sql`${taken} where a.id = ${scope.agentId}`;
  const teams = sql`any(${[...scope.teamIds]}::uuid[])`;
  return sql`${taken} where a.team_id = ${teams} or a.id = ${scope.selfId}
    union all
    select ${JUDGED_COLUMNS} from slot s join interactions i on i.team_id = ${teams} and i.agent_id is null and ${inSlot}
      left join agents a on a.id = i.agent_id`;
}

/** The same set as a condition on interaction `i` of person `a`. */
function takenIn(scope: StatsScope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'self') return sql`i.agent_id = ${scope.agentId}`;
  const teams = sql`any(${[...scope.teamIds]}::uuid[])`;
  return sql`(a.team_id = ${teams} or i.agent_id = ${scope.selfId} or (i.agent_id is null and i.team_id = ${teams}))`;
}

/** Front-line people `a`: a leader's idle hours are no idle hours of the desk. */
function frontLine(scope: StatsScope): RawBuilder<unknown> {
  if (scope.kind === 'self') return sql`a.id = ${scope.agentId}`;
  return scope.kind === 'all' ? sql`a.role = 'cs'` : sql`(a.role = 'cs' and a.team_id = any(${[...scope.teamIds]}::uuid[]))`;
}

function teamsIn(scope: StatsScope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`team.is_active`;
  if (scope.kind === 'self') return sql`team.id = (select team_id from agents where id = ${scope.agentId})`;
  return sql`team.id = any(${[...scope.teamIds]}::uuid[])`;
}

function peopleConditions({ onlineStatus, signedIn }: PeopleFilters): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (onlineStatus) found.push(sql`(a.is_active and a.online_status = ${onlineStatus})`);
  if (signedIn) found.push(sql`d.presence_days > 0`);
  return found;
}

function sumsOf(work: Record<string, number>): MetricSums {
  const known = SUM_KEYS.filter((key) => (INTERACTION_COLUMNS as readonly string[]).includes(SUM_COLUMNS[key]));
  return { ...EMPTY_SUMS, ...Object.fromEntries(known.map((key) => [key, work[SUM_COLUMNS[key]] ?? 0])) };
}
