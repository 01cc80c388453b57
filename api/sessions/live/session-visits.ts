import { newId } from '../../db/ids.ts';
import { notify } from '../../db/signals.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { rooms } from '../../events/event.ts';
import type { Log } from '../../observability/log.ts';
import type { Ephemeral } from '../../realtime/ephemeral.ts';
import type { Visitor, Visits } from '../../realtime/socket-handler.ts';
import type { Visit, VisitRepository } from './visit.repository.ts';

/** Says in every process that somebody entered or left the session it names. */
export const VISITS_CHANNEL = 'sideline_session_visits';
const BEAT_MS = 10_000;
const ROOM_PREFIX = rooms.session('');

/**
 * Who is in which session. The rows are the truth; whenever they change, every process with somebody in that session
 * reads them anew and shows them as `session:presence`. Several tabs are one person. A process that dies is missed
 * after 30 seconds.
 */
export class SessionVisits implements Visits {
  readonly #uow: UnitOfWork;
  readonly #visits: VisitRepository;
  readonly #log: Log;
  readonly #processId = newId();
  /** Those of this process, by session and socket. */
  readonly #here = new Map<string, Map<string, Visit>>();
  /** What was shown last, by session. */
  readonly #shown = new Map<string, string>();
  readonly #showing = new Map<string, { again: boolean }>();
  #show: (message: Ephemeral) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: { uow: UnitOfWork; visits: VisitRepository; log: Log }) {
    this.#uow = deps.uow;
    this.#visits = deps.visits;
    this.#log = deps.log;
  }

  /** Called with what the sockets of this process are to be shown. */
  set onShow(show: (message: Ephemeral) => void) {
    this.#show = show;
  }

  start(): void {
    this.#timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async entered(room: string, { socketId, agentId }: { socketId: string; agentId: number }): Promise<readonly Visitor[]> {
    const sessionId = room.slice(ROOM_PREFIX.length);
    const visit = { sessionId, socketId, agentId };
    this.#here.set(sessionId, (this.#here.get(sessionId) ?? new Map<string, Visit>()).set(socketId, visit));
    return this.#uow.read(async (db) => {
      await this.#visits.seen(db, this.#processId, [visit]);
      await notify(db, VISITS_CHANNEL, sessionId);
      return this.#visits.visitors(db, sessionId);
    });
  }

  left(room: string, socketId: string): void {
    const sessionId = room.slice(ROOM_PREFIX.length);
    const here = this.#here.get(sessionId);
    here?.delete(socketId);
    if (here?.size === 0) this.#forget(sessionId);
    void this.#attempt(() => this.#uow.read(async (db) => {
      await this.#visits.leave(db, sessionId, socketId);
      await notify(db, VISITS_CHANNEL, sessionId);
    }));
  }

  /** Somebody entered or left, here or in another process. */
  async changed(sessionId: string): Promise<void> {
    const running = this.#showing.get(sessionId);
    if (running) return void (running.again = true);
    if (!this.#here.has(sessionId)) return;
    const state = { again: true };
    this.#showing.set(sessionId, state);
    await this.#attempt(async () => {
      // What was read before the last change must not be what is shown last.
      while (state.again) {
        state.again = false;
        await this.#read(sessionId, true);
      }
    });
    this.#showing.delete(sessionId);
  }

  /** Says that the visitors of this process are there, ends those of dead processes, and shows what nobody has told. */
  beat(): Promise<void> {
    return this.#attempt(async () => {
      if (this.#here.size === 0) return;
      const silent = await this.#uow.read(async (db) => {
        await this.#visits.seen(db, this.#processId, [...this.#here.values()].flatMap((visits) => [...visits.values()]));
        return this.#visits.endSilent(db);
      });
      for (const sessionId of silent) await this.#tell(sessionId);
      for (const sessionId of this.#here.keys()) if (!this.#showing.has(sessionId)) await this.#read(sessionId, false);
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#attempt(async () => {
      const left = await this.#uow.read((db) => this.#visits.endAll(db, this.#processId));
      for (const sessionId of left) await this.#tell(sessionId);
    });
  }

  async #read(sessionId: string, always: boolean): Promise<void> {
    const present = await this.#uow.read((db) => this.#visits.visitors(db, sessionId));
    const text = JSON.stringify(present);
    if (!this.#here.has(sessionId) || (!always && this.#shown.get(sessionId) === text)) return;
    this.#shown.set(sessionId, text);
    this.#show({ type: 'session:presence', payload: { sessionId, present }, rooms: [rooms.session(sessionId)] });
  }

  #tell(sessionId: string): Promise<void> {
    return this.#uow.read((db) => notify(db, VISITS_CHANNEL, sessionId));
  }

  #forget(sessionId: string): void {
    this.#here.delete(sessionId);
    this.#shown.delete(sessionId);
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.warn({ err: error }, 'who is in a session could not be written; the next beat will tell');
    }
  }
}
