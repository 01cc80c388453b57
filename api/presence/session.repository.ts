import type { Scope } from '../auth/principal.ts';
import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';

/** A socket as its process knows it. Instants are ISO 8601. */
export interface SocketState {
  readonly id: string;
  readonly agentId: number;
  readonly socketId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly startedAt: string;
  /** The last sign of life; the end, once it has ended. */
  readonly lastActivity: string;
  readonly endedAt: string | null;
  readonly endReason: string | null;
}

/** A row of `agent_sessions` as it is read. */
export interface SessionRow {
  id: string;
  agentId: number;
  socketId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  startedAt: string;
  lastActivity: string;
  endedAt: string | null;
  isActive: boolean;
}

/** One row per socket: what presence follows. */
export class SessionRepository {
  /**
   * Writes how a process's sockets are, in one statement; what it knows of a socket is written whole, so that nothing
   * that could not be written earlier stays unwritten. The open intervals of the people learn when they were last
   * heard of; an interval that is being changed at this moment is passed over.
   */
  async save(db: Db, processId: string, sockets: readonly SocketState[]): Promise<void> {
    await db.run(sql`
      with seen as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(sockets)}::jsonb) as r(id uuid, "agentId" int, "socketId" text, ip inet, "userAgent" text,
          "startedAt" timestamptz, "lastActivity" timestamptz, "endedAt" timestamptz, "endReason" text)
      ),
      heard as (
        select p.id, s.at from (select "agentId" as agent_id, max("lastActivity") as at from seen group by 1) s
        join presence_intervals p on p.agent_id = s.agent_id and p.ended_at is null and p.superseded_at is null
        where p.status <> 'offline' and (p.last_heartbeat_at is null or p.last_heartbeat_at < s.at) and s.at >= p.started_at
        order by p.id for update of p skip locked
      ),
      beaten as (update presence_intervals p set last_heartbeat_at = h.at from heard h where p.id = h.id)
      insert into agent_sessions as s (id, agent_id, socket_id, ip_address, user_agent, started_at, last_activity, ended_at, is_active, end_reason, process_id)
      select r.id, r."agentId", r."socketId", r.ip, r."userAgent", r."startedAt", r."lastActivity", r."endedAt", r."endedAt" is null, r."endReason", ${processId}::uuid
      from seen r order by r.id
      on conflict (id) do update set last_activity = greatest(s.last_activity, excluded.last_activity), ended_at = excluded.ended_at,
        is_active = excluded.is_active, end_reason = excluded.end_reason`);
  }

  /** Ends what has given no sign of life since an instant: its process is gone. @returns how many */
  async endSilent(db: Db, since: Date, reason: 'lost' | 'timeout'): Promise<number> {
    return db.run(sql`update agent_sessions set is_active = false, ended_at = last_activity, end_reason = ${reason}
      where id in (select id from agent_sessions where is_active and last_activity < ${since} order by id for update skip locked)`);
  }

  /** One page, newest first; undefined where the person is not in the scope. */
  async list(db: Db, scope: Scope, agentId: number, filters: { active?: boolean | undefined }, page: { page: number; limit: number }): Promise<{ rows: SessionRow[]; total: number } | undefined> {
    const person = await db.first(sql`select 1 from agents a where a.id = ${agentId} and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}`);
    if (!person) return undefined;
    const where = sql`s.agent_id = ${agentId} and (${filters.active ?? null}::boolean is null or s.is_active = ${filters.active ?? null})`;
    const rows = await db.rows(sql<SessionRow>`
      select s.id, s.agent_id as "agentId", s.socket_id as "socketId", host(s.ip_address) as "ipAddress", s.user_agent as "userAgent",
        ${iso('s.started_at')} as "startedAt", ${iso('s.last_activity')} as "lastActivity", ${iso('s.ended_at')} as "endedAt", s.is_active as "isActive"
      from agent_sessions s where ${where} order by s.started_at desc, s.id desc limit ${page.limit} offset ${(page.page - 1) * page.limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from agent_sessions s where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }
}
