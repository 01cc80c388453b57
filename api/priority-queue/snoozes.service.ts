import { DateTime } from 'luxon';

import { scopeOf, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { notFound, unprocessable } from '../errors/problem.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { queueUpdated } from './priority-queue.events.ts';
import type { PriorityQueueRepository } from './priority-queue.repository.ts';
import type { QueueCache } from './queue-cache.ts';
import type { Snooze, SnoozeRepository } from './snooze.repository.ts';

const MAX_DAYS = 180;

/** Takes people out of the queue for a while, and tells those who look at it. */
export class SnoozesService {
  readonly #uow: UnitOfWork;
  readonly #queue: PriorityQueueRepository;
  readonly #snoozes: SnoozeRepository;
  readonly #cache: QueueCache;
  readonly #calendar: BusinessCalendar;

  constructor(deps: { uow: UnitOfWork; queue: PriorityQueueRepository; snoozes: SnoozeRepository; cache: QueueCache; calendar: BusinessCalendar }) {
    this.#uow = deps.uow;
    this.#queue = deps.queue;
    this.#snoozes = deps.snoozes;
    this.#cache = deps.cache;
    this.#calendar = deps.calendar;
  }

  /**
   * Replaces a snooze that is still running.
   *
   * @throws Problem 404 (out of scope), 422 (not somebody of the queue, or `until` past or too far)
   */
  async snooze(by: Principal, agentId: number, data: { until: string; reason: string }): Promise<Snooze> {
    const { snooze, teamId } = await this.#uow.write(by, async (tx) => {
      const teamId = await this.#lock(tx, by, agentId);
      const until = this.#until(data.until, tx.now);
      await this.#snoozes.clear(tx, agentId, tx.now);
      const snooze = await this.#snoozes.insert(tx, { id: newId(), agentId, until, reason: data.reason.trim(), createdBy: by.agentId, createdAt: tx.now });
      tx.audit({ action: 'queue.snooze', targetType: 'agent', targetId: agentId, after: { until: snooze.until, reason: snooze.reason } });
      tx.record(queueUpdated(teamId, tx.now));
      return { snooze, teamId };
    });
    this.#cache.drop(teamId);
    return snooze;
  }

  /** @throws Problem 404 (out of scope, or not snoozed). */
  async wake(by: Principal, agentId: number): Promise<void> {
    const teamId = await this.#uow.write(by, async (tx) => {
      const teamId = await this.#lock(tx, by, agentId);
      if ((await this.#snoozes.clear(tx, agentId, tx.now)) === 0) throw notFound('Snooze');
      tx.audit({ action: 'queue.wake', targetType: 'agent', targetId: agentId });
      tx.record(queueUpdated(teamId, tx.now));
      return teamId;
    });
    this.#cache.drop(teamId);
  }

  async #lock(tx: Tx, by: Principal, agentId: number): Promise<string | null> {
    await this.#snoozes.lock(tx, agentId);
    const person = await this.#queue.person(tx, scopeOf(by), agentId);
    if (!person) throw notFound('Agent');
    if (!person.inQueue) throw unprocessable('not_in_queue', 'Only active front-line people are in the queue.');
    return person.teamId;
  }

  #until(text: string, now: Date): Date {
    const given = DateTime.fromISO(text, { zone: this.#calendar.timezone });
    const refuse = (message: string) => unprocessable('invalid_until', `until ${message}.`, [{ path: '/body/until', message }]);
    if (!given.isValid) throw refuse('is not a day or an instant');
    if (given.toMillis() <= now.getTime()) throw refuse('is not in the future');
    if (given.toMillis() > now.getTime() + MAX_DAYS * 86_400_000) throw refuse(`is more than ${MAX_DAYS} days ahead`);
    return given.toJSDate();
  }
}
