import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { SESSION_MINUTES, type PlannedSession } from './coaching-plan.ts';
import type { DemoIds } from './demo.repository.ts';
import { insertRows, instants, type Column } from './insert-rows.sql.ts';
import type { PlannedAnswer, PlannedComment, PlannedRecord } from './session-plan.ts';

/** A session with what was put down about it and what was said to that. */
export interface ToldSession {
  readonly session: PlannedSession;
  readonly record: PlannedRecord;
  readonly answers: readonly PlannedAnswer[];
}

/** Who decides disputes in the story. */
const OWNER = 'manager';

/** Writes the demo's coaching sessions in sets, with everything that belongs to them. */
export class DemoSessionsRepository {
  async insert(db: Db, told: readonly ToldSession[], comments: readonly PlannedComment[], { people }: DemoIds, now: Date): Promise<void> {
    const rows = told.map(({ session, record }) => {
      const isHeld = session.completedAt <= now.getTime();
      const isGroup = session.others.length > 0;
      return [
        session.id, isGroup ? 'group' : 'one_to_one', isGroup ? null : people.get(session.with), people.get(session.leader), people.get(session.leader), isHeld ? 'completed' : 'scheduled',
        SESSION_MINUTES, JSON.stringify(session.focus), agendaText(session, record, people, isHeld), ...recordCells(session, record, people, isHeld),
        session.scheduledAt, isHeld ? session.scheduledAt : null, isHeld ? session.completedAt : null, session.createdAt, isHeld ? session.completedAt : session.createdAt,
      ];
    });
    await insertRows(db, 'coaching_sessions', SESSION_COLUMNS, rows, { more: instants('scheduled_at', 'started_at', 'completed_at', 'created_at', 'updated_at') });
    await insertRows(db, 'session_attendees', ATTENDEE_COLUMNS, told.flatMap((one) => attendeeRows(one, people, now)), { more: instants('due_at', 'answered_at', 'reported_at') });
    await insertRows(db, 'session_disputes', DISPUTE_COLUMNS, told.flatMap((one) => disputeRows(one, people, now)), { more: instants('raised_at', 'due_at', 'resolved_at') });
    const said = comments.filter((comment) => comment.at <= now.getTime()).map((comment) => [comment.id, comment.sessionId, people.get(comment.by), comment.text, comment.at]);
    await insertRows(db, 'session_comments', COMMENT_COLUMNS, said, { more: instants('created_at') });
    await this.#tellOwners(db, told.map(({ session }) => session.id));
  }

  /** Whoever has to decide a dispute has been told of it, as they are of every other. */
  async #tellOwners(db: Db, sessionIds: readonly string[]): Promise<void> {
    await db.run(sql`
      insert into notifications (id, recipient_id, sender_id, type, title, message, data, created_at, updated_at)
      select gen_random_uuid(), d.owner_id, d.agent_id, 'session_disputed',
        a.full_name || ' disputes the record of the session of ' || to_char(s.scheduled_at, 'FMDD FMMonth YYYY'), d.comment,
        jsonb_build_object('sessionId', s.id, 'agentId', s.agent_id, 'scheduledAt', ${iso('s.scheduled_at')}), d.raised_at, d.raised_at
      from session_disputes d join coaching_sessions s on s.id = d.session_id join agents a on a.id = d.agent_id
      where d.outcome is null and d.session_id = any(${[...sessionIds]}::uuid[])`);
  }

  /** Sessions of the story whose time has come and gone were held; whoever attended is asked, and has answered by now or not. */
  async complete(db: Db, told: readonly ToldSession[], { people }: DemoIds, now: Date): Promise<void> {
    const past = told.filter(({ session }) => session.completedAt <= now.getTime());
    const cells = past.map(({ session, record }) => [session.id, session.completedAt, agendaText(session, record, people, true), ...recordCells(session, record, people, true)]);
    const column = (n: number): unknown[] => cells.map((row) => row[n]);
    await db.run(sql`
      update coaching_sessions s set status = 'completed', started_at = s.scheduled_at, completed_at = to_timestamp(v.at / 1000), version = s.version + 1,
        agenda = v.agenda::jsonb, summary = v.summary, commitments = v.commitments::jsonb, engagement_score = v.engagement, updated_at = to_timestamp(v.at / 1000)
      from unnest(${column(0)}::uuid[], ${column(1)}::float8[], ${column(2)}::text[], ${column(3)}::text[], ${column(4)}::text[], ${column(5)}::int[]) as v(id, at, agenda, summary, commitments, engagement)
      where s.id = v.id and s.status = 'scheduled' and s.scheduled_at < ${now}`);
    await this.#answer(db, past.flatMap((one) => attendeeRows(one, people, now)));
  }

  /** What people would have answered by now, where they have not; who has answered by themselves is left alone. */
  async #answer(db: Db, rows: readonly (readonly unknown[])[]): Promise<void> {
    const column = (n: number): unknown[] => rows.map((row) => row[n] ?? null);
    await db.run(sql`
      update session_attendees t set acknowledgement = v.status, comment = v.comment, due_at = to_timestamp(v.due / 1000), answered_at = to_timestamp(v.answered / 1000)
      from unnest(${column(0)}::uuid[], ${column(1)}::int[], ${column(2)}::text[], ${column(3)}::text[], ${column(4)}::float8[], ${column(5)}::float8[]) as v(session_id, agent_id, status, comment, due, answered)
      join coaching_sessions s on s.id = v.session_id
      where t.session_id = v.session_id and t.agent_id = v.agent_id and s.status = 'completed' and t.acknowledgement in ('none', 'pending') and t.acknowledgement <> v.status`);
  }
}

type People = DemoIds['people'];

function agendaText({ leader }: PlannedSession, { agenda }: PlannedRecord, people: People, isHeld: boolean): string {
  return JSON.stringify(agenda.map(({ id, title }) => ({ id, title, detail: null, source: 'leader', refId: null, addedBy: people.get(leader) ?? null, covered: isHeld })));
}

/** Summary, commitments and engagement. */
function recordCells(session: PlannedSession, { summary, commitments, engagement }: PlannedRecord, people: People, isHeld: boolean): [string, string, number | null] {
  if (!isHeld) return ['', '[]', null];
  const personId = session.others.length > 0 ? null : (people.get(session.with) ?? null);
  return [summary, JSON.stringify(commitments.map(({ id, text }) => ({ id, text, personId, dueOn: null }))), engagement];
}

function attendeeRows({ session, answers }: ToldSession, people: People, now: Date): (string | number | null | undefined)[][] {
  const isHeld = session.completedAt <= now.getTime();
  return answers.map(({ username, dueAt, answeredAt, comment, dispute }) => {
    const hasAnswered = isHeld && answeredAt !== null && answeredAt <= now.getTime();
    const status = !isHeld ? 'none' : !hasAnswered ? 'pending' : dispute ? 'disputed' : 'acknowledged';
    // What is late in the story is no news to anybody.
    const reportedAt = status === 'pending' && dueAt <= now.getTime() ? dueAt : null;
    return [session.id, people.get(username), status, hasAnswered ? comment : null, isHeld ? dueAt : null, hasAnswered ? answeredAt : null, reportedAt];
  });
}

function disputeRows({ session, answers }: ToldSession, people: People, now: Date): (string | number | null | undefined)[][] {
  return answers.flatMap(({ username, answeredAt, dispute }) => {
    if (!dispute || answeredAt === null || answeredAt > now.getTime()) return [];
    const { comment, dueAt, decided } = dispute;
    return [[session.id, people.get(username), comment, people.get(OWNER), decided?.outcome ?? null, decided?.resolution ?? null, decided ? people.get(OWNER) : null, answeredAt, dueAt, decided?.at ?? null]];
  });
}

const SESSION_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['kind', 'text'], ['agent_id', 'int'], ['team_leader_id', 'int'], ['created_by', 'int'], ['status', 'text'], ['duration_minutes', 'int'], ['focus_metrics', 'jsonb'],
  ['agenda', 'jsonb'], ['summary', 'text'], ['commitments', 'jsonb'], ['engagement_score', 'int'],
  ['*scheduled_at', 'float8'], ['*started_at', 'float8'], ['*completed_at', 'float8'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];
const ATTENDEE_COLUMNS: readonly Column[] = [
  ['session_id', 'uuid'], ['agent_id', 'int'], ['acknowledgement', 'text'], ['comment', 'text'], ['*due_at', 'float8'], ['*answered_at', 'float8'], ['*reported_at', 'float8'],
];
const DISPUTE_COLUMNS: readonly Column[] = [
  ['session_id', 'uuid'], ['agent_id', 'int'], ['comment', 'text'], ['owner_id', 'int'], ['outcome', 'text'], ['resolution', 'text'], ['resolved_by', 'int'],
  ['*raised_at', 'float8'], ['*due_at', 'float8'], ['*resolved_at', 'float8'],
];
const COMMENT_COLUMNS: readonly Column[] = [['id', 'uuid'], ['session_id', 'uuid'], ['author_id', 'int'], ['content', 'text'], ['*created_at', 'float8']];
