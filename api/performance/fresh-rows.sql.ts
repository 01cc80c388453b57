import { sql, type RawBuilder } from '../db/db.ts';
import { FIGURE_COLUMNS, INTERACTION_COLUMNS, interactionSums, metricSql } from './daily-rows.sql.ts';
import { firstResponse, NO_TEAM, policySettings, serviceLevel } from './policy.sql.ts';

/** One person on one business day. */
export interface AgentDay {
  readonly agentId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** The columns that are recomputed, in their order. */
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
export const COLUMN_LIST = sql.raw(COLUMNS.join(', '));
export const CURRENT_LIST = sql.raw(COLUMNS.map((column) => `m.${column}`).join(', '));
export const EXCLUDED_LIST = sql.raw(COLUMNS.map((column) => `excluded.${column}`).join(', '));
const WORK_LIST = sql.raw(INTERACTION_COLUMNS.map((column) => `coalesce(w.${column}, 0) as ${column}`).join(', '));
const FIGURE_LIST = sql.raw(Object.entries(FIGURE_COLUMNS).map(([column, id]) => `${metricSql(id)} as ${column}`).join(', '));

/** Days as rows `p`. */
export const pairs = (days: readonly AgentDay[]): RawBuilder<unknown> =>
  sql`unnest(${days.map((day) => day.agentId)}::int[], ${days.map((day) => day.date)}::date[]) as p(agent_id, date)`;

/**
 * What the computed rows of the given days are by now, as the table `fresh` of a `with`; `pair` has the days.
 *
 * @param timezone IANA name of the zone whose days are business days
 */
export function freshRows(timezone: string, days: readonly AgentDay[], now: Date): RawBuilder<unknown> {
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
      select t.team_id, t.date, ${policySettings('t.team_id', 't.date', timezone)} as settings
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
    presence as materialized (${presenceOf(timezone, now)}),
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
