import { sql, type Db } from '../db/db.ts';
import type { AcknowledgementStatus, DisputeOutcome } from './session.repository.ts';
import { signsIn } from './session.sql.ts';

/** What an attendee's answer and their dispute are at, locked with the session they belong to. */
export interface AnswerRow {
  readonly agentId: number;
  readonly teamId: string | null;
  readonly status: AcknowledgementStatus;
  readonly dispute: { readonly ownerId: number; readonly outcome: DisputeOutcome | null } | null;
}

/** An answer, or a decision, that is late. */
export interface Late {
  readonly sessionId: string;
  readonly agentId: number;
  readonly ownerId: number;
}

/** What attendees answered to what was put down, and what was decided where they disagreed. Lock the session first. */
export class AcknowledgementRepository {
  async answers(db: Db, sessionId: string): Promise<AnswerRow[]> {
    return db.rows(sql<AnswerRow>`
      select t.agent_id as "agentId", a.team_id as "teamId", t.acknowledgement as status,
        case when d.owner_id is not null then json_build_object('ownerId', d.owner_id, 'outcome', d.outcome) end as dispute
      from session_attendees t join agents a on a.id = t.agent_id
      left join session_disputes d on d.session_id = t.session_id and d.agent_id = t.agent_id
      where t.session_id = ${sessionId} order by t.agent_id`);
  }

  /** From now on an answer is waited for; one that was given is forgotten. */
  async ask(db: Db, sessionId: string, agentId: number, dueAt: Date): Promise<void> {
    await db.run(sql`update session_attendees set acknowledgement = 'pending', due_at = ${dueAt}, answered_at = null, comment = null, reported_at = null
      where session_id = ${sessionId} and agent_id = ${agentId}`);
  }

  async answer(db: Db, sessionId: string, agentId: number, answer: { status: 'acknowledged' | 'disputed'; comment: string | null; now: Date }): Promise<void> {
    await db.run(sql`update session_attendees set acknowledgement = ${answer.status}, answered_at = ${answer.now}, comment = ${answer.comment}
      where session_id = ${sessionId} and agent_id = ${agentId}`);
  }

  async dispute(db: Db, sessionId: string, agentId: number, dispute: { comment: string; ownerId: number; dueAt: Date; now: Date }): Promise<void> {
    const { comment, ownerId, dueAt, now } = dispute;
    await db.run(sql`insert into session_disputes (session_id, agent_id, comment, raised_at, owner_id, due_at) values (${sessionId}, ${agentId}, ${comment}, ${now}, ${ownerId}, ${dueAt})
      on conflict (session_id, agent_id) do update set comment = excluded.comment, raised_at = excluded.raised_at, owner_id = excluded.owner_id, due_at = excluded.due_at,
        outcome = null, resolution = null, resolved_by = null, resolved_at = null, reported_at = null`);
  }

  async resolve(db: Db, sessionId: string, agentId: number, decision: { outcome: DisputeOutcome; resolution: string; by: number; now: Date }): Promise<void> {
    const { outcome, resolution, by, now } = decision;
    await db.run(sql`update session_disputes set outcome = ${outcome}, resolution = ${resolution}, resolved_by = ${by}, resolved_at = ${now}
      where session_id = ${sessionId} and agent_id = ${agentId}`);
  }

  async reassign(db: Db, sessionId: string, agentId: number, ownerId: number): Promise<void> {
    await db.run(sql`update session_disputes set owner_id = ${ownerId}, reported_at = null where session_id = ${sessionId} and agent_id = ${agentId}`);
  }

  /**
   * Who may decide a dispute, the likeliest first: managers, those who have signed in before others, those of the
   * facilitator's department before others and whoever has fewest open disputes before the rest; administrators; other
   * leaders of the attendee. The facilitator comes last, for where nobody else is there. Whoever cannot sign in decides
   * nothing, unless nobody at all can.
   */
  async deciders(db: Db, { facilitatorId, agentId }: { facilitatorId: number; agentId: number }): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number; able: boolean }>`
      select a.id, ${signsIn('a')} as able from agents a left join agents f on f.id = ${facilitatorId}
      where a.is_active and a.id <> ${agentId} and (a.role in ('manager', 'admin') or a.id = ${facilitatorId} or (a.role = 'team_leader' and exists (
        select 1 from team_leaders l join agents t on t.team_id = l.team_id where l.agent_id = a.id and t.id = ${agentId})))
      order by a.id = f.id, array_position(array['manager', 'admin', 'team_leader'], a.role::text), a.last_login_at is null, a.department <> f.department,
        (select count(*) from session_disputes d where d.owner_id = a.id and d.outcome is null), a.id`);
    const able = rows.filter((row) => row.able);
    return (able.length > 0 ? able : rows).map((row) => row.id);
  }

  /** Answers that are late and were not reported; marked as reported. */
  async reportLateAnswers(db: Db, now: Date, limit: number): Promise<Late[]> {
    return db.rows(sql<Late>`
      update session_attendees t set reported_at = ${now} from coaching_sessions s
      where s.id = t.session_id and (t.session_id, t.agent_id) in (
        select x.session_id, x.agent_id from session_attendees x
        where x.acknowledgement = 'pending' and x.due_at < ${now} and x.reported_at is null order by x.due_at limit ${limit} for update skip locked)
      returning t.session_id as "sessionId", t.agent_id as "agentId", s.team_leader_id as "ownerId"`);
  }

  /** The same for decisions. */
  async reportLateDecisions(db: Db, now: Date, limit: number): Promise<Late[]> {
    return db.rows(sql<Late>`
      update session_disputes d set reported_at = ${now}
      where (d.session_id, d.agent_id) in (
        select x.session_id, x.agent_id from session_disputes x
        where x.outcome is null and x.due_at < ${now} and x.reported_at is null order by x.due_at limit ${limit} for update skip locked)
      returning d.session_id as "sessionId", d.agent_id as "agentId", d.owner_id as "ownerId"`);
  }
}
