import { systemPrincipal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { concernOf, QUEUE_NEWS, priorityQueueUpdated, queueUpdated, type Concern } from './priority-queue.events.ts';
import type { PriorityQueueRepository } from './priority-queue.repository.ts';

const SYSTEM = systemPrincipal('priority-queue');
/** Events read at once. */
const BATCH = 1000;

/** Tells leaders that their queue changed: once for all that happened since they were told last. */
export class AnnouncementsService {
  readonly #uow: UnitOfWork;
  readonly #queue: PriorityQueueRepository;

  constructor(deps: { uow: UnitOfWork; queue: PriorityQueueRepository }) {
    this.#uow = deps.uow;
    this.#queue = deps.queue;
  }

  /**
   * Reads what happened since the last time, and announces each queue concerned. Several at once do it one after the
   * other, and the later ones find nothing; it can be repeated at any time.
   */
  async announceNews(): Promise<void> {
    while ((await this.#uow.write(SYSTEM, (tx) => this.#announceNext(tx))) === BATCH);
  }

  async #announceNext(tx: Tx): Promise<number> {
    const from = await this.#queue.announcedTo(tx, tx.now);
    const news = await this.#queue.newsAfter(tx, from, QUEUE_NEWS, BATCH);
    const last = news.at(-1);
    if (!last) return 0;
    const concerns = news.map((event) => concernOf(event)).filter((concern): concern is Concern => concern !== undefined);
    const teams = await this.#queue.concernedTeams(tx, concerns);
    // Where that is already waiting to be told, the news goes out after this moment anyway.
    const told = await this.#queue.withNews(tx, priorityQueueUpdated.type);
    for (const teamId of teams) if (!told.has(teamId ?? 'none')) tx.record(queueUpdated(teamId, tx.now));
    await this.#queue.announcedUpTo(tx, last.seq, tx.now);
    return news.length;
  }
}
