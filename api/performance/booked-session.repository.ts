import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** A coaching session that is still to be held. Keys are those of the wire. */
export interface BookedSession {
  readonly id: string;
  readonly scheduledAt: string;
  readonly durationMinutes: number;
  readonly leaderName: string;
}

/** Reads what is booked, as a summary shows it. */
export class BookedSessionRepository {
  /** The next one that is not over at an instant, alone or in a group. */
  next(db: Db, agentId: number, at: Date): Promise<BookedSession | undefined> {
    return db.first(sql<BookedSession>`
      select s.id, ${iso('s.scheduled_at')} as "scheduledAt", s.duration_minutes as "durationMinutes", l.full_name as "leaderName"
      from session_attendees t join coaching_sessions s on s.id = t.session_id join agents l on l.id = s.team_leader_id
      where t.agent_id = ${agentId} and s.status in ('scheduled', 'preparing', 'live')
        and s.scheduled_at + make_interval(mins => s.duration_minutes) > ${at}
      order by s.scheduled_at, s.id limit 1`);
  }
}
