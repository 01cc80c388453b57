import { systemPrincipal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { AcknowledgementRepository } from './acknowledgement.repository.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { SessionRepository } from './session.repository.ts';

const SYSTEM = systemPrincipal('session-deadlines');
/** Reported in one transaction. */
const BATCH = 100;

/** Tells people of answers and decisions that are late: once each, by whichever worker comes first. */
export class DeadlineWatch {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #acknowledgements: AcknowledgementRepository;
  readonly #letters: SessionLetters;

  constructor(deps: { uow: UnitOfWork; sessions: SessionRepository; acknowledgements: AcknowledgementRepository; letters: SessionLetters }) {
    this.#uow = deps.uow;
    this.#sessions = deps.sessions;
    this.#acknowledgements = deps.acknowledgements;
    this.#letters = deps.letters;
  }

  /** @returns how many were late */
  async report(): Promise<number> {
    let reported = 0;
    for (const batch of [(tx: Tx) => this.#answers(tx), (tx: Tx) => this.#decisions(tx)]) {
      for (;;) {
        const found = await this.#uow.write(SYSTEM, batch);
        reported += found;
        if (found < BATCH) break;
      }
    }
    return reported;
  }

  async #answers(tx: Tx): Promise<number> {
    const late = await this.#acknowledgements.reportLateAnswers(tx, tx.now, BATCH);
    for (const { sessionId, agentId } of late) {
      const row = await this.#sessions.whole(tx, sessionId);
      if (row) await this.#letters.acknowledgementLate(tx, row, agentId);
    }
    return late.length;
  }

  async #decisions(tx: Tx): Promise<number> {
    const late = await this.#acknowledgements.reportLateDecisions(tx, tx.now, BATCH);
    for (const { sessionId, agentId, ownerId } of late) {
      const row = await this.#sessions.whole(tx, sessionId);
      if (row) await this.#letters.disputeLate(tx, row, agentId, ownerId);
    }
    return late.length;
  }
}
