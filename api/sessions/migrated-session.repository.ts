import { sql, type Db } from '../db/db.ts';
import { RowSet } from '../db/row-set.ts';
import type { SessionKind, SessionStatus } from './session.entity.ts';

/** A coaching session of an old system. Instants are ISO 8601. */
export interface MigratedSession {
  readonly kind: SessionKind;
  /** Of a session with one person: that person. */
  readonly agentId: number | null;
  readonly attendeeIds: readonly number[];
  readonly facilitatorId: number;
  readonly status: SessionStatus;
  readonly scheduledAt: string;
  readonly durationMinutes: number;
  readonly discussionNotes: string;
  readonly summary: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly createdAt: string;
}

export const sessionRows = new RowSet<MigratedSession & { readonly id: string }>('coaching_sessions', {
  kind: ['kind', 'text'], agentId: ['agent_id', 'int'], facilitatorId: ['team_leader_id', 'int'], status: ['status', 'text'], scheduledAt: ['scheduled_at', 'timestamptz'],
  durationMinutes: ['duration_minutes', 'int'], discussionNotes: ['discussion_notes', 'text'], summary: ['summary', 'text'], startedAt: ['started_at', 'timestamptz'],
  completedAt: ['completed_at', 'timestamptz'], createdAt: ['created_at', 'timestamptz'],
});

/** Exactly these people attend; nobody is asked to acknowledge what is long past. */
export async function setAttendees(db: Db, sessions: readonly { readonly id: string; readonly attendeeIds: readonly number[] }[]): Promise<void> {
  const pairs = sessions.flatMap(({ id, attendeeIds }) => attendeeIds.map((agentId) => ({ id, agentId })));
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as w(id uuid, "agentId" int)`;
  await db.run(sql`delete from session_attendees a where a.session_id = any(${sessions.map(({ id }) => id)}::uuid[])
    and not exists (select from ${wanted} where w.id = a.session_id and w."agentId" = a.agent_id)`);
  await db.run(sql`insert into session_attendees (session_id, agent_id) select w.id, w."agentId" from ${wanted} on conflict do nothing`);
}
