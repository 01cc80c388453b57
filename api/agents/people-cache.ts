import { LRUCache } from 'lru-cache';
import type { AnswerCache, Outdated } from '../cache/answer-cache.ts';
import type { Audience } from '../events/event.ts';

/** What is remembered about people: pages of the list, the counts, the departments. */
export type PeopleTopic = 'agents' | 'stats' | 'departments';
export type PeopleCache = AnswerCache<PeopleTopic>;

const EVERYTHING: readonly PeopleTopic[] = ['agents', 'stats', 'departments'];

/** What each event makes out of date. An event that changes what a list of people shows and is not here is a mistake. */
const OUTDATED_BY: Readonly<Record<string, readonly PeopleTopic[]>> = {
  agent_created: EVERYTHING,
  agent_updated: EVERYTHING,
  agent_deleted: EVERYTHING,
  agent_signed_in: ['agents'],
  agent_status_change: ['agents', 'stats'],
  performance_update: ['agents'],
  'team:updated': ['agents'],
  'team:settings-updated': ['agents'],
  'import:committed': EVERYTHING,
  'import:rolled-back': EVERYTHING,
};

/** Commits of this process whose events have not come round again are remembered so far; a worker never hears its own. */
const MAX_OWN = 10_000;

/** Starts afresh whatever events make out of date: at the commit in the process that wrote them, on hearing of them in the others. */
export class PeopleOutdating {
  readonly #cache: PeopleCache;
  readonly #own = new LRUCache<string, true>({ max: MAX_OWN });

  constructor(cache: PeopleCache) {
    this.#cache = cache;
  }

  /** Before a write is acknowledged. Never fails. */
  async committed(events: readonly NamedEvent[]): Promise<void> {
    const outdated = outdatedBy(events);
    if (outdated.length === 0) return;
    await this.#cache.outdate(outdated);
    for (const { id } of events) this.#own.set(id, true);
  }

  /** Before sockets are told. What was read since this process's own commit is not out of date: it shows it. */
  async heard(event: NamedEvent): Promise<void> {
    if (!this.#own.delete(event.id)) await this.#cache.outdate(outdatedBy([event]));
  }
}

interface NamedEvent {
  readonly id: string;
  readonly type: string;
  readonly audience: Audience;
}

/** The lists of the departments that an event names, or all; counts are about everybody. */
function outdatedBy(events: readonly NamedEvent[]): Outdated<PeopleTopic>[] {
  return events.flatMap(({ type, audience }) =>
    (OUTDATED_BY[type] ?? []).map((topic) => (topic === 'agents' && audience.departments ? { topic, parts: audience.departments } : { topic })),
  );
}
