import type { Principal, Scope, Role } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import { SessionEntity, type AgendaPoint, type Commitment, type PreparationStatus, type SessionKind, type SessionRecord, type SessionStatus } from './session.entity.ts';
import { awaitsDecisionOf, BOOKED, columns, from, readable } from './session.sql.ts';

export type AcknowledgementStatus = 'none' | 'pending' | 'acknowledged' | 'disputed';
export type DisputeOutcome = 'upheld' | 'amended' | 'rejected';
/** A metric with a target: what a session sets out to change has to be measurable against something. */
export type FocusMetric = TargetMetric;

interface PersonRef {
  id: number;
  name: string;
}

export interface Acknowledgement {
  status: AcknowledgementStatus;
  dueAt: string | null;
  at: string | null;
  comment: string | null;
  dispute: {
    comment: string;
    raisedAt: string;
    owner: PersonRef;
    dueAt: string;
    outcome: DisputeOutcome | null;
    resolution: string | null;
    resolvedAt: string | null;
    resolvedBy: PersonRef | null;
  } | null;
}

/** A session as read, with the names beside the ids and what everybody answered. Instants are ISO 8601. */
export interface SessionRow {
  id: string;
  kind: SessionKind;
  agentId: number | null;
  agentName: string | null;
  /** The facilitator; named as older clients know it. */
  teamLeaderId: number;
  facilitator: PersonRef;
  attendees: { id: number; name: string; acknowledgement: Acknowledgement }[];
  /** The attendees' teams today, in no order. */
  teamIds: (string | null)[];
  status: SessionStatus;
  scheduledAt: string;
  durationMinutes: number;
  remoteUrl: string | null;
  focusMetrics: FocusMetric[];
  agenda: AgendaPoint[];
  goalIds: string[];
  templateId: string | null;
  requestId: string | null;
  previousSessionId: string | null;
  followUpSessionId: string | null;
  preparationStatus: PreparationStatus;
  discussionNotes: string;
  topicsCovered: string[];
  engagementScore: number | null;
  summary: string;
  commitments: Commitment[];
  versions: Record<string, number>;
  startedAt: string | null;
  completedAt: string | null;
  cancelReason: string | null;
  commentCount: number;
  createdAt: string;
  updatedAt: string;
  version: number;
  /** SEQUENCE of its calendar entry. */
  calendarSequence: number;
}

/** Where a page ends: the place of its last row. */
export interface SessionPlace {
  readonly scheduledAt: string;
  readonly id: string;
}

export interface SessionFilters {
  readonly agentId?: number | undefined;
  /** With somebody who is in this team today. */
  readonly teamId?: string | undefined;
  readonly facilitatorId?: number | undefined;
  readonly status?: readonly SessionStatus[] | undefined;
  readonly kind?: SessionKind | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `overdue`: pending beyond its deadline. */
  readonly acknowledgement?: AcknowledgementStatus | 'overdue' | undefined;
  /** With a dispute that waits for the reader. */
  readonly toDecide?: boolean | undefined;
  readonly order?: 'latest' | 'earliest' | undefined;
}

/** Somebody who takes part in sessions, or could. */
export interface Participant {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teamId: string | null;
  readonly isActive: boolean;
}

/** A session that stands in the way of another one. */
export interface Clash {
  readonly sessionId: string;
  readonly personId: number;
  readonly personName: string;
  readonly scheduledAt: string;
  readonly durationMinutes: number;
}

/** Queries on sessions; who may read which is part of every one of them. */
export class SessionRepository {
  async list(db: Db, reader: Principal, scope: Scope, filters: SessionFilters, now: Date, page: number, limit: number): Promise<{ rows: SessionRow[]; total: number }> {
    const where = every([readable(reader, scope), ...conditions(filters), ...answers(filters, reader, scope, now), ...(filters.toDecide ? [awaitsDecisionOf(reader)] : [])]);
    const direction = filters.order === 'earliest' ? sql`asc` : sql`desc`;
    const rows = await db.rows(sql<SessionRow>`select ${columns} from ${from} where ${where}
      order by s.scheduled_at ${direction}, s.id ${direction} limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from coaching_sessions s where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  /** The latest first, by the place where the page before ended. */
  page(db: Db, reader: Principal, scope: Scope, filters: Omit<SessionFilters, 'acknowledgement' | 'toDecide' | 'order'>, after: SessionPlace | undefined, limit: number): Promise<(SessionRow & { position: string })[]> {
    const beyond = after ? [sql`(s.scheduled_at, s.id) < (${after.scheduledAt}::timestamptz, ${after.id}::uuid)`] : [];
    return db.rows(sql<SessionRow & { position: string }>`select ${columns}, s.scheduled_at::text as position from ${from}
      where ${every([readable(reader, scope), ...conditions(filters), ...beyond])} order by s.scheduled_at desc, s.id desc limit ${limit}`);
  }

  /** @returns whether it was not so before */
  async markPrepared(db: Db, id: string): Promise<boolean> {
    return (await db.run(sql`update coaching_sessions set preparation_status = 'ready' where id = ${id} and preparation_status <> 'ready'`)) > 0;
  }

  async byId(db: Db, reader: Principal, scope: Scope, id: string): Promise<SessionRow | undefined> {
    return db.first(sql<SessionRow>`select ${columns} from ${from} where s.id = ${id} and ${readable(reader, scope)}`);
  }

  /** For announcing it; who may hear of it is decided there. */
  async whole(db: Db, id: string): Promise<SessionRow | undefined> {
    return db.first(sql<SessionRow>`select ${columns} from ${from} where s.id = ${id}`);
  }

  /** The session for a change, locked until the transaction ends. */
  async forUpdate(db: Db, reader: Principal, scope: Scope, id: string): Promise<SessionRecord | undefined> {
    const row = await db.first(sql`select 1 from coaching_sessions s where s.id = ${id} and ${readable(reader, scope)} for update of s`);
    return row ? ((await db.em.findOne(SessionEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  async insert(db: Db, session: Omit<SessionRecord, 'version'>, attendeeIds: readonly number[]): Promise<void> {
    await db.em.persist(db.em.create(SessionEntity, session)).flush();
    await this.setAttendees(db, session.id, attendeeIds);
  }

  /** Those who stay keep what they answered. */
  async setAttendees(db: Db, id: string, agentIds: readonly number[]): Promise<void> {
    const ids = [...agentIds];
    await db.run(sql`delete from session_attendees where session_id = ${id} and agent_id <> all(${ids}::int[])`);
    await db.run(sql`insert into session_attendees (session_id, agent_id) select ${id}, a.id from agents a where a.id = any(${ids}::int[])
      on conflict (session_id, agent_id) do nothing`);
  }

  /** Those of these who exist, by id. */
  participants(db: Db, ids: readonly number[]): Promise<Participant[]> {
    return db.rows(sql<Participant>`select id, full_name as name, email, role, team_id as "teamId", is_active as "isActive" from agents
      where id = any(${[...ids]}::int[]) order by id`);
  }

  /**
   * Until the transaction ends nobody else books these people. Taken in the order of their ids, so that two who book the
   * same people wait for each other and not in a circle.
   */
  async holdCalendars(db: Db, ids: readonly number[]): Promise<void> {
    for (const id of ids.toSorted((a, b) => a - b)) await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`calendar:${id}`}, 180))`);
  }

  /** The first session, other than this one, that one of these people attends or holds within the time. Hold their calendars first. */
  async clash(db: Db, id: string, people: readonly number[], start: Date, minutes: number): Promise<Clash | undefined> {
    const ids = [...people];
    return db.first(sql<Clash>`
      select s.id as "sessionId", p.id as "personId", p.full_name as "personName", ${iso('s.scheduled_at')} as "scheduledAt", s.duration_minutes as "durationMinutes"
      from coaching_sessions s
      join lateral (
        select s.team_leader_id as id union select t.agent_id from session_attendees t where t.session_id = s.id
      ) who on who.id = any(${ids}::int[])
      join agents p on p.id = who.id
      where s.id <> ${id} and ${BOOKED} and s.scheduled_at < ${start}::timestamptz + make_interval(mins => ${minutes}::int)
        and s.scheduled_at > ${start}::timestamptz - interval '8 hours' and s.scheduled_at + make_interval(mins => s.duration_minutes) > ${start}::timestamptz
      order by s.scheduled_at, s.id, p.id limit 1`);
  }

  /** Who takes part in each of these sessions today: what a replay of old events must respect. */
  async participation(db: Db, ids: readonly string[]): Promise<Map<string, { facilitatorId: number; attendeeIds: readonly number[] }>> {
    const rows = await db.rows(sql<{ id: string; facilitatorId: number; attendeeIds: number[] }>`
      select s.id, s.team_leader_id as "facilitatorId", array(select t.agent_id from session_attendees t where t.session_id = s.id order by t.agent_id) as "attendeeIds"
      from coaching_sessions s where s.id = any(${[...ids]}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function conditions(filters: SessionFilters): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (filters.agentId !== undefined) found.push(sql`exists (select 1 from session_attendees y where y.session_id = s.id and y.agent_id = ${filters.agentId})`);
  if (filters.teamId) found.push(sql`exists (select 1 from session_attendees y join agents ya on ya.id = y.agent_id where y.session_id = s.id and ya.team_id = ${filters.teamId})`);
  if (filters.facilitatorId !== undefined) found.push(sql`s.team_leader_id = ${filters.facilitatorId}`);
  if (filters.status) found.push(sql`s.status = any(${[...filters.status]}::text[])`);
  if (filters.kind) found.push(sql`s.kind = ${filters.kind}`);
  if (filters.from) found.push(sql`s.scheduled_at >= ${filters.from}::timestamptz`);
  if (filters.to) found.push(sql`s.scheduled_at <= ${filters.to}::timestamptz`);
  return found;
}

/** How somebody answered: the attendee asked for, if one is; among those alone whose answers the reader sees. */
function answers({ acknowledgement, agentId }: SessionFilters, reader: Principal, scope: Scope, now: Date): RawBuilder<unknown>[] {
  if (!acknowledgement) return [];
  const answer = acknowledgement === 'overdue' ? sql`y.acknowledgement = 'pending' and y.due_at < ${now}` : sql`y.acknowledgement = ${acknowledgement}`;
  const who = agentId === undefined ? sql`true` : sql`y.agent_id = ${agentId}`;
  const seen = sql`(s.team_leader_id = ${reader.agentId} or ${scopeSql(scope, { team: 'ya.team_id', agent: 'y.agent_id' })})`;
  return [sql`exists (select 1 from session_attendees y join agents ya on ya.id = y.agent_id where y.session_id = s.id and ${answer} and ${who} and ${seen})`];
}
