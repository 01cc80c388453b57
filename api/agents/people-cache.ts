import type { AnswerCache } from '../cache/answer-cache.ts';

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

/** Starts afresh whatever these events make out of date. */
export async function outdatePeople(cache: PeopleCache, events: readonly { readonly type: string }[]): Promise<void> {
  await cache.outdate([...new Set(events.flatMap(({ type }) => OUTDATED_BY[type] ?? []))]);
}
