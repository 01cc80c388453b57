import type { Delivery, Directory, EventDefinition, StoredEvent } from '../events/event.ts';
import { backlogAfter, eventsAfter } from '../events/outbox.repository.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Clock } from '../db/clock.ts';

/** Drops or changes stored events that today's state no longer allows to be shown (a note made private since). */
export type Recheck = (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]>;

export interface ReplayOutcome {
  /** The number up to which the client now knows everything. */
  readonly seq: number;
  /** Set when there is too much to replay: the client fetches afresh. */
  readonly resync?: 'too_old' | 'too_many';
}

const BATCH = 500;
const MAX_EVENTS = 10_000;
const MAX_AGE_MS = 24 * 3600 * 1000;

/** Gives a reconnected client what it missed, as far as today's permissions allow. */
export class Replay {
  readonly #uow: UnitOfWork;
  readonly #definitions: ReadonlyMap<string, EventDefinition<unknown>>;
  readonly #directory: Directory;
  readonly #recheck: Recheck;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; definitions: ReadonlyMap<string, EventDefinition<unknown>>; directory: Directory; recheck: Recheck; clock: Clock }) {
    this.#uow = deps.uow;
    this.#definitions = deps.definitions;
    this.#directory = deps.directory;
    this.#recheck = deps.recheck;
    this.#clock = deps.clock;
  }

  /**
   * @param position the number of the last event that was sent live; the replay ends in the turn in which it has reached it
   */
  async run(after: number, position: () => number, send: (event: StoredEvent, deliveries: readonly Delivery[], names: readonly string[]) => void): Promise<ReplayOutcome> {
    const resync = await this.#tooMuch(after, position());
    if (resync) return { seq: position(), resync };
    let seq = after;
    while (seq < position()) {
      const events = await this.#uow.read((db) => eventsAfter(db, seq, BATCH));
      const allowed = new Map((await this.#recheck(events)).map((event) => [event.id, event]));
      const live = position();
      for (const stored of events) {
        // What is newer than the live position will be sent live once the client is back in its rooms.
        if (stored.seq > live) break;
        seq = stored.seq;
        const event = allowed.get(stored.id);
        const definition = event && this.#definitions.get(event.type);
        if (event && definition) send(event, definition.deliveries(event, this.#directory), [definition.type, ...(definition.aliases ?? [])]);
      }
      if (events.length === 0) return { seq: live };
    }
    return { seq };
  }

  async #tooMuch(after: number, position: number): Promise<ReplayOutcome['resync']> {
    // A number from the future is from another database.
    if (after > position) return 'too_old';
    const { count, oldest, lowestKept } = await this.#uow.read((db) => backlogAfter(db, after, MAX_EVENTS + 1));
    if (count > MAX_EVENTS) return 'too_many';
    // Something between the client's number and the oldest kept event has been cleared away.
    if (lowestKept !== null && lowestKept > after + 1) return 'too_old';
    if (oldest && this.#clock.now().getTime() - oldest.getTime() > MAX_AGE_MS) return 'too_old';
    return undefined;
  }
}
