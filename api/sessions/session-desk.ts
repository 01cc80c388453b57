import { scopeOf, leads, isManager, type Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, notFound, Problem } from '../errors/problem.ts';
import type { Audience } from '../events/event.ts';
import type { SessionRecord, SessionStatus } from './session.entity.ts';
import { presentWholeSession } from './session.presenter.ts';
import type { SessionRepository, SessionRow } from './session.repository.ts';
import { sessionUpdated } from './sessions.events.ts';

/** A session that is being changed: the row to change, and how it was read before. */
export interface OpenSession {
  readonly record: SessionRecord;
  readonly before: SessionRow;
}

/** What others need to know of a session. Instants are ISO 8601. */
export interface ReachedSession extends Pick<SessionRow, 'id' | 'status' | 'scheduledAt' | 'startedAt' | 'completedAt' | 'focusMetrics'> {
  readonly facilitatorId: number;
  readonly attendeeIds: readonly number[];
}

/** Tells what has become of goals with a session about them; the goals room lends it. */
export type AnnounceGoals = (tx: Tx, ids: readonly string[]) => Promise<void>;

/** Whether what is announced is one of many in a row. */
type Passing = Partial<Pick<Audience, 'passing'>>;

/** States in which a session can still take place. */
export const AHEAD: readonly SessionStatus[] = ['scheduled', 'preparing', 'live'];

/** What every service of the room does with sessions: find them in the caller's reach, lock them, tell what became of them. */
export class SessionDesk {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #announceGoals: AnnounceGoals;

  constructor(deps: { uow: UnitOfWork; sessions: SessionRepository; announceGoals: AnnounceGoals }) {
    this.#uow = deps.uow;
    this.#announceGoals = deps.announceGoals;
    this.#sessions = deps.sessions;
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<SessionRow> {
    const row = await this.#uow.read((db) => this.#sessions.byId(db, by, scopeOf(by), id));
    if (!row) throw notFound('Session');
    return row;
  }

  /** The same as rooms know it that look at who was coached, when and on what. @throws Problem 404. */
  async reached(by: Principal, id: string): Promise<ReachedSession> {
    const { status, scheduledAt, startedAt, completedAt, focusMetrics, ...row } = await this.get(by, id);
    return { id, status, scheduledAt, startedAt, completedAt, focusMetrics, ...audienceOf(row) };
  }

  /** The session, locked until the transaction ends. @throws Problem 404. */
  async open(tx: Tx, by: Principal, id: string): Promise<OpenSession> {
    const record = await this.#sessions.forUpdate(tx, by, scopeOf(by), id);
    if (!record) throw notFound('Session');
    return { record, before: await this.get(by, id) };
  }

  /** The same, for those who run it. @throws Problem 403, 404. */
  async openToRun(tx: Tx, by: Principal, id: string): Promise<OpenSession> {
    const session = await this.open(tx, by, id);
    assertRuns(by, session.before);
    return session;
  }

  /** Writes what was changed in the record, and tells everybody who may read the session. */
  async announce(tx: Tx, record: SessionRecord, how: Passing = {}): Promise<SessionRow> {
    record.updatedAt = tx.now;
    await tx.em.flush();
    return this.announceAsStored(tx, record.id, how);
  }

  /** Goals that a session is no longer about. */
  async leaveGoals(tx: Tx, before: SessionRow, after: SessionRow): Promise<void> {
    await this.#announceGoals(tx, before.goalIds.filter((id) => !after.goalIds.includes(id)));
  }

  async announceAsStored(tx: Tx, id: string, how: Passing = {}): Promise<SessionRow> {
    const row = await this.#sessions.whole(tx, id);
    if (!row) throw notFound('Session');
    tx.record(sessionUpdated.record(id, presentWholeSession(row), { ...audienceOf(row), ...how }));
    if (!how.passing) await this.#announceGoals(tx, row.goalIds);
    return row;
  }
}

export const audienceOf = (row: Pick<SessionRow, 'facilitator' | 'attendees'>): { facilitatorId: number; attendeeIds: number[] } => ({
  facilitatorId: row.facilitator.id,
  attendeeIds: row.attendees.map(({ id }) => id),
});

/** Everybody who takes part, the facilitator first. */
export const participantsOf = (row: SessionRow): { id: number; name: string }[] => [row.facilitator, ...row.attendees.map(({ id, name }) => ({ id, name }))];

export const attends = (by: Principal, row: SessionRow): boolean => row.attendees.some(({ id }) => id === by.agentId);

/** Holds it, or leads somebody in it; nobody runs the session they are coached in. */
export function runs(by: Principal, row: SessionRow): boolean {
  if (attends(by, row)) return false;
  return isManager(by) || (by.role === 'team_leader' && (row.facilitator.id === by.agentId || row.teamIds.some((teamId) => leads(by, teamId))));
}

/** @throws Problem 403. */
export function assertRuns(by: Principal, row: SessionRow): void {
  if (!runs(by, row)) throw forbidden('A session is run by its facilitator and by those who lead the people in it.', 'not_yours_to_run');
}

/** @param refusal what cannot be done, as a sentence @throws Problem 409 naming the state the session is in. */
export function assertState(record: SessionRecord, allowed: readonly SessionStatus[], refusal: string): void {
  if (allowed.includes(record.status)) return;
  throw new Problem(409, 'wrong_state', `The session is ${SPOKEN[record.status]}: ${refusal}.`, { extensions: { state: record.status } });
}

const SPOKEN: Readonly<Record<SessionStatus, string>> = {
  scheduled: 'scheduled',
  preparing: 'being prepared',
  live: 'live',
  completed: 'completed',
  cancelled: 'cancelled',
  no_show: 'a no-show',
};
