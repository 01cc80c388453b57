import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { Audience } from '../events/event.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { countingRow } from '../performance/daily-rows.sql.ts';
import type { TeamSettings } from '../performance/team-settings.ts';
import type { Concern } from './priority-queue.events.ts';
import type { EvidenceList } from './queue-evidence.ts';
import type { Moment, NotePriority, NoteType, QueuePerson } from './queue-facts.ts';

/** What is known of a person beside their figures. Instants are ISO strings. */
export interface PersonRow extends QueuePerson {
  readonly joinedOn: string;
  readonly lastSessionAt: string | null;
  readonly lastSessionOn: string | null;
  readonly nextSessionAt: string | null;
  readonly nextSessionOn: string | null;
  readonly sessionRunning: boolean;
  readonly absence: { kind: string; endsOn: string } | null;
  readonly snooze: { until: string; on: string; reason: string } | null;
  /** `[type, priority, age in days]` of each note that waits. */
  readonly notes: readonly [NoteType, NotePriority, number][];
  readonly overdueActions: number;
  readonly praise: number;
  readonly actionsDone: number;
}

export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly settings: Partial<TeamSettings> | null;
  readonly settingsVersion: number;
}

export interface EvidenceRow {
  readonly kind: 'quickNote' | 'actionItem' | 'coachingSession';
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly status: string | null;
  readonly priority: string | null;
}

/** Where `installation` keeps how far the queues' news were announced. */
const ANNOUNCED_TO = 'priority-queue.announced-to';

/** A null among the ids stands for the people without a team. */
export type TeamIds = readonly (string | null)[];

/**
 * Reads what the queue is made of, set by set and as of one instant. A session or note that was changed later is
 * taken as it stood then as far as its own timestamps tell.
 */
export class PriorityQueueRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** The teams, and null for people without one, in which somebody of the scope belongs into a queue. */
  async teamIds(db: Db, scope: Scope): Promise<(string | null)[]> {
    const rows = await db.rows(sql<{ id: string | null }>`
      select distinct a.team_id as id from agents a where ${inQueue} and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}`);
    return rows.map((row) => row.id);
  }

  async teamExists(db: Db, teamId: string): Promise<boolean> {
    return (await db.first(sql`select 1 from teams where id = ${teamId}`)) !== undefined;
  }

  /** The settings in force then; before a team stored any, those of today. */
  teams(db: Db, teamIds: TeamIds, { asOf }: Moment): Promise<TeamRow[]> {
    return db.rows(sql<TeamRow>`
      select t.id, t.name, coalesce(then_.settings, now_.settings) as settings, coalesce(then_.version, now_.version, 0) as "settingsVersion"
      from teams t
      left join lateral (
        select h.settings, h.version from team_settings_history h
        where h.team_id = t.id and h.changed_at <= ${asOf}::timestamptz order by h.version desc limit 1
      ) then_ on true
      left join team_settings now_ on now_.team_id = t.id
      where t.id = any(${known(teamIds)}::uuid[]) order by t.name, t.id`);
  }

  /**
   * The days of everybody with figures in the window, packed for {@link DayTable.decode}: 28,000 rows of 18 numbers
   * would keep the event loop busy with parsing for longer than PostgreSQL needs to make them.
   */
  days(db: Db, teamIds: TeamIds, { from, to }: Moment): Promise<{ agentId: number; packed: Buffer }[]> {
    return db.rows(sql<{ agentId: number; packed: Buffer }>`
      select d.agent_id as "agentId", string_agg(d.packed, ''::bytea) as packed
      from agent_performance_metrics d join agents a on a.id = d.agent_id
      where d.date between ${from} and ${to} and ${inQueue} and ${inTeams(teamIds)} and ${countingRow}
      group by d.agent_id`);
  }

  people(db: Db, teamIds: TeamIds, moment: Moment): Promise<PersonRow[]> {
    const { asOf, from, to } = moment;
    const at = sql`${asOf}::timestamptz`;
    return db.rows(sql<PersonRow>`
      with person as materialized (
        select a.id, a.full_name, a.avatar, a.team_id, t.name as team_name, a.online_status, a.performance_level, a.joined_on
        from agents a left join teams t on t.id = a.team_id where ${inQueue} and ${inTeams(teamIds)} and ${wasThere(moment)}
      ),
      held as (
        select t.agent_id, max(s.completed_at) filter (where s.status = 'completed' and s.completed_at <= ${at}) as last_at,
          min(s.scheduled_at) filter (where ${BOOKED} and s.scheduled_at + make_interval(mins => s.duration_minutes) > ${at}) as next_at,
          coalesce(bool_or(${BOOKED} and s.started_at <= ${at} and s.started_at > ${at} - interval '1 day'), false) as running
        from session_attendees t join person p on p.id = t.agent_id join coaching_sessions s on s.id = t.session_id
        cross join (select ${at} as as_of) moment
        where s.created_at <= ${at} or s.completed_at <= ${at} group by t.agent_id
      ),
      note as (
        select n.agent_id, jsonb_agg(jsonb_build_array(n.note_type, n.priority, extract(epoch from ${at} - n.created_at) / 86400))
            filter (where ${WAITING}) as waiting,
          count(*) filter (where ${praised(this.#timezone, moment)})::int as praise
        from quick_notes n join person p on p.id = n.agent_id
        cross join (select ${at} as as_of) moment
        where not n.is_private and n.created_at <= ${at} and (n.deleted_at is null or n.deleted_at > ${at}) group by n.agent_id
      ),
      action as (
        select i.agent_id, count(*) filter (where ${overdue(to)})::int as overdue,
          count(*) filter (where ${doneOnTime(this.#timezone, from)})::int as done
        from action_items i join person p on p.id = i.agent_id
        cross join (select ${at} as as_of) moment
        where i.created_at <= ${at} group by i.agent_id
      ),
      absent as (
        select distinct on (b.agent_id) b.agent_id, json_build_object('kind', b.kind, 'endsOn', b.ends_on::text) as absence
        from absences b join person p on p.id = b.agent_id where ${to}::date between b.starts_on and b.ends_on
        order by b.agent_id, b.ends_on desc
      ),
      snoozed as (
        select distinct on (z.agent_id) z.agent_id, json_build_object('until', ${iso('z.until')}, 'on', (z.until at time zone ${this.#timezone})::date::text,
            'reason', z.reason) as snooze
        from queue_snoozes z join person p on p.id = z.agent_id
        where z.created_at <= ${at} and z.until > ${at} and (z.cleared_at is null or z.cleared_at > ${at})
        order by z.agent_id, z.created_at desc
      )
      select p.id, p.full_name as name, p.avatar, p.team_id as "teamId", p.team_name as "teamName", p.online_status as "onlineStatus",
        p.performance_level as "performanceLevel", p.joined_on::text as "joinedOn",
        ${iso('h.last_at')} as "lastSessionAt", (h.last_at at time zone ${this.#timezone})::date::text as "lastSessionOn",
        ${iso('h.next_at')} as "nextSessionAt", (h.next_at at time zone ${this.#timezone})::date::text as "nextSessionOn", coalesce(h.running, false) as "sessionRunning",
        b.absence, z.snooze, coalesce(n.waiting, '[]') as notes, coalesce(n.praise, 0) as praise,
        coalesce(i.overdue, 0) as "overdueActions", coalesce(i.done, 0) as "actionsDone"
      from person p
      left join held h on h.agent_id = p.id
      left join note n on n.agent_id = p.id
      left join action i on i.agent_id = p.id
      left join absent b on b.agent_id = p.id
      left join snoozed z on z.agent_id = p.id
      order by p.id`);
  }

  /** Whether somebody of the scope is or could be in the queue, and in which team. */
  async person(db: Db, scope: Scope, agentId: number): Promise<{ id: number; teamId: string | null; inQueue: boolean } | undefined> {
    return db.first(sql<{ id: number; teamId: string | null; inQueue: boolean }>`
      select a.id, a.team_id as "teamId", ${inQueue} as "inQueue" from agents a
      where a.id = ${agentId} and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}`);
  }

  /** The teams whose queues something concerns; null for the people without one. */
  async concernedTeams(db: Db, concerns: readonly Concern[]): Promise<(string | null)[]> {
    if (concerns.includes('everybody')) return this.teamIds(db, { kind: 'all' });
    const people = concerns.flatMap((concern) => (concern === 'everybody' ? [] : 'agentId' in concern ? [concern.agentId] : 'agentIds' in concern ? concern.agentIds : []));
    const teams = concerns.flatMap((concern) => (concern !== 'everybody' && 'teamIds' in concern ? concern.teamIds : []));
    const rows = await db.rows(sql<{ id: string | null }>`select distinct a.team_id as id from agents a where a.id = any(${people}::int[])`);
    return [...new Set([...teams, ...rows.map((row) => row.id)])];
  }

  /** The number of the last event whose news was announced; locked until the transaction ends. */
  async announcedTo(db: Db, now: Date): Promise<number> {
    await db.run(sql`insert into installation (name, value, updated_at) values (${ANNOUNCED_TO}, '{"seq": 0}', ${now}) on conflict (name) do nothing`);
    const row = await db.first(sql<{ seq: string }>`select value ->> 'seq' as seq from installation where name = ${ANNOUNCED_TO} for update`);
    return Number(row?.seq ?? 0);
  }

  async announcedUpTo(db: Db, seq: number, now: Date): Promise<void> {
    await db.run(sql`update installation set value = ${JSON.stringify({ seq })}::jsonb, updated_at = ${now} where name = ${ANNOUNCED_TO}`);
  }

  /** Numbered events of these types, oldest first: nothing can turn up below a number that was read. */
  async newsAfter(db: Db, seq: number, types: readonly string[], limit: number): Promise<{ seq: number; type: string; payload: unknown; audience: Audience }[]> {
    return db.rows(sql<{ seq: number; type: string; payload: unknown; audience: Audience }>`
      select o.seq::float8 as seq, o.type, o.payload, o.audience from outbox o where o.seq > ${seq} and o.type = any(${[...types]}::text[]) order by o.seq limit ${limit}`);
  }

  /** Of which aggregates an event of this kind is still to be numbered and told. */
  async withNews(db: Db, type: string): Promise<ReadonlySet<string>> {
    const rows = await db.rows(sql<{ id: string }>`select distinct aggregate_id as id from outbox where seq is null and type = ${type}`);
    return new Set(rows.map(({ id }) => id));
  }

  /** The rows that {@link people} counted for one person. */
  evidence(db: Db, agentId: number, list: EvidenceList, moment: Moment): Promise<EvidenceRow[]> {
    const at = sql`(select ${moment.asOf}::timestamptz as as_of) moment`;
    switch (list) {
      case 'notes':
      case 'praise':
        return db.rows(sql<EvidenceRow>`
          select 'quickNote' as kind, n.id, ${iso('n.created_at')} as at, left(n.content, 200) as title, n.note_type as status, n.priority
          from quick_notes n cross join ${at}
          where n.agent_id = ${agentId} and not n.is_private and n.created_at <= moment.as_of and (n.deleted_at is null or n.deleted_at > moment.as_of)
            and ${list === 'notes' ? WAITING : praised(this.#timezone, moment)}
          order by n.created_at, n.id`);
      case 'overdueActions':
      case 'actionsDone':
        return db.rows(sql<EvidenceRow>`
          select 'actionItem' as kind, i.id, i.due_date::text as at, i.title, i.status, i.priority
          from action_items i cross join ${at}
          where i.agent_id = ${agentId} and i.created_at <= moment.as_of
            and ${list === 'overdueActions' ? overdue(moment.to) : doneOnTime(this.#timezone, moment.from)}
          order by i.due_date, i.id`);
      case 'lastSession':
        return db.rows(sql<EvidenceRow>`
          select 'coachingSession' as kind, s.id, ${iso('s.completed_at')} as at, 'Coaching session' as title, s.status, null as priority
          from session_attendees t join coaching_sessions s on s.id = t.session_id cross join ${at}
          where t.agent_id = ${agentId} and s.status = 'completed' and s.completed_at <= moment.as_of
          order by s.completed_at desc, s.id desc limit 1`);
    }
  }
}

/** Everybody whose work is measured and who is still there. */
const inQueue = sql`(a.is_active and a.role = 'cs')`;

/**
 * Joined by then. People whom an import created have joined on the day of the import; figures of earlier days show
 * that they were there all the same.
 */
const wasThere = ({ from, to }: Moment): RawBuilder<unknown> =>
  sql`(a.joined_on <= ${to}::date or exists (
    select 1 from agent_performance_metrics d where d.agent_id = a.id and d.date between ${from} and ${to} and ${countingRow}))`;

const known = (teamIds: TeamIds): string[] => teamIds.filter((id) => id !== null);

const inTeams = (teamIds: TeamIds): RawBuilder<unknown> =>
  every([sql`(a.team_id = any(${known(teamIds)}::uuid[]) or (${teamIds.includes(null)}::boolean and a.team_id is null))`]);

// Conditions that the counts and the evidence share. `moment.as_of` is the instant the queue is read as of.

/** Planned or running at that instant, as far as the session's timestamps tell. */
const BOOKED = sql`(s.created_at <= moment.as_of and (s.completed_at is null or s.completed_at > moment.as_of)
  and not (s.status in ('cancelled', 'no_show') and s.updated_at <= moment.as_of))`;

const WAITING = sql`(n.note_type <> 'POSITIVE' and (n.addressed_at is null or n.addressed_at > moment.as_of))`;

const praised = (timezone: string, { from }: Moment): RawBuilder<unknown> =>
  sql`(n.note_type = 'POSITIVE' and n.created_at >= (${from}::date::timestamp at time zone ${timezone}))`;

const overdue = (today: string): RawBuilder<unknown> =>
  sql`(i.due_date < ${today}::date and (i.completed_at is null or i.completed_at > moment.as_of)
    and not (i.status = 'cancelled' and i.updated_at <= moment.as_of))`;

const doneOnTime = (timezone: string, from: string): RawBuilder<unknown> =>
  sql`(i.status = 'done' and i.completed_at <= moment.as_of and i.completed_at >= (${from}::date::timestamp at time zone ${timezone})
    and (i.completed_at at time zone ${timezone})::date <= i.due_date)`;
