import type { OnlineStatus } from '../agents/agent.entity.ts';

/** Who or what changed a status. */
export type PresenceSource =
  | 'self' | 'leader' | 'socket' | 'socket_lost' | 'timeout' | 'deactivated' | 'correction' | 'host' | 'import' | 'system';

/** Coming back within this leaves no trace, in milliseconds. */
export const GRACE_MS = 30_000;
/** Between two written signs of life of a socket, in milliseconds. */
export const HEARTBEAT_MS = 10_000;
/** A status somebody set about themselves without ever having a socket holds for so long, in milliseconds. */
export const SOCKETLESS_MS = 30 * 60_000;

/** The status a person is in by the ledger. */
export interface OpenInterval {
  readonly status: OnlineStatus;
  readonly source: PresenceSource;
  /** Milliseconds since the epoch, like every instant here. */
  readonly startedAt: number;
  /** Where the status really began, if a correction of what came before has split it. */
  readonly heldFrom?: number;
}

/** A socket: from when to when it is known to have lived. */
export interface SeenSession {
  readonly startedAt: number;
  /** The last sign of life so far; its end, once it has ended. */
  readonly lastSeen: number;
}

/** What follows from the sockets, with the instant from which it is true. */
export interface Transition {
  readonly at: number;
  readonly status: 'online' | 'offline';
  readonly source: 'socket' | 'socket_lost' | 'timeout';
  /** The end before a correction moved it. */
  readonly heldFrom?: number;
}

/** Statuses that end with the sockets. What a host console, an import or the simulator says is theirs to end. */
const HELD_BY_SOCKETS: ReadonlySet<PresenceSource> = new Set(['self', 'leader', 'socket', 'correction']);
/** Ends that nobody decided: connecting undoes them. */
const UNDECIDED: ReadonlySet<PresenceSource> = new Set(['socket_lost', 'timeout', 'deactivated']);

/**
 * The next change of status that a person's sockets call for, or null. A function of what is recorded and of the time
 * alone: whoever asks, whenever, in whichever process, writes the same ledger.
 *
 * @param open what the ledger holds; null for a person who has none yet
 * @param sessions sockets with a sign of life since a grace before `open` (before its split) began, by start
 */
export function nextTransition(open: OpenInterval | null, sessions: readonly SeenSession[], now: number): Transition | null {
  if (open && open.status !== 'offline') return HELD_BY_SOCKETS.has(open.source) ? ending(open, sessions, now) : null;
  return open === null || UNDECIDED.has(open.source) ? beginning(open, sessions, now) : null;
}

/** Offline from the last sign of life on, once nobody has come back within the grace. */
function ending(open: OpenInterval, sessions: readonly SeenSession[], now: number): Transition | null {
  const begun = open.heldFrom ?? open.startedAt;
  const seen = sessions.filter((session) => session.lastSeen >= begun - GRACE_MS);
  const bound = seen[0];
  if (!bound || bound.startedAt >= begun + SOCKETLESS_MS) return socketless(open, begun, now);
  let reach = begun;
  for (const session of seen) {
    // Until its first socket a status stands by itself; from then on it needs one.
    if (session !== bound && session.startedAt - reach >= GRACE_MS) break;
    reach = Math.max(reach, session.lastSeen);
  }
  if (now - reach < GRACE_MS) return null;
  const lost = { at: Math.max(reach, open.startedAt), status: 'offline', source: 'socket_lost' } as const;
  return lost.at === reach ? lost : { ...lost, heldFrom: reach };
}

function socketless(open: OpenInterval, begun: number, now: number): Transition | null {
  const end = begun + SOCKETLESS_MS;
  return open.source === 'self' && now >= end ? { at: Math.max(end, open.startedAt), status: 'offline', source: 'timeout' } : null;
}

/** Online from the first socket since the end that nobody decided. */
function beginning(open: OpenInterval | null, sessions: readonly SeenSession[], now: number): Transition | null {
  const since = open?.heldFrom ?? open?.startedAt ?? -Infinity;
  // The sockets of somebody who is deactivated outlive the decision by a moment: only a new one counts.
  const back = sessions.find((session) => (open?.source === 'deactivated' ? session.startedAt : session.lastSeen) > since);
  if (!back || back.startedAt > now) return null;
  // Written down late, but within the grace: as if it had been known in time.
  const unnoticed = open?.source === 'socket_lost' && back.startedAt - since < GRACE_MS;
  return { at: Math.max(open?.startedAt ?? -Infinity, unnoticed ? since : back.startedAt), status: 'online', source: 'socket' };
}
