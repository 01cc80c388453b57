import type { Tx } from '../db/unit-of-work.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { ImportedPresenceRepository, PersonDay } from './imported-presence.repository.ts';
import type { PresenceService } from './presence.service.ts';

/** Whoever brings history of presence in asks here for the record to be held, and says afterwards what was touched. */
export class ImportedPresence {
  readonly #history: ImportedPresenceRepository;
  readonly #presence: Pick<PresenceService, 'recount'>;
  readonly #calendar: BusinessCalendar;
  readonly #markStale: (tx: Tx, days: readonly PersonDay[]) => Promise<void>;

  constructor(deps: {
    history: ImportedPresenceRepository;
    presence: Pick<PresenceService, 'recount'>;
    calendar: BusinessCalendar;
    markStale: (tx: Tx, days: readonly PersonDay[]) => Promise<void>;
  }) {
    this.#history = deps.history;
    this.#presence = deps.presence;
    this.#calendar = deps.calendar;
    this.#markStale = deps.markStale;
  }

  /** Nobody's status changes until the transaction ends: what is compared with the record is still so when it is written. */
  async hold(tx: Tx, agentIds: readonly number[]): Promise<void> {
    await this.#history.hold(tx, agentIds);
  }

  /**
   * The days that these intervals touch are computed anew. To be called while the intervals are there.
   * @returns the people for whom that is today: {@link recount} them once everything is written
   */
  async touched(tx: Tx, ids: readonly string[]): Promise<number[]> {
    const days = await this.#history.days(tx, ids, this.#calendar.timezone);
    const today = this.#calendar.dayOf(tx.now);
    await this.#markStale(tx, days);
    return [...new Set(days.filter(({ date }) => date >= today).map(({ agentId }) => agentId))];
  }

  /** The hours of today are counted anew. */
  async recount(tx: Tx, agentIds: readonly number[]): Promise<void> {
    if (agentIds.length > 0) await this.#presence.recount(tx, agentIds);
  }
}
