import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { SessionRequestEntity, type SessionRequestRecord, type SessionRequestStatus } from './session-request.entity.ts';

/** A request as read, with the names beside the ids. Instants are ISO 8601. */
export interface SessionRequestRow {
  id: string;
  agentId: number;
  agentName: string;
  topic: string;
  message: string | null;
  preferredTimes: string[];
  status: SessionRequestStatus;
  answerDueAt: string;
  isLate: boolean;
  answeredAt: string | null;
  answeredBy: { id: number; name: string } | null;
  declineReason: string | null;
  sessionId: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface SessionRequestFilters {
  readonly agentId?: number | undefined;
  readonly status?: SessionRequestStatus | undefined;
  readonly late?: boolean | undefined;
}

const columns = (now: Date): RawBuilder<unknown> => sql`
  r.id, r.agent_id as "agentId", a.full_name as "agentName", r.topic, r.message, r.preferred_times as "preferredTimes", r.status,
  ${iso('r.answer_due_at')} as "answerDueAt", ${late(now)} as "isLate", ${iso('r.answered_at')} as "answeredAt",
  case when ab.id is not null then json_build_object('id', ab.id, 'name', ab.full_name) end as "answeredBy",
  r.decline_reason as "declineReason", r.session_id as "sessionId", ${iso('r.created_at')} as "createdAt", ${iso('r.updated_at')} as "updatedAt", r.version`;

const from = sql`session_requests r join agents a on a.id = r.agent_id left join agents ab on ab.id = r.answered_by`;

const late = (now: Date): RawBuilder<boolean> => sql`(r.status = 'open' and r.answer_due_at <= ${now})`;

/** So many late ones are reported in one transaction; the rest wait for the next turn. */
const AT_ONCE = 100;

/** Queries on requests; whose may be read is part of every one of them. */
export class SessionRequestRepository {
  async list(db: Db, scope: Scope, filters: SessionRequestFilters, now: Date, page: number, limit: number): Promise<{ rows: SessionRequestRow[]; total: number }> {
    const where = every([readable(scope), ...conditions(filters, now)]);
    const rows = await db.rows(sql<SessionRequestRow>`select ${columns(now)} from ${from} where ${where}
      order by r.status <> 'open', case when r.status = 'open' then r.answer_due_at end, r.answered_at desc, r.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from session_requests r join agents a on a.id = r.agent_id where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, scope: Scope, id: string, now: Date): Promise<SessionRequestRow | undefined> {
    return db.first(sql<SessionRequestRow>`select ${columns(now)} from ${from} where r.id = ${id} and ${readable(scope)}`);
  }

  /** How many of somebody wait for an answer. Until the transaction ends, nobody else adds one of theirs. */
  async countOpen(db: Db, agentId: number): Promise<number> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`session-requests:${agentId}`}, 220))`);
    const row = await db.first(sql<{ n: number }>`select count(*)::int as n from session_requests where agent_id = ${agentId} and status = 'open'`);
    return row?.n ?? 0;
  }

  /** The request for a change, locked until the transaction ends. */
  async forUpdate(db: Db, scope: Scope, id: string): Promise<SessionRequestRecord | undefined> {
    const row = await db.first(sql`select 1 from session_requests r join agents a on a.id = r.agent_id where r.id = ${id} and ${readable(scope)} for update of r`);
    return row ? ((await db.em.findOne(SessionRequestEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  /** Late requests that nobody was told of, which from now on count as told. */
  async claimLate(db: Db, now: Date): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`
      update session_requests r set late_reported_at = ${now}
      where id in (select id from session_requests r where ${late(now)} and late_reported_at is null order by answer_due_at, id limit ${AT_ONCE} for update skip locked)
      returning id`);
    return rows.map((row) => row.id);
  }

  /** Active managers, without that person. */
  async managers(db: Db, exceptId: number): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select id from agents where role = 'manager' and is_active and id <> ${exceptId} order by id`);
    return rows.map((row) => row.id);
  }

  async insert(db: Db, request: Omit<SessionRequestRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(SessionRequestEntity, request)).flush();
  }
}

const readable = (scope: Scope): RawBuilder<unknown> => scopeSql(scope, { team: 'a.team_id', agent: 'r.agent_id' });

function conditions({ agentId, status, late: isLate }: SessionRequestFilters, now: Date): RawBuilder<unknown>[] {
  return [
    ...(agentId === undefined ? [] : [sql`r.agent_id = ${agentId}`]),
    ...(status ? [sql`r.status = ${status}`] : []),
    ...(isLate === undefined ? [] : [isLate ? late(now) : sql`not ${late(now)}`]),
  ];
}
