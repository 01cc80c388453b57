import type { OnlineStatus } from '../agents/agent.entity.ts';
import { sql, type Db, type RawBuilder } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { kept } from '../db/kept-statements.ts';
import { GRACE_MS, SOCKETLESS_MS, type PresenceSource, type SeenSession } from './follow.ts';

export interface StatusNow {
  readonly status: OnlineStatus;
  readonly reason: string | null;
  readonly reasonCode: string | null;
}

/** What the ledger goes on with. */
export interface NewInterval extends StatusNow {
  readonly source: PresenceSource;
  readonly by: number | null;
  readonly at: Date;
  readonly heldFrom: Date | null;
}

/** The status of somebody who may have left, and the interval of the ledger that says so. */
export interface LockedStatus extends StatusNow {
  readonly isActive: boolean;
  readonly fullName: string;
  readonly teamId: string | null;
  readonly department: string;
  /** Null for a person whose ledger has not begun. */
  readonly source: PresenceSource | null;
  readonly startedAt: Date | null;
  /** Where the status really began, if a correction has split it. */
  readonly heldFrom: Date | null;
}

/** An instant column in milliseconds since the epoch. */
const millis = (column: string): RawBuilder<number> => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
const SECONDS = (ms: number): RawBuilder<unknown> => sql`make_interval(secs => ${ms / 1000})`;

/** The ledger of who was in which status when, and the current status beside the person. */
export class PresenceRepository {
  /**
   * The current status, locked until the transaction ends. Not `for update`: that would stop everybody who writes a
   * row which refers to the person, and the worker that computes their days would wait for us while we wait for it.
   */
  async lock(db: Db, agentId: number): Promise<LockedStatus | undefined> {
    await db.run(sql`${kept}select 1 from agents where id = ${agentId} for no key update`);
    const row = await db.first(sql<Omit<LockedStatus, 'startedAt' | 'heldFrom'> & { startedAt: number | null; heldFrom: number | null }>`${kept}
      select a.online_status as status, a.status_reason as reason, p.reason_code as "reasonCode", a.is_active as "isActive", a.full_name as "fullName",
        a.team_id as "teamId", a.department, p.source, ceil(${millis('p.started_at')})::float8 as "startedAt", ceil(${millis('p.held_from')})::float8 as "heldFrom"
      from agents a left join presence_intervals p on p.agent_id = a.id and p.ended_at is null and p.superseded_at is null
      where a.id = ${agentId}`);
    return row && { ...row, startedAt: row.startedAt === null ? null : new Date(row.startedAt), heldFrom: row.heldFrom === null ? null : new Date(row.heldFrom) };
  }

  /** Ends the open interval at `at` and opens the next one there: no overlap, no hole. `at` is not before the open one began. */
  async change(db: Db, agentId: number, next: NewInterval): Promise<void> {
    const { source, by, at, heldFrom } = next;
    await db.run(sql`${kept}update presence_intervals set ended_at = ${at}, last_heartbeat_at = least(last_heartbeat_at, ${at}::timestamptz)
      where agent_id = ${agentId} and ended_at is null and superseded_at is null`);
    await db.run(sql`${kept}insert into presence_intervals (id, agent_id, status, reason, reason_code, source, started_at, last_heartbeat_at, recorded_by, held_from)
      values (${newId()}, ${agentId}, ${next.status}, ${next.reason}, ${next.reasonCode}, ${source}, ${at}, ${at}, ${by}, ${heldFrom})`);
    await db.run(sql`${kept}update agents set online_status = ${next.status}, status_reason = ${next.reason}, status_since = ${at}, last_seen = ${at} where id = ${agentId}`);
  }

  /** Counts the seconds of the day before the present status began. */
  async recount(db: Db, agentIds: readonly number[], { date, opens }: { date: string; opens: Date }): Promise<void> {
    await db.run(sql`${kept}update agents a set online_day = ${date}::date, online_seconds_before = case when a.status_since > ${opens}
        then presence_online_seconds(a.id, ${opens}, a.status_since) else 0 end
      where a.id = any(${[...agentIds]}::int[])`);
  }

  /** The person's sockets with a sign of life since an instant, by start. */
  async sessionsSince(db: Db, agentId: number, since: Date | null): Promise<SeenSession[]> {
    return db.rows(sql<SeenSession>`${kept}
      select ${millis('started_at')} as "startedAt", ${millis('last_activity')} as "lastSeen" from agent_sessions
      where agent_id = ${agentId} and last_activity >= coalesce(${since}::timestamptz - ${SECONDS(GRACE_MS)}, '-infinity') order by started_at, id`);
  }

  /**
   * Whose status may have to follow their sockets: people who were last heard of a grace ago, and people who are back
   * after an end that nobody decided. May name too many, never too few.
   */
  async due(db: Db, now: Date): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`
      select a.id from agents a
        join presence_intervals p on p.agent_id = a.id and p.ended_at is null and p.superseded_at is null and p.source in ('self', 'leader', 'socket', 'correction')
        left join lateral (select s.last_activity from agent_sessions s where s.agent_id = a.id order by s.last_activity desc limit 1) s on true
      where a.online_status <> 'offline' and case when s.last_activity >= coalesce(p.held_from, p.started_at) - ${SECONDS(GRACE_MS)}
        then s.last_activity <= ${now}::timestamptz - ${SECONDS(GRACE_MS)}
        else p.source = 'self' and coalesce(p.held_from, p.started_at) <= ${now}::timestamptz - ${SECONDS(SOCKETLESS_MS)} end
      union
      select a.id from agent_sessions s
        join agents a on a.id = s.agent_id and a.online_status = 'offline' and a.is_active
        left join presence_intervals p on p.agent_id = a.id and p.ended_at is null and p.superseded_at is null
      where s.is_active and (p.id is null or (p.source in ('socket_lost', 'timeout', 'deactivated') and s.last_activity > coalesce(p.held_from, p.started_at)))
      order by 1`);
    return rows.map((row) => row.id);
  }
}
