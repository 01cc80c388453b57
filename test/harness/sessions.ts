import { sql, type Db } from '../../api/db/db.ts';
import { newId } from '../../api/db/ids.ts';

/** A coaching session as a test writes it; what is left out is a one-to-one that was completed when it was planned. */
export interface TestSession {
  readonly attendees: readonly number[];
  readonly leaderId: number;
  /** When it was, or is, to be held. */
  readonly at: string;
  readonly status?: 'scheduled' | 'preparing' | 'live' | 'completed' | 'cancelled' | 'no_show';
  readonly focusMetrics?: readonly string[];
  readonly commitments?: readonly object[];
  readonly agenda?: readonly object[];
  /** Of every attendee. */
  readonly answer?: 'none' | 'pending' | 'acknowledged' | 'disputed';
  readonly answerDueAt?: string;
  /** Of a dispute; null for one that is open. */
  readonly dispute?: 'upheld' | 'amended' | 'rejected' | null;
}

/** Writes a session as it stands, past the rules of the room and without an event. @returns its id */
export async function insertSession(db: Db, session: TestSession): Promise<string> {
  const id = newId();
  const { attendees, leaderId, at, status = 'completed', focusMetrics = [], commitments = [], agenda = [], answer = 'none', answerDueAt = null, dispute } = session;
  const one = attendees.length === 1 ? attendees[0]! : null;
  const done = status === 'completed' ? at : null;
  await db.run(sql`
    insert into coaching_sessions (id, kind, agent_id, team_leader_id, status, scheduled_at, started_at, completed_at, focus_metrics, commitments, agenda, created_at)
    values (${id}, ${one === null ? 'group' : 'one_to_one'}, ${one}, ${leaderId}, ${status}, ${at}, ${done}, ${done}, ${JSON.stringify(focusMetrics)}::jsonb,
      ${JSON.stringify(commitments)}::jsonb, ${JSON.stringify(agenda)}::jsonb, ${at}::timestamptz - interval '7 days')`);
  await db.run(sql`insert into session_attendees (session_id, agent_id, acknowledgement, due_at)
    select ${id}, agent_id, ${answer}, ${answerDueAt}::timestamptz from unnest(${[...attendees]}::int[]) as w(agent_id)`);
  if (dispute !== undefined) {
    await db.run(sql`insert into session_disputes (session_id, agent_id, comment, raised_at, owner_id, due_at, outcome)
      select ${id}, agent_id, 'I see it differently.', ${at}, ${leaderId}, ${at}, ${dispute} from unnest(${[...attendees]}::int[]) as w(agent_id)`);
  }
  return id;
}
