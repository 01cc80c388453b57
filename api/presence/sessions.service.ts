import { scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import { GRACE_MS } from './follow.ts';
import type { PresenceService } from './presence.service.ts';
import type { SessionRepository, SessionRow, SocketState } from './session.repository.ts';

/** A session without a sign of life for so long is over, whatever became of its process. Milliseconds. */
const INACTIVE_MS = 30 * 60_000;

/** The sessions of people's sockets: written by the processes that hold them, followed by presence, shown to whom they concern. */
export class SessionsService {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #presence: PresenceService;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; sessions: SessionRepository; presence: PresenceService; clock: Clock }) {
    this.#uow = deps.uow;
    this.#sessions = deps.sessions;
    this.#presence = deps.presence;
    this.#clock = deps.clock;
  }

  /** Writes how a process's sockets are; nothing happens for none. */
  async save(processId: string, sockets: readonly SocketState[]): Promise<void> {
    if (sockets.length > 0) await this.#uow.read((db) => this.#sessions.save(db, processId, sockets));
  }

  /** Ends what a dead process left behind, and lets everybody's status follow. Safe in any number of processes at once. */
  async follow(): Promise<void> {
    const now = this.#clock.now();
    await this.#uow.read((db) => this.#sessions.endSilent(db, new Date(now.getTime() - 2 * GRACE_MS), 'lost'));
    await this.#presence.followEverybody(now);
  }

  /**
   * The net below {@link follow}, for a worker: judges by half an hour, so that its clock may be wrong by minutes.
   * @returns how many sessions were ended
   */
  async cleanUp(): Promise<number> {
    const since = new Date(this.#clock.now().getTime() - INACTIVE_MS);
    const ended = await this.#uow.read((db) => this.#sessions.endSilent(db, since, 'timeout'));
    await this.#presence.followEverybody(since);
    return ended;
  }

  /** @throws Problem 404 outside the caller's scope. */
  async list(by: Principal, agentId: number, filters: { active?: boolean | undefined }, page: { page: number; limit: number }): Promise<{ rows: SessionRow[]; total: number }> {
    const found = await this.#uow.read((db) => this.#sessions.list(db, scopeOf(by), agentId, filters, page));
    if (!found) throw notFound('Agent');
    return found;
  }
}
