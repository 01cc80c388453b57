import { hint } from '../../audit/mask.ts';
import { systemPrincipal, type Principal } from '../../auth/principal.ts';
import type { Clock } from '../../db/clock.ts';
import type { Tx, UnitOfWork } from '../../db/unit-of-work.ts';
import type { EditLimits, EditRow, Hints, SessionEditRepository } from './session-edit.repository.ts';

/** Who pauses for so long has written something in one go. Milliseconds. */
const PAUSE_MS = 2 * 60_000;
/** Who does not pause begins anew after so long. Milliseconds. */
const LONGEST_MS = 10 * 60_000;

/**
 * Keeps the audit log readable while people type: what somebody writes in a session without a pause of two minutes, for
 * ten minutes at most, is one entry `session.write`, with each field as it was before the first write and after the last.
 * Until it is written there it stands in a table, in the transaction of the write itself, so that no crash loses it.
 */
export class EditLog {
  readonly #uow: UnitOfWork;
  readonly #edits: SessionEditRepository;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; edits: SessionEditRepository; clock: Clock }) {
    this.#uow = deps.uow;
    this.#edits = deps.edits;
    this.#clock = deps.clock;
  }

  async note(tx: Tx, by: Principal, sessionId: string, before: Hints, after: Hints): Promise<void> {
    await this.#close(tx, sessionId, by.agentId, limitsAt(tx.now));
    await this.#edits.add(tx, { sessionId, authorId: by.agentId, at: tx.now, before: hinted(before), after: hinted(after), requestId: by.requestId, ip: by.ip });
  }

  /** For a worker: writes into the audit log what people have finished. @returns how many entries */
  async closeFinished(): Promise<number> {
    const limits = limitsAt(this.#clock.now());
    const finished = await this.#uow.read((db) => this.#edits.finished(db, limits));
    let closed = 0;
    for (const { sessionId, authorId, requestId, ip } of finished) {
      // The entry is its author's, whoever writes it down.
      const author: Principal = { ...systemPrincipal('session edits'), kind: 'person', agentId: authorId, requestId, ip };
      closed += await this.#uow.write(author, (tx) => this.#close(tx, sessionId, authorId, limits));
    }
    return closed;
  }

  async #close(tx: Tx, sessionId: string, authorId: number, limits: EditLimits): Promise<number> {
    const edit = await this.#edits.takeFinished(tx, sessionId, authorId, limits);
    if (edit) tx.audit(entry(edit));
    return edit ? 1 : 0;
  }
}

const limitsAt = (now: Date): EditLimits => ({ silentSince: new Date(now.getTime() - PAUSE_MS), begunBefore: new Date(now.getTime() - LONGEST_MS) });

const entry = ({ sessionId, before, after, writes, beganAt, lastAt }: EditRow) => ({
  action: 'session.write',
  targetType: 'coaching_session',
  targetId: sessionId,
  before: { ...before },
  after: { ...after, writes, from: beganAt, to: lastAt },
});

/** Enough to see that something changed, too little to learn what is said about people. */
const hinted = (values: Hints): Hints =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, Array.isArray(value) ? `${value.length} entries` : typeof value === 'string' && value !== '' ? hint(value) : value]));
