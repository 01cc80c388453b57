import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Log } from '../observability/log.ts';
import type { NewSocket, SocketLife, SocketLives } from '../realtime/socket-life.ts';
import { HEARTBEAT_MS } from './follow.ts';
import type { PresenceService } from './presence.service.ts';
import type { SocketState } from './session.repository.ts';
import type { SessionsService } from './sessions.service.ts';

interface Session extends NewSocket {
  readonly id: string;
  readonly startedAt: Date;
  lastHeard: Date;
  endedAt: Date | null;
  endReason: string | null;
}

/** Between two looks at who has been silent for too long, in milliseconds. */
const LOOK_MS = 2500;
/** What begins and ends at the same time is written together. */
const GATHER_MS = 20;
/** Of the pool's connections; requests need the others. */
const FOLLOWED_AT_ONCE = 4;

/**
 * The sockets of one process. Their signs of life are written in bulk; statuses follow what is written, whichever
 * process looks. A socket is always written whole, so nothing is lost when the database is away for a while.
 */
export class SocketSessions implements SocketLives {
  readonly #sessions: SessionsService;
  readonly #presence: PresenceService;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #processId = newId();
  readonly #living = new Map<string, Session>();
  /** Changed since they were written. */
  #unwritten = new Map<string, Session>();
  /** People whose status has not followed their new sockets yet. */
  #unfollowed = new Set<number>();
  #timers: NodeJS.Timeout[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isGathering = false;
  #steadySince: number;
  #lookedAt: number;

  constructor(deps: { sessions: SessionsService; presence: PresenceService; clock: Clock; log: Log }) {
    this.#sessions = deps.sessions;
    this.#presence = deps.presence;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#steadySince = this.#lookedAt = performance.now();
  }

  start(): void {
    this.#timers = [setInterval(() => void this.beat(), HEARTBEAT_MS), setInterval(() => void this.look(), LOOK_MS)];
  }

  began(socket: NewSocket): SocketLife {
    const now = this.#clock.now();
    const session: Session = { ...socket, id: newId(), startedAt: now, lastHeard: now, endedAt: null, endReason: null };
    this.#living.set(session.id, session);
    this.#unfollowed.add(session.agentId);
    this.#changed(session);
    return {
      heard: () => {
        session.lastHeard = this.#clock.now();
      },
      ended: (reason, noticedAtOnce) => this.#end(session, reason, noticedAtOnce),
    };
  }

  /** Resolves once what has begun and ended so far is written, and statuses have followed, as far as the database lets them. */
  async written(): Promise<void> {
    while (this.#isGathering) await sleep(GATHER_MS);
    await this.#writing;
  }

  /** Writes the signs of life of every socket. */
  beat(): Promise<void> {
    for (const session of this.#living.values()) this.#unwritten.set(session.id, session);
    return this.#write();
  }

  /** Lets statuses follow: of those whose sockets, wherever they were, are silent, and of those who are back. */
  async look(): Promise<void> {
    const late = performance.now() - this.#lookedAt;
    this.#lookedAt = performance.now();
    // After a standstill of this process or of the database, others first get the time to say that they are there.
    if (late > 2 * LOOK_MS) this.#steadySince = performance.now();
    await this.#write();
    if (performance.now() - this.#steadySince < HEARTBEAT_MS) return;
    await this.#attempt(() => this.#sessions.follow());
  }

  /** Everything that is known by now is written; what lives, ends with the process. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const session of [...this.#living.values()]) this.#end(session, 'server shutting down', true);
    await this.#write();
  }

  #end(session: Session, reason: string, noticedAtOnce: boolean): void {
    if (session.endedAt) return;
    const now = this.#clock.now();
    session.endedAt = noticedAtOnce ? now : session.lastHeard;
    if (noticedAtOnce) session.lastHeard = now;
    session.endReason = reason.slice(0, 40);
    this.#living.delete(session.id);
    this.#changed(session);
  }

  #changed(session: Session): void {
    this.#unwritten.set(session.id, session);
    if (this.#isGathering) return;
    this.#isGathering = true;
    void sleep(GATHER_MS).then(() => {
      this.#isGathering = false;
      return this.#write();
    });
  }

  /** One writing at a time: an end must not be overtaken by an earlier sign of life. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#attempt(() => this.#writeOnce()));
    return this.#writing;
  }

  async #writeOnce(): Promise<void> {
    const batch = this.#unwritten;
    const people = this.#unfollowed;
    this.#unwritten = new Map();
    this.#unfollowed = new Set();
    try {
      await this.#sessions.save(this.#processId, [...batch.values()].map(toState));
    } catch (error) {
      // Newer states of the same sockets are the same objects.
      this.#unwritten = new Map([...batch, ...this.#unwritten]);
      this.#unfollowed = new Set([...people, ...this.#unfollowed]);
      throw error;
    }
    const waiting = [...people];
    await Promise.all(Array.from({ length: FOLLOWED_AT_ONCE }, async () => {
      for (let agentId = waiting.pop(); agentId !== undefined; agentId = waiting.pop()) await this.#follow(agentId);
    }));
  }

  #follow(agentId: number): Promise<void> {
    return this.#attempt(async () => {
      try {
        await this.#presence.follow([agentId]);
      } catch (error) {
        this.#unfollowed.add(agentId);
        throw error;
      }
    });
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#steadySince = performance.now();
      this.#log.warn({ err: error }, 'presence could not be written; it will be');
    }
  }
}

const toState = ({ id, agentId, socketId, ip, userAgent, startedAt, lastHeard, endedAt, endReason }: Session): SocketState => ({
  id,
  agentId,
  socketId,
  ip,
  userAgent: userAgent?.slice(0, 500) ?? null,
  startedAt: startedAt.toISOString(),
  lastActivity: lastHeard.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  endReason,
});
