import type { Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { unprocessable } from '../errors/problem.ts';
import { AHEAD, assertState, type SessionDesk } from './session-desk.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { SessionRecord, SessionStatus } from './session.entity.ts';
import type { SessionRepository, SessionRow } from './session.repository.ts';

/** A request that was answered by a session which was called off waits for an answer again. */
export type ReopenRequest = (by: Principal, requestId: string, sessionId: string) => Promise<void>;

/** The way a session goes, but for its completion: prepared, begun, called off, missed. */
export class StepsService {
  readonly #uow: UnitOfWork;
  readonly #desk: SessionDesk;
  readonly #letters: SessionLetters;
  readonly #sessions: SessionRepository;
  readonly #reopenRequest: ReopenRequest;

  constructor(deps: { uow: UnitOfWork; desk: SessionDesk; letters: SessionLetters; sessions: SessionRepository; reopenRequest: ReopenRequest }) {
    this.#uow = deps.uow;
    this.#desk = deps.desk;
    this.#letters = deps.letters;
    this.#sessions = deps.sessions;
    this.#reopenRequest = deps.reopenRequest;
  }

  /** @throws Problem 403, 404, 409 naming the state. */
  prepare(by: Principal, id: string): Promise<SessionRow> {
    return this.#uow.write(by, (tx) => this.#step(tx, by, id, { from: ['scheduled'], to: 'preparing', refusal: 'it cannot be prepared', action: 'session.prepare' }, (record) => {
      if (record.preparationStatus === 'none') record.preparationStatus = 'pending';
    }));
  }

  /** Everything that is compiled for a session is there; the preparation room says so. No edit of the session itself: its version stays. */
  async prepared(tx: Tx, id: string): Promise<void> {
    if (await this.#sessions.markPrepared(tx, id)) await this.#desk.announceAsStored(tx, id);
  }

  /** At any time before or after its time, whether or not the preparation is ready. @throws Problem 403, 404, 409. */
  start(by: Principal, id: string): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const row = await this.#step(tx, by, id, { from: ['scheduled', 'preparing'], to: 'live', refusal: 'it cannot be started', action: 'session.start' }, (record) => {
        record.startedAt = tx.now;
      });
      await this.#letters.started(tx, row);
      return row;
    });
  }

  /** Also one that was begun by mistake. @throws Problem 403, 404, 409. */
  cancel(by: Principal, id: string, reason: string): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const row = await this.#step(tx, by, id, { from: AHEAD, to: 'cancelled', refusal: 'it cannot be cancelled', action: 'session.cancel' }, (record) => {
        record.cancelReason = reason;
        record.calendarSequence++;
      });
      if (row.requestId) await this.#reopenRequest(by, row.requestId, id);
      await this.#letters.cancelled(tx, row);
      return row;
    });
  }

  /** @throws Problem 403, 404, 409, 422 (its time has not come). */
  miss(by: Principal, id: string): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const row = await this.#step(tx, by, id, { from: AHEAD, to: 'no_show', refusal: 'nobody can be said to have missed it', action: 'session.no_show' }, (record) => {
        if (record.scheduledAt > tx.now) throw unprocessable('too_early', 'The time of the session has not come yet.');
      });
      await this.#letters.missed(tx, row);
      return row;
    });
  }

  async #step(tx: Tx, by: Principal, id: string, step: Step, change: (record: SessionRecord) => void): Promise<SessionRow> {
    const { record } = await this.#desk.openToRun(tx, by, id);
    assertState(record, step.from, step.refusal);
    const before = record.status;
    change(record);
    record.status = step.to;
    const row = await this.#desk.announce(tx, record);
    tx.audit({ action: step.action, targetType: 'coaching_session', targetId: id, before: { status: before }, after: { status: step.to, ...(row.cancelReason ? { reason: row.cancelReason } : {}) } });
    return row;
  }
}

interface Step {
  readonly from: readonly SessionStatus[];
  readonly to: SessionStatus;
  /** What the state forbids, as a sentence. */
  readonly refusal: string;
  readonly action: string;
}
