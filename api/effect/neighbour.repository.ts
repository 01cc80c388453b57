import { sql, type Db } from '../db/db.ts';

/** The days on which a person was coached around a session. */
export interface Neighbours {
  readonly previousOn: string | null;
  readonly nextOn: string | null;
}

/** Reads what lies around a session. */
export class NeighbourRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** The nearest days before and after a business day on which the person attended a session that was completed. */
  async around(db: Db, agentId: number, day: string): Promise<Neighbours> {
    const row = await db.first(sql<Neighbours>`
      select max(held.day) filter (where held.day < ${day}::date)::text as "previousOn",
        min(held.day) filter (where held.day > ${day}::date)::text as "nextOn"
      from (
        select (coalesce(s.started_at, s.completed_at) at time zone ${this.#timezone})::date as day
        from session_attendees t join coaching_sessions s on s.id = t.session_id
        where t.agent_id = ${agentId} and s.status = 'completed'
      ) held`);
    return row ?? { previousOn: null, nextOn: null };
  }
}
