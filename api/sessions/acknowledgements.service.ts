import type { Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, Problem } from '../errors/problem.ts';
import type { AcknowledgementRepository, AnswerRow } from './acknowledgement.repository.ts';
import type { Deadlines } from './deadlines.ts';
import { assertState, type OpenSession, type SessionDesk } from './session-desk.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { SessionRow } from './session.repository.ts';

/** What those who were coached say to what was put down about them. */
export class AcknowledgementsService {
  readonly #uow: UnitOfWork;
  readonly #desk: SessionDesk;
  readonly #acknowledgements: AcknowledgementRepository;
  readonly #deadlines: Deadlines;
  readonly #letters: SessionLetters;

  constructor(deps: { uow: UnitOfWork; desk: SessionDesk; acknowledgements: AcknowledgementRepository; deadlines: Deadlines; letters: SessionLetters }) {
    this.#uow = deps.uow;
    this.#desk = deps.desk;
    this.#acknowledgements = deps.acknowledgements;
    this.#deadlines = deps.deadlines;
    this.#letters = deps.letters;
  }

  /** Late as well, and after a dispute was decided. @throws Problem 403 (not an attendee), 404, 409 (not completed, or answered). */
  acknowledge(by: Principal, id: string, comment?: string): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const { session, answer } = await this.#answering(tx, by, id, 'it cannot be acknowledged');
      const isOpen = answer.status === 'pending' || (answer.status === 'disputed' && answer.dispute?.outcome);
      if (!isOpen) throw answered(answer);
      await this.#acknowledgements.answer(tx, id, by.agentId, { status: 'acknowledged', comment: comment ?? null, now: tx.now });
      const row = await this.#desk.announce(tx, session.record);
      tx.audit({ action: 'session.acknowledge', targetType: 'coaching_session', targetId: id, before: { status: answer.status }, after: { status: 'acknowledged', comment } });
      await this.#letters.acknowledged(tx, row, by.agentId);
      return row;
    });
  }

  /** Instead of acknowledging; somebody is found who decides. @throws Problem 403 (not an attendee), 404, 409 (not completed, or answered). */
  dispute(by: Principal, id: string, comment: string): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const { session, answer } = await this.#answering(tx, by, id, 'it cannot be disputed');
      if (answer.status !== 'pending') throw answered(answer);
      const [ownerId] = await this.#acknowledgements.deciders(tx, { facilitatorId: session.record.facilitatorId, agentId: by.agentId });
      if (ownerId === undefined) throw conflict('nobody_decides', 'There is nobody who could decide a dispute.');
      const dueAt = await this.#deadlines.dispute(tx, answer.teamId, tx.now);
      await this.#acknowledgements.answer(tx, id, by.agentId, { status: 'disputed', comment: null, now: tx.now });
      await this.#acknowledgements.dispute(tx, id, by.agentId, { comment, ownerId, dueAt, now: tx.now });
      const row = await this.#desk.announce(tx, session.record);
      tx.audit({ action: 'session.dispute', targetType: 'coaching_session', targetId: id, before: { status: answer.status }, after: { status: 'disputed', comment, ownerId } });
      await this.#letters.disputed(tx, row, by.agentId);
      return row;
    });
  }

  async #answering(tx: Tx, by: Principal, id: string, refusal: string): Promise<{ session: OpenSession; answer: AnswerRow }> {
    const session = await this.#desk.open(tx, by, id);
    const answer = (await this.#acknowledgements.answers(tx, id)).find(({ agentId }) => agentId === by.agentId);
    if (!answer) throw forbidden('Those answer who were coached in the session.', 'not_an_attendee');
    assertState(session.record, ['completed'], refusal);
    return { session, answer };
  }
}

/** None is asked for of sessions that were completed before there were acknowledgements. */
const answered = ({ status }: AnswerRow): Problem =>
  new Problem(409, 'answered_already', status === 'none' ? 'No answer is asked for.' : `You have answered already: the session is ${status}.`, { extensions: { state: status } });
