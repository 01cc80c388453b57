import { LRUCache } from 'lru-cache';

import type { ScoredTeam } from './priority-queue.scoring.ts';

type TeamId = string | null;

interface Entry {
  readonly team: ScoredTeam;
  readonly expiresAt: number;
}

/** Milliseconds: notes age and snoozes end without anything happening that could be heard of. */
const LIFETIME_MS = 30_000;
/** Some hundred teams at a few moments each. */
const MAX_ENTRIES = 1000;

/**
 * Scored teams in the memory of this process. What happens elsewhere is heard of as events, in every process; a team
 * that was dropped while it was being scored is not put back, so an entry is never older than the last drop.
 */
export class QueueCache {
  readonly #entries = new LRUCache<string, Entry>({ max: MAX_ENTRIES });
  readonly #drops = new Map<TeamId, number>();
  #allDrops = 0;

  get(teamId: TeamId, moment: string, now: number): ScoredTeam | undefined {
    const entry = this.#entries.get(key(teamId, moment));
    return entry && entry.expiresAt > now ? entry.team : undefined;
  }

  /** Asked before scoring begins, to be handed to {@link put}. */
  ticket(teamId: TeamId): string {
    return `${this.#allDrops}.${this.#drops.get(teamId) ?? 0}`;
  }

  put(teamId: TeamId, moment: string, team: ScoredTeam, ticket: string, now: number): void {
    if (ticket !== this.ticket(teamId)) return;
    this.#entries.set(key(teamId, moment), { team, expiresAt: now + LIFETIME_MS });
  }

  /** Forgets a team at every moment. */
  drop(teamId: TeamId): void {
    this.#drops.set(teamId, (this.#drops.get(teamId) ?? 0) + 1);
    const prefix = key(teamId, '');
    for (const name of this.#entries.keys()) if (name.startsWith(prefix)) this.#entries.delete(name);
  }

  dropAll(): void {
    this.#allDrops++;
    this.#entries.clear();
  }
}

const key = (teamId: TeamId, moment: string): string => `${teamId ?? 'none'}@${moment}`;
