import type { Scope } from '../auth/principal.ts';
import { sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { FairnessFrame } from './fairness-frame.ts';
import { answerIs, cadenceOf, inFrame, noteIs, peopleOf, sessionIs } from './fairness.sql.ts';

/** Somebody whose coaching is looked at. Days are business days. */
export interface FairnessPerson {
  readonly id: number;
  readonly name: string;
  readonly teamId: string | null;
  readonly joinedOn: string;
  readonly lastSessionOn: string | null;
  /** Completed sessions of the period. */
  readonly held: number;
  readonly cadenceDays: number;
  /** Since the last session, or since joining. */
  readonly days: number;
}

/** Whose a count is: a team's, a leader's, or everybody's. */
export interface Whose {
  readonly scope: 'team' | 'leader' | 'all';
  /** Null for the people without a team. */
  readonly teamId: string | null;
  readonly leaderId: number | null;
}

export interface SessionCounts extends Whose {
  readonly held: number;
  readonly cancelled: number;
  readonly noShow: number;
}

export interface NoteCounts extends Whose {
  readonly praise: number;
  readonly correction: number;
}

export interface AnswerCounts extends Whose {
  readonly asked: number;
  readonly acknowledged: number;
  readonly pending: number;
  readonly overdue: number;
  readonly disputed: number;
  readonly upheld: number;
}

export interface GapCounts extends Whose {
  readonly median: number | null;
  readonly n: number;
}

export interface FairnessTeamRow {
  readonly id: string;
  readonly name: string;
  readonly cadenceDays: number;
  readonly leaders: readonly { readonly id: number; readonly name: string }[];
}

/** What is still to come for somebody. */
export interface Ahead {
  readonly agentId: number;
  readonly nextSessionAt: string | null;
  readonly absentUntil: string | null;
}

/** Which of `team`, `leader` or all of it a row of `grouping sets` is about. */
const whose = (team: string, leader: string): RawBuilder<unknown> => sql`
  case when grouping(${sql.ref(team)}) = 0 then 'team' when grouping(${sql.ref(leader)}) = 0 then 'leader' else 'all' end as scope,
  ${sql.ref(team)} as "teamId", ${sql.ref(leader)} as "leaderId"`;

const groups = (team: string, leader: string): RawBuilder<unknown> => sql`group by grouping sets ((${sql.ref(team)}), (${sql.ref(leader)}), ())`;

/** Counts who is coached, how often and how: set by set, never person by person. */
export class FairnessRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** The teams, and null for people without one, in which somebody of the scope is to be coached. */
  async teamIds(db: Db, scope: Scope): Promise<(string | null)[]> {
    const led = scope.kind === 'teams' ? sql`a.team_id = any(${[...scope.teamIds]}::uuid[])` : sql`${scope.kind === 'all'}::boolean`;
    const rows = await db.rows(sql<{ id: string | null }>`select distinct a.team_id as id from agents a where a.is_active and a.role = 'cs' and ${led}`);
    return rows.map((row) => row.id);
  }

  async teamExists(db: Db, teamId: string): Promise<boolean> {
    return (await db.first(sql`select 1 from teams where id = ${teamId}`)) !== undefined;
  }

  teams(db: Db, { teamIds, to }: FairnessFrame): Promise<FairnessTeamRow[]> {
    return db.rows(sql<FairnessTeamRow>`
      select t.id, t.name, ${cadenceOf('t.id', 'frame.last_day', this.#timezone)} as "cadenceDays",
        coalesce((select json_agg(json_build_object('id', l.id, 'name', l.full_name) order by l.full_name, l.id)
          from team_leaders tl join agents l on l.id = tl.agent_id where tl.team_id = t.id), '[]') as leaders
      from teams t cross join (select ${to}::date as last_day) frame
      where t.id = any(${teamIds.filter((id) => id !== null)}::uuid[]) order by t.name, t.id`);
  }

  people(db: Db, frame: FairnessFrame): Promise<FairnessPerson[]> {
    return db.rows(sql<FairnessPerson>`
      select p.id, p.full_name as name, p.team_id as "teamId", p.joined_on::text as "joinedOn", p.last_on::text as "lastSessionOn", p.held,
        p.cadence as "cadenceDays", p.days
      from (${peopleOf(frame, this.#timezone)}) p order by p.full_name, p.id`);
  }

  sessions(db: Db, frame: FairnessFrame): Promise<SessionCounts[]> {
    const count = (kind: 'held' | 'cancelled' | 'noShow') => sql`count(distinct s.id) filter (where ${sessionIs(kind, frame)})::int`;
    return db.rows(sql<SessionCounts>`
      select ${whose('a.team_id', 's.team_leader_id')}, ${count('held')} as held, ${count('cancelled')} as cancelled, ${count('noShow')} as "noShow"
      from session_attendees t join coaching_sessions s on s.id = t.session_id join agents a on a.id = t.agent_id
      where ${inFrame(frame)} and s.status in ('completed', 'cancelled', 'no_show') ${groups('a.team_id', 's.team_leader_id')}`);
  }

  notes(db: Db, frame: FairnessFrame): Promise<NoteCounts[]> {
    const count = (kind: 'praise' | 'correction') => sql`count(*) filter (where ${noteIs(kind, frame)})::int`;
    return db.rows(sql<NoteCounts>`
      select ${whose('a.team_id', 'n.author_id')}, ${count('praise')} as praise, ${count('correction')} as correction
      from quick_notes n join agents a on a.id = n.agent_id
      where ${inFrame(frame)} and n.created_at >= ${frame.opens} and n.created_at < ${frame.closes} ${groups('a.team_id', 'n.author_id')}`);
  }

  answers(db: Db, frame: FairnessFrame): Promise<AnswerCounts[]> {
    const count = (kind: 'asked' | 'acknowledged' | 'pending' | 'overdue' | 'disputed') => sql`count(*) filter (where ${answerIs(kind, frame)})::int`;
    return db.rows(sql<AnswerCounts>`
      select ${whose('a.team_id', 's.team_leader_id')}, ${count('asked')} as asked, ${count('acknowledged')} as acknowledged, ${count('pending')} as pending,
        ${count('overdue')} as overdue, ${count('disputed')} as disputed, count(*) filter (where d.outcome in ('upheld', 'amended'))::int as upheld
      from session_attendees t join coaching_sessions s on s.id = t.session_id join agents a on a.id = t.agent_id
      left join session_disputes d on d.session_id = t.session_id and d.agent_id = t.agent_id
      where ${inFrame(frame)} and ${sessionIs('held', frame)} ${groups('a.team_id', 's.team_leader_id')}`);
  }

  gaps(db: Db, frame: FairnessFrame): Promise<GapCounts[]> {
    return db.rows(sql<GapCounts>`
      select ${whose('g.team_id', 'g.leader_id')}, percentile_cont(0.5) within group (order by g.gap)::float8 as median, count(*)::int as n
      from (
        select a.team_id, s.team_leader_id as leader_id, s.completed_at,
          (s.completed_at at time zone ${this.#timezone})::date
            - lag((s.completed_at at time zone ${this.#timezone})::date) over (partition by t.agent_id order by s.completed_at, s.id) as gap
        from session_attendees t join coaching_sessions s on s.id = t.session_id join agents a on a.id = t.agent_id
        where ${inFrame(frame)} and s.status = 'completed' and s.completed_at < ${frame.closes}
      ) g
      where g.gap is not null and g.completed_at >= ${frame.opens} ${groups('g.team_id', 'g.leader_id')}`);
  }

  /** What is still to come for these people; those with nothing are left out. */
  ahead(db: Db, agentIds: readonly number[], { now, to }: FairnessFrame): Promise<Ahead[]> {
    return db.rows(sql<Ahead>`
      select w.id as "agentId", ${iso('booked.next_at')} as "nextSessionAt", absent.until::text as "absentUntil"
      from unnest(${[...agentIds]}::int[]) as w(id)
      left join lateral (
        select min(s.scheduled_at) as next_at from session_attendees t join coaching_sessions s on s.id = t.session_id
        where t.agent_id = w.id and s.status in ('scheduled', 'preparing', 'live') and s.scheduled_at + make_interval(mins => s.duration_minutes) > ${now}
      ) booked on true
      left join lateral (select max(b.ends_on) as until from absences b where b.agent_id = w.id and ${to}::date between b.starts_on and b.ends_on) absent on true
      where booked.next_at is not null or absent.until is not null`);
  }

  /** People's names; for leaders who lead none of the teams. */
  async names(db: Db, ids: readonly number[]): Promise<{ id: number; name: string }[]> {
    return db.rows(sql<{ id: number; name: string }>`select id, full_name as name from agents where id = any(${[...ids]}::int[])`);
  }
}
