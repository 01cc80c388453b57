import type { OnlineStatus } from '../agents/agent.entity.ts';
import { GRACE_MS } from './follow.ts';

const SECOND = 1000;

/** A socket: from when to when, in milliseconds. */
export interface Life {
  readonly from: number;
  readonly to: number;
}
/** Somebody sets a status. */
export interface Change {
  readonly at: number;
  readonly status: OnlineStatus;
  readonly source: 'self' | 'leader' | 'host';
}

/**
 * What a person's status was, second by second, told as it happens: every second somebody looks, and what turns out to
 * have ended is blotted out backwards, though not beyond where a correction has split it.
 */
export function plainPresence(lives: readonly Life[], changes: readonly Change[], length: number, splits: readonly { at: number; to: number }[] = []): OnlineStatus[] {
  const told: OnlineStatus[] = [];
  let status: OnlineStatus = 'offline';
  let source: Change['source'] | 'socket' | 'undecided' = 'undecided';
  let setAt = 0;
  let needsSocket = false;
  let floor = -Infinity;
  let lastSign = -Infinity;
  for (let second = 0; second <= length; second++) {
    const now = second * SECOND;
    const lives_ = lives.some(({ from, to }) => from <= now && now <= to);
    const change = changes.find(({ at }) => at === now);
    // The end is written before anything that comes later, and undone by whoever is here.
    const silent = Math.max(lastSign, setAt);
    if (status !== 'offline' && source !== 'host' && needsSocket && now - silent >= GRACE_MS && (!lives_ || now > silent)) {
      const end = Math.max(silent, floor);
      for (let gone = end / SECOND; gone < second; gone++) told[gone] = 'offline';
      [status, source, setAt] = ['offline', 'undecided', silent];
    }
    if (lives_) {
      lastSign = now;
      if (status === 'offline' && source === 'undecided') [status, source, setAt] = ['online', 'socket', now];
      needsSocket = true;
    }
    if (change) [status, source, setAt, needsSocket] = [change.status, change.source, now, now - lastSign <= GRACE_MS];
    for (const { at, to } of splits) if (at === now) floor = to;
    told[second] = status;
  }
  return told;
}
