import { sql, type Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { OnlineStatus } from '../agents/agent.entity.ts';

/** Who or what changed a status. */
export type PresenceSource = 'self' | 'leader' | 'socket_lost' | 'timeout' | 'host' | 'import' | 'system';

export interface StatusNow {
  status: OnlineStatus;
  reason: string | null;
}

/** The status of somebody who may have left. */
export interface LockedStatus extends StatusNow {
  isActive: boolean;
}

/** The ledger of who was in which status when, and the current status beside the person. */
export class PresenceRepository {
  /** The current status, locked until the transaction ends. */
  async lock(db: Db, agentId: number): Promise<LockedStatus | undefined> {
    return db.first(sql<LockedStatus>`select online_status as status, status_reason as reason, is_active as "isActive" from agents where id = ${agentId} for update`);
  }

  /** Ends the open interval at `now` and opens the next one: no overlap, no hole. */
  async change(db: Db, agentId: number, next: StatusNow, source: PresenceSource, by: number | null, now: Date): Promise<void> {
    await db.run(sql`update presence_intervals set ended_at = greatest(started_at, ${now}::timestamptz) where agent_id = ${agentId} and ended_at is null`);
    await db.run(sql`insert into presence_intervals (id, agent_id, status, reason, source, started_at, last_heartbeat_at, recorded_by)
      values (${newId()}, ${agentId}, ${next.status}, ${next.reason}, ${source}, ${now}, ${now}, ${by})`);
    await db.run(sql`update agents set online_status = ${next.status}, status_reason = ${next.reason}, status_since = ${now}, last_seen = ${now} where id = ${agentId}`);
  }
}
