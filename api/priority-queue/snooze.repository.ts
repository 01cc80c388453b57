import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** Somebody taken out of the queue for a while. */
export interface Snooze {
  readonly id: string;
  readonly agentId: number;
  readonly until: string;
  readonly reason: string;
  readonly createdBy: { readonly id: number; readonly name: string };
  readonly createdAt: string;
}

export class SnoozeRepository {
  /** Keeps two leaders from snoozing the same person at once. */
  async lock(db: Db, agentId: number): Promise<void> {
    await db.run(sql`select 1 from agents where id = ${agentId} for no key update`);
  }

  async insert(db: Db, snooze: { id: string; agentId: number; until: Date; reason: string; createdBy: number; createdAt: Date }): Promise<Snooze> {
    await db.run(sql`insert into queue_snoozes (id, agent_id, until, reason, created_by, created_at)
      values (${snooze.id}, ${snooze.agentId}, ${snooze.until}, ${snooze.reason}, ${snooze.createdBy}, ${snooze.createdAt})`);
    const row = await db.first(sql<Snooze>`
      select z.id, z.agent_id as "agentId", ${iso('z.until')} as until, z.reason, ${iso('z.created_at')} as "createdAt",
        json_build_object('id', a.id, 'name', a.full_name) as "createdBy"
      from queue_snoozes z join agents a on a.id = z.created_by where z.id = ${snooze.id}`);
    return row!; // just written in this transaction
  }

  /** Ends what is running. @returns how many snoozes that were */
  async clear(db: Db, agentId: number, now: Date): Promise<number> {
    return db.run(sql`update queue_snoozes set cleared_at = ${now} where agent_id = ${agentId} and cleared_at is null and until > ${now}`);
  }
}
