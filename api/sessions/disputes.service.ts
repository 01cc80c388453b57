import { isManager, type Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, unprocessable } from '../errors/problem.ts';
import type { AcknowledgementRepository, AnswerRow } from './acknowledgement.repository.ts';
import type { Deadlines } from './deadlines.ts';
import { attends, participantsOf, type OpenSession, type SessionDesk } from './session-desk.ts';
import { assertOfParticipants, commitmentsFrom, countWrites, type NewCommitment } from './session-document.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { DisputeOutcome, SessionRow } from './session.repository.ts';

export interface Decision {
  /** Whose dispute; may be left out where there is one. */
  readonly agentId?: number | undefined;
  readonly outcome: DisputeOutcome;
  readonly resolution: string;
  /** The record as amended. */
  readonly summary?: string | undefined;
  readonly commitments?: readonly NewCommitment[] | undefined;
}

interface OpenDispute extends OpenSession {
  readonly answer: AnswerRow & { readonly dispute: NonNullable<AnswerRow['dispute']> };
  /** Who may decide it, the likeliest first. */
  readonly deciders: readonly number[];
}

/** Disputes about what was put down: who decides them, and how they were decided. */
export class DisputesService {
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

  /** @throws Problem 403 (not theirs to decide), 404, 409 (decided already), 422 (nothing amended, or with a promise of somebody else). */
  resolve(by: Principal, id: string, decision: Decision): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const dispute = await this.#open(tx, by, id, decision.agentId);
      assertDecides(by, dispute);
      const { agentId, teamId } = dispute.answer;
      const { outcome, resolution } = decision;
      if (outcome === 'amended') amend(dispute, decision);
      await this.#acknowledgements.resolve(tx, id, agentId, { outcome, resolution, by: by.agentId, now: tx.now });
      if (outcome === 'amended') await this.#acknowledgements.ask(tx, id, agentId, await this.#deadlines.acknowledgement(tx, teamId, tx.now));
      const row = await this.#desk.announce(tx, dispute.record);
      tx.audit({ action: 'session.dispute_resolve', targetType: 'coaching_session', targetId: id, before: { outcome: null }, after: { agentId, outcome, comment: resolution } });
      await this.#letters.resolved(tx, row, agentId);
      return row;
    });
  }

  /** @throws Problem 403, 404, 409 (decided already), 422 (cannot decide it). */
  reassign(by: Principal, id: string, { agentId, ownerId }: { agentId?: number | undefined; ownerId: number }): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const dispute = await this.#open(tx, by, id, agentId);
      assertDecides(by, dispute);
      const others = dispute.deciders.filter((decider) => decider !== dispute.record.facilitatorId);
      if (!others.includes(ownerId)) throw unprocessable('cannot_decide', 'A dispute is decided by a manager, an administrator, or another leader of the attendee.', [{ path: '/body/ownerId', message: 'The person who is to decide is none of these.' }]);
      await this.#acknowledgements.reassign(tx, id, dispute.answer.agentId, ownerId);
      const row = await this.#desk.announce(tx, dispute.record);
      tx.audit({ action: 'session.dispute_reassign', targetType: 'coaching_session', targetId: id, before: { ownerId: dispute.answer.dispute.ownerId }, after: { ownerId } });
      await this.#letters.disputed(tx, row, dispute.answer.agentId);
      return row;
    });
  }

  async #open(tx: Tx, by: Principal, id: string, agentId: number | undefined): Promise<OpenDispute> {
    const session = await this.#desk.open(tx, by, id);
    const disputes = (await this.#acknowledgements.answers(tx, id)).filter((answer) => answer.dispute !== null && (agentId === undefined || answer.agentId === agentId));
    const open = disputes.filter(({ dispute }) => dispute?.outcome === null);
    const [answer, another] = open.length > 0 ? open : disputes;
    if (!answer?.dispute) throw notFound('Dispute');
    if (open.length > 1 && another) throw unprocessable('which_dispute', 'There are several disputes: say whose.', [{ path: '/body/agentId', message: 'The attendee is missing.' }]);
    if (answer.dispute.outcome !== null) throw conflict('decided_already', `The dispute was decided: ${answer.dispute.outcome}.`);
    const deciders = await this.#acknowledgements.deciders(tx, { facilitatorId: session.record.facilitatorId, agentId: answer.agentId });
    return { ...session, answer: { ...answer, dispute: answer.dispute }, deciders };
  }
}

/** Its owner, managers and administrators; nobody about themselves, and the facilitator only where they are all there is. */
function assertDecides(by: Principal, { before, record, answer, deciders }: OpenDispute): void {
  const isParty = record.facilitatorId === by.agentId && deciders.some((id) => id !== by.agentId);
  if (!attends(by, before) && !isParty && (isManager(by) || answer.dispute.ownerId === by.agentId)) return;
  throw forbidden('A dispute is decided by its owner, or by a manager who had no part in the session.', 'not_yours_to_decide');
}

/** @throws Problem 422 where nothing is, or somebody else promises something. */
function amend({ record, before }: OpenSession, { summary, commitments }: Decision): void {
  if (summary === undefined && !commitments) throw unprocessable('nothing_amended', 'Say what the record says now: summary, commitments or both.', [{ path: '/body/summary', message: 'or commitments' }]);
  if (summary !== undefined) {
    record.summary = summary;
    countWrites(record, ['summary']);
  }
  if (commitments) {
    assertOfParticipants(commitments, record.commitments, participantsOf(before));
    record.commitments = commitmentsFrom(commitments);
    countWrites(record, ['commitments']);
  }
}
