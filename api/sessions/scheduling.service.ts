import { scopeOf, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/db.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, preconditionFailed, unprocessable } from '../errors/problem.ts';
import { TARGET_METRICS } from '../performance/team-settings.ts';
import type { Bookings, Booking } from './bookings.ts';
import { AHEAD, assertState, audienceOf, runs, type SessionDesk } from './session-desk.ts';
import { agendaFrom, countWrites, type LiveField, type NewAgendaPoint } from './session-document.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { AgendaPoint, SessionRecord } from './session.entity.ts';
import { presentSession, type SessionView } from './session.presenter.ts';
import type { FocusMetric, SessionFilters, SessionPlace, SessionRepository, SessionRow } from './session.repository.ts';
import { sessionWithdrawn } from './sessions.events.ts';

export interface NewSession {
  readonly agentId?: number | undefined;
  readonly attendeeIds?: readonly number[] | undefined;
  /** Who holds it; the caller, if it is left out. */
  readonly facilitatorId?: number | undefined;
  readonly scheduledAt: string;
  readonly durationMinutes?: number | undefined;
  readonly agenda?: readonly NewAgendaPoint[] | undefined;
  readonly focusMetrics?: readonly FocusMetric[] | undefined;
  readonly remoteUrl?: string | undefined;
  readonly templateId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly previousSessionId?: string | undefined;
  readonly goalIds?: readonly string[] | undefined;
  /** Somebody is on leave then and has agreed to come. */
  readonly despiteLeave?: boolean | undefined;
}

export type SessionChanges = Partial<Omit<NewSession, 'remoteUrl' | 'templateId' | 'requestId' | 'previousSessionId'>> & { readonly remoteUrl?: string | null | undefined };

const DEFAULT_MINUTES = 30;

/** What a session may refer to; the rooms of templates, goals and requests lend it. */
export interface SessionReferences {
  /** What a template begins a session with. @throws Problem 422 */
  readonly template: (by: Principal, id: string) => Promise<{ readonly durationMinutes?: number | undefined; readonly agenda?: readonly { title: string; detail?: string | undefined }[] | undefined; readonly focusMetrics?: readonly string[] | undefined }>;
  /** @throws Problem 422 where one of these is no goal of one of these people. */
  readonly assertGoals: (db: Db, ids: readonly string[], agentIds: readonly number[]) => Promise<void>;
  /** What somebody who is to attend asked to talk about. @throws Problem 422 */
  readonly request: (by: Principal, id: string, attendeeIds: readonly number[]) => Promise<{ readonly id: string; readonly agentId: number; readonly topic: string; readonly message: string | null }>;
  /** Tells who holds a session from now on what was agreed in it so far. */
  readonly announceAgreed: (tx: Tx, sessionId: string) => Promise<void>;
  /** Answers a request with the session that was scheduled for it. @throws Problem 403, 409, 422 */
  readonly answerRequest: (by: Principal, id: string, session: { readonly id: string; readonly attendeeIds: readonly number[] }) => Promise<unknown>;
}

/** When people sit down, who with whom, and what about. */
export class SchedulingService {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #desk: SessionDesk;
  readonly #bookings: Bookings;
  readonly #letters: SessionLetters;
  readonly #references: SessionReferences;
  readonly #now: () => Date;

  constructor(deps: { uow: UnitOfWork; sessions: SessionRepository; desk: SessionDesk; bookings: Bookings; letters: SessionLetters; references: SessionReferences; now: () => Date }) {
    this.#uow = deps.uow;
    this.#sessions = deps.sessions;
    this.#desk = deps.desk;
    this.#bookings = deps.bookings;
    this.#letters = deps.letters;
    this.#references = deps.references;
    this.#now = deps.now;
  }

  list(by: Principal, filters: SessionFilters, page: number, limit: number): Promise<{ rows: SessionRow[]; total: number }> {
    return this.#uow.read((db) => this.#sessions.list(db, by, scopeOf(by), filters, this.#now(), page, limit));
  }

  /** All of them, page by page, the latest first, as the reader sees them: what {@link list} would show. */
  async *pages(by: Principal, filters: Omit<SessionFilters, 'acknowledgement' | 'order'>, gone?: AbortSignal): AsyncGenerator<readonly SessionView[]> {
    const read = (after: SessionPlace | undefined, size: number) => this.#uow.report((db) => this.#sessions.page(db, by, scopeOf(by), filters, after, size), gone);
    for await (const rows of pagesOf(PAGE_ROWS, read, ({ position, id }) => ({ scheduledAt: position, id }))) yield rows.map((row) => presentSession(row, by));
  }

  /** @throws Problem 404. */
  get(by: Principal, id: string): Promise<SessionRow> {
    return this.#desk.get(by, id);
  }

  /**
   * @throws Problem 403 (a request of one's own), 404 (nobody of that id in scope), 409 (a clash, with it; a request that was
   * answered), 422 (past, on leave, cannot take part; a template, goal, request or session that is none)
   */
  schedule(by: Principal, asked: NewSession): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const data = await this.#fromTemplate(by, asked);
      const people = attendeesOf(data);
      if (!people) throw unprocessable('who_attends', 'Say with whom: agentId for one person, attendeeIds for a group.', [{ path: '/body/agentId', message: 'either this or attendeeIds' }]);
      const previous = data.previousSessionId === undefined ? null : await this.#previous(tx, by, data.previousSessionId);
      const booking: Booking = {
        id: newId(),
        facilitatorId: data.facilitatorId ?? by.agentId,
        attendeeIds: people,
        scheduledAt: new Date(data.scheduledAt),
        durationMinutes: data.durationMinutes ?? DEFAULT_MINUTES,
      };
      await this.#bookings.hold(tx, booking);
      await this.#bookings.assertAttendees(tx, by, booking, people, previous?.attendeeIds);
      await this.#bookings.assertFacilitator(tx, booking.facilitatorId);
      await this.#assertTime(tx, booking, data.despiteLeave);
      await this.#references.assertGoals(tx, data.goalIds ?? [], people);
      const askedFor = data.requestId === undefined ? [] : topicOf(await this.#references.request(by, data.requestId, people));
      const record = newRecord(by, booking, data, askedFor, tx.now);
      await this.#sessions.insert(tx, record, people);
      if (previous && !(await this.#isFollowed(tx, previous.record))) {
        previous.record.followUpSessionId = record.id;
        await this.#desk.announce(tx, previous.record);
      }
      if (data.requestId !== undefined) await this.#references.answerRequest(by, data.requestId, booking);
      const row = await this.#desk.announceAsStored(tx, record.id);
      tx.audit({ action: 'session.schedule', targetType: 'coaching_session', targetId: record.id, after: { ...booking, focusMetrics: record.focusMetrics, previousSessionId: record.previousSessionId } });
      await this.#letters.scheduled(tx, row);
      return row;
    });
  }

  /** @throws Problem 403, 404, 409 (a clash, or over already), 412, 422. */
  change(by: Principal, id: string, changes: SessionChanges, expected?: number): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const { record, before } = await this.#desk.openToRun(tx, by, id);
      if (expected !== undefined && expected !== record.version) throw preconditionFailed();
      assertState(record, AHEAD, 'it cannot be changed any more');
      const booking = await this.#rebook(tx, by, record, before, changes);
      applyChanges(record, by, booking, changes);
      const calendar = isForCalendars(before, booking, changes);
      if (calendar) record.calendarSequence++;
      await this.#sessions.setAttendees(tx, id, booking.attendeeIds);
      const row = await this.#desk.announce(tx, record);
      if (row.facilitator.id !== before.facilitator.id) await this.#references.announceAgreed(tx, id);
      await this.#desk.leaveGoals(tx, before, row);
      const removed = removedFrom(before, row);
      if (removed.length > 0) tx.record(sessionWithdrawn.record(id, { id, agentIds: removed }, audienceOf(row)));
      tx.audit({ action: 'session.update', targetType: 'coaching_session', targetId: id, before: booked(before), after: { ...changes } });
      if (calendar) await this.#letters.changed(tx, before, row);
      return row;
    });
  }

  /** What was asked for, on top of what the template has. */
  async #fromTemplate(by: Principal, asked: NewSession): Promise<NewSession> {
    if (asked.templateId === undefined) return asked;
    const { durationMinutes, agenda = [], focusMetrics = [] } = await this.#references.template(by, asked.templateId);
    return {
      ...asked,
      durationMinutes: asked.durationMinutes ?? durationMinutes,
      agenda: asked.agenda ?? agenda.map((point) => ({ ...point, source: 'template', refId: asked.templateId })),
      focusMetrics: asked.focusMetrics ?? TARGET_METRICS.filter((metric) => focusMetrics.includes(metric)),
    };
  }

  /** The session as it would be booked now, found possible. */
  async #rebook(tx: Tx, by: Principal, record: SessionRecord, before: SessionRow, changes: SessionChanges): Promise<Booking> {
    const attendedBefore = before.attendees.map((attendee) => attendee.id);
    const booking: Booking = {
      id: record.id,
      facilitatorId: changes.facilitatorId ?? record.facilitatorId,
      attendeeIds: attendeesOf(changes) ?? attendedBefore,
      scheduledAt: changes.scheduledAt === undefined ? record.scheduledAt : new Date(changes.scheduledAt),
      durationMinutes: changes.durationMinutes ?? record.durationMinutes,
    };
    const invited = booking.attendeeIds.filter((agentId) => !attendedBefore.includes(agentId));
    const moved = booking.scheduledAt.getTime() !== record.scheduledAt.getTime();
    if (moved && record.status === 'live') throw conflict('wrong_state', 'The session is live: its time cannot be changed any more.');
    const handed = booking.facilitatorId !== record.facilitatorId;
    await this.#bookings.hold(tx, booking);
    await this.#bookings.assertAttendees(tx, by, booking, invited);
    if (changes.goalIds) await this.#references.assertGoals(tx, changes.goalIds, booking.attendeeIds);
    if (handed) await this.#bookings.assertFacilitator(tx, booking.facilitatorId);
    if (moved) this.#bookings.assertAhead(tx, booking);
    if ((moved || handed || invited.length > 0) && !changes.despiteLeave) await this.#bookings.assertNobodyAway(tx, booking);
    if (moved || handed || invited.length > 0 || booking.durationMinutes > record.durationMinutes) await this.#bookings.assertNoClash(tx, booking);
    return booking;
  }

  async #assertTime(tx: Tx, booking: Booking, despiteLeave = false): Promise<void> {
    this.#bookings.assertAhead(tx, booking);
    if (!despiteLeave) await this.#bookings.assertNobodyAway(tx, booking);
    await this.#bookings.assertNoClash(tx, booking);
  }

  /** Whether a session has a follow-up that takes place, or took place. */
  async #isFollowed(tx: Tx, { followUpSessionId }: SessionRecord): Promise<boolean> {
    const followUp = followUpSessionId ? await this.#sessions.whole(tx, followUpSessionId) : undefined;
    return followUp !== undefined && followUp.status !== 'cancelled' && followUp.status !== 'no_show';
  }

  /** The session this one follows, locked, and who attended it. @throws Problem 422. */
  async #previous(tx: Tx, by: Principal, id: string): Promise<{ record: SessionRecord; attendeeIds: readonly number[] }> {
    const record = await this.#sessions.forUpdate(tx, by, scopeOf(by), id);
    const row = record && (await this.#desk.get(by, id));
    if (!record || !row || !runs(by, row)) throw unprocessable('unknown_session', 'There is no such earlier session.', [{ path: '/body/previousSessionId', message: 'The earlier session is none that you run.' }]);
    return { record, attendeeIds: row.attendees.map((attendee) => attendee.id) };
  }
}

/** Whether what calendars show is another than before. */
function isForCalendars(before: SessionRow, { facilitatorId, attendeeIds, scheduledAt, durationMinutes }: Booking, { remoteUrl = before.remoteUrl }: SessionChanges): boolean {
  const stay = before.attendees.length === attendeeIds.length && before.attendees.every(({ id }) => attendeeIds.includes(id));
  const atTheTime = Date.parse(before.scheduledAt) === scheduledAt.getTime() && before.durationMinutes === durationMinutes;
  return !(stay && atTheTime && before.facilitator.id === facilitatorId && before.remoteUrl === remoteUrl);
}

/** @throws Problem 422 where both are said. */
function attendeesOf({ agentId, attendeeIds }: Pick<SessionChanges, 'agentId' | 'attendeeIds'>): readonly number[] | undefined {
  if (agentId !== undefined && attendeeIds !== undefined) throw unprocessable('who_attends', 'Say either agentId or attendeeIds.', [{ path: '/body/attendeeIds', message: 'not together with agentId' }]);
  return agentId === undefined ? attendeeIds : [agentId];
}

/** The topic of a request, as a point of whoever asked. */
const topicOf = ({ id, agentId, topic, message }: { id: string; agentId: number; topic: string; message: string | null }): AgendaPoint[] =>
  agendaFrom([{ title: topic, detail: message, refId: id }], [], { id: agentId, source: 'agent' });

function newRecord(by: Principal, booking: Booking, data: NewSession, askedFor: readonly AgendaPoint[], now: Date): Omit<SessionRecord, 'version'> {
  const { id, attendeeIds, facilitatorId, scheduledAt, durationMinutes } = booking;
  return {
    id, facilitatorId, scheduledAt, durationMinutes, ...kindOf(attendeeIds), status: 'scheduled',
    remoteUrl: data.remoteUrl ?? null,
    focusMetrics: data.focusMetrics ?? [],
    agenda: [...askedFor, ...agendaFrom(data.agenda ?? [], [], { id: by.agentId, source: 'leader' })],
    goalIds: [...(data.goalIds ?? [])],
    templateId: data.templateId ?? null,
    requestId: data.requestId ?? null,
    previousSessionId: data.previousSessionId ?? null,
    followUpSessionId: null, preparationStatus: 'none', discussionNotes: '', topicsCovered: [], engagementScore: null, summary: '', commitments: [],
    fieldVersions: {}, cancelReason: null, calendarSequence: 0, createdBy: by.agentId || null, startedAt: null, completedAt: null, createdAt: now, updatedAt: now,
  };
}

function kindOf(attendeeIds: readonly number[]): Pick<SessionRecord, 'kind' | 'agentId'> {
  const [only, another] = attendeeIds;
  return another === undefined && only !== undefined ? { kind: 'one_to_one', agentId: only } : { kind: 'group', agentId: null };
}

function applyChanges(record: SessionRecord, by: Principal, booking: Booking, changes: SessionChanges): void {
  const { facilitatorId, scheduledAt, durationMinutes, attendeeIds } = booking;
  Object.assign(record, { facilitatorId, scheduledAt, durationMinutes }, kindOf(attendeeIds));
  if (changes.remoteUrl !== undefined) record.remoteUrl = changes.remoteUrl;
  if (changes.goalIds) record.goalIds = [...changes.goalIds];
  const written: LiveField[] = [];
  if (changes.focusMetrics) {
    record.focusMetrics = changes.focusMetrics;
    written.push('focusMetrics');
  }
  if (changes.agenda) {
    record.agenda = agendaFrom(changes.agenda, record.agenda, { id: by.agentId, source: 'leader' });
    written.push('agenda');
  }
  countWrites(record, written);
}

/** Who took part and takes part no more. */
function removedFrom(before: SessionRow, after: SessionRow): number[] {
  const now = new Set([after.facilitator.id, ...after.attendees.map(({ id }) => id)]);
  return [before.facilitator.id, ...before.attendees.map(({ id }) => id)].filter((id) => !now.has(id));
}

const booked = (row: SessionRow): Record<string, unknown> => ({
  facilitatorId: row.facilitator.id, attendeeIds: row.attendees.map(({ id }) => id), scheduledAt: row.scheduledAt, durationMinutes: row.durationMinutes, remoteUrl: row.remoteUrl, focusMetrics: row.focusMetrics,
});
