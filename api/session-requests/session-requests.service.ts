import { scopeOf, systemPrincipal, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import type { NotificationsService, NewNotification } from '../notifications/notifications.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { answerDue, type DaysToAnswer } from './answer-deadline.ts';
import { declined, late, requested } from './session-request.notifications.ts';
import { presentSessionRequest } from './session-request.presenter.ts';
import type { SessionRequestRecord, SessionRequestStatus } from './session-request.entity.ts';
import type { SessionRequestFilters, SessionRequestRepository, SessionRequestRow } from './session-request.repository.ts';
import { sessionRequestUpdated } from './session-requests.events.ts';

export interface NewSessionRequest {
  readonly topic: string;
  readonly message?: string | undefined;
  /** Instants, ISO 8601. */
  readonly preferredTimes?: readonly string[] | undefined;
}

/** So many requests of a person wait for an answer at a time: what nobody can work off, nobody reads. */
const MAX_OPEN = 10;

const WATCHER = systemPrincipal('session-requests');

/** People ask for a session; those who lead them schedule it or say why not. */
export class SessionRequestsService {
  readonly #uow: UnitOfWork;
  readonly #requests: SessionRequestRepository;
  readonly #notifications: NotificationsService;
  readonly #calendar: BusinessCalendar;
  readonly #daysToAnswer: DaysToAnswer;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; requests: SessionRequestRepository; notifications: NotificationsService; calendar: BusinessCalendar; daysToAnswer: DaysToAnswer; clock: Clock }) {
    this.#uow = deps.uow;
    this.#requests = deps.requests;
    this.#notifications = deps.notifications;
    this.#calendar = deps.calendar;
    this.#daysToAnswer = deps.daysToAnswer;
    this.#clock = deps.clock;
  }

  list(by: Principal, filters: SessionRequestFilters, page: number, limit: number): Promise<{ rows: SessionRequestRow[]; total: number }> {
    return this.#uow.read((db) => this.#requests.list(db, scopeOf(by), filters, this.#clock.now(), page, limit));
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<SessionRequestRow> {
    const request = await this.#uow.read((db) => this.#requests.byId(db, scopeOf(by), id, this.#clock.now()));
    if (!request) throw notFound('Request');
    return request;
  }

  /** @throws Problem 409 (enough are open), 422 (a preferred time that is over). */
  create(by: Principal, data: NewSessionRequest): Promise<SessionRequestRow> {
    return this.#uow.write(by, async (tx) => {
      const over = (data.preferredTimes ?? []).findIndex((time) => Date.parse(time) <= tx.now.getTime());
      if (over >= 0) throw unprocessable('time_is_over', 'A preferred time is in the past.', [{ path: `/body/preferredTimes/${over}`, message: 'A preferred time is in the past.' }]);
      if ((await this.#requests.countOpen(tx, by.agentId)) >= MAX_OPEN) throw conflict('too_many_open', `${MAX_OPEN} of your requests wait for an answer; withdraw one of them first.`);
      const id = newId();
      await this.#requests.insert(tx, {
        id,
        agentId: by.agentId,
        topic: data.topic,
        message: data.message ?? null,
        preferredTimes: (data.preferredTimes ?? []).map((time) => new Date(time).toISOString()).sort(),
        status: 'open',
        answerDueAt: await this.#answerDue(tx, by.agentId),
        answeredAt: null,
        answeredBy: null,
        declineReason: null,
        sessionId: null,
        lateReportedAt: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
      tx.audit({ action: 'session_request.create', targetType: 'session_request', targetId: id, after: { topic: data.topic } });
      const request = await this.#announced(tx, by, id);
      await this.#tellLeaders(tx, request.agentId, requested(request));
      return request;
    });
  }

  /** @throws Problem 403 (one's own), 404, 409 (answered or withdrawn), 412. */
  decline(by: Principal, id: string, reason: string, expected?: number): Promise<SessionRequestRow> {
    return this.#uow.write(by, async (tx) => {
      const request = await this.#lock(tx, by, id);
      assertLeads(by, request);
      const answered = await this.#close(tx, by, request, 'declined', { declineReason: reason }, expected);
      await this.#notifications.notify(tx, { ...declined(answered), to: { userIds: [answered.agentId] } });
      return answered;
    });
  }

  /** @throws Problem 403 (somebody else's), 404, 409 (answered or withdrawn), 412. */
  withdraw(by: Principal, id: string, expected?: number): Promise<SessionRequestRow> {
    return this.#uow.write(by, async (tx) => {
      const request = await this.#lock(tx, by, id);
      if (request.agentId !== by.agentId) throw forbidden('Only who asked withdraws a request; those who lead them decline it.', 'not_your_request');
      return this.#close(tx, by, request, 'withdrawn', {}, expected);
    });
  }

  /**
   * Answers a request with the session that was scheduled for it, in the transaction of the scheduling.
   *
   * @throws Problem 403 (one's own), 409 (answered or withdrawn), 422 (not there, out of scope, or of somebody else)
   */
  schedule(by: Principal, id: string, session: { readonly id: string; readonly attendeeIds: readonly number[] }): Promise<SessionRequestRow> {
    return this.#uow.write(by, async (tx) => {
      const request = await this.#requests.forUpdate(tx, scopeOf(by), id);
      if (!request || !session.attendeeIds.includes(request.agentId)) throw unknownRequest();
      assertLeads(by, request);
      return this.#close(tx, by, request, 'scheduled', { sessionId: session.id });
    });
  }

  /**
   * Tells leaders of requests that wait for an answer for too long, once each, however often it is called.
   *
   * @returns how many were late since the last time
   */
  reportLate(): Promise<number> {
    return this.#uow.write(WATCHER, async (tx) => {
      const ids = await this.#requests.claimLate(tx, tx.now);
      for (const id of ids) {
        const request = await this.#announced(tx, WATCHER, id);
        await this.#tellLeaders(tx, request.agentId, late(request));
      }
      return ids.length;
    });
  }

  /** Whoever has no leader is answered by managers. */
  async #tellLeaders(tx: Tx, agentId: number, told: Omit<NewNotification, 'to'>): Promise<void> {
    const leaders = await this.#notifications.notify(tx, { ...told, to: { leadersOf: agentId } });
    if (leaders.length === 0) await this.#notifications.notify(tx, { ...told, to: { userIds: await this.#requests.managers(tx, agentId) } });
  }

  /**
   * A request of somebody who is to attend a session, in whatever state.
   *
   * @throws Problem 422 (not there, out of scope, or of somebody else)
   */
  async ofAttendee(by: Principal, id: string, attendeeIds: readonly number[]): Promise<SessionRequestRow> {
    const request = await this.#uow.read((db) => this.#requests.byId(db, scopeOf(by), id, this.#clock.now()));
    if (!request || !attendeeIds.includes(request.agentId)) throw unknownRequest();
    return request;
  }

  /** The session that answered it was called off: it waits for an answer again, with a new deadline. */
  reopen(by: Principal, id: string, sessionId: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      const request = await this.#requests.forUpdate(tx, { kind: 'all' }, id);
      if (request?.status !== 'scheduled' || request.sessionId !== sessionId) return;
      Object.assign(request, { status: 'open', answerDueAt: await this.#answerDue(tx, request.agentId), answeredAt: null, answeredBy: null, sessionId: null, lateReportedAt: null, updatedAt: tx.now });
      await tx.em.flush();
      tx.audit({ action: 'session_request.reopen', targetType: 'session_request', targetId: id, before: { status: 'scheduled', sessionId }, after: { status: 'open' } });
      // Whoever calls a session off need not be one of those who may read the request.
      await this.#announced(tx, WATCHER, id);
    });
  }

  async #answerDue(tx: Tx, agentId: number): Promise<Date> {
    return answerDue(this.#calendar, tx.now, await this.#daysToAnswer(tx, agentId));
  }

  async #lock(tx: Tx, by: Principal, id: string): Promise<SessionRequestRecord> {
    const request = await this.#requests.forUpdate(tx, scopeOf(by), id);
    if (!request) throw notFound('Request');
    return request;
  }

  async #close(tx: Tx, by: Principal, request: SessionRequestRecord, status: SessionRequestStatus, fields: Partial<SessionRequestRecord>, expected?: number): Promise<SessionRequestRow> {
    if (expected !== undefined && expected !== request.version) throw preconditionFailed();
    if (request.status !== 'open') throw conflict('wrong_state', `The request is ${request.status} already.`, [{ path: '/status', message: request.status }]);
    Object.assign(request, fields, { status, answeredAt: tx.now, answeredBy: by.agentId || null, updatedAt: tx.now });
    await tx.em.flush();
    tx.audit({ action: `session_request.${AUDITED[status]}`, targetType: 'session_request', targetId: request.id, before: { status: 'open' }, after: { status, ...fields } });
    return this.#announced(tx, by, request.id);
  }

  async #announced(tx: Tx, by: Principal, id: string): Promise<SessionRequestRow> {
    const request = await this.get(by, id);
    tx.record(sessionRequestUpdated.record(id, presentSessionRequest(request), { agentId: request.agentId }));
    return request;
  }
}

const AUDITED: Readonly<Record<SessionRequestStatus, string>> = { open: 'create', scheduled: 'schedule', declined: 'decline', withdrawn: 'withdraw' };

const unknownRequest = () => unprocessable('unknown_request', 'There is no such request of somebody who attends.', [{ path: '/body/requestId', message: 'The request is of nobody who attends.' }]);

function assertLeads(by: Principal, request: SessionRequestRecord): void {
  if (request.agentId === by.agentId) throw forbidden('Your own request is answered by those who lead you.', 'own_request');
}
