import type { Socket } from 'socket.io-client';
import { differences } from './differences.ts';
import type { Meta } from './listener.ts';
import { applyEvent } from './live-events.ts';
import { StateFetch, watched } from './live-fetch.ts';
import { nothingStale, type State } from './live-state.ts';
import { comparable, derived } from './live-view.ts';
import type { TestPerson } from './people.ts';
import type { World } from './world.ts';

/**
 * A client that fetches once and then lives on events: full ones it applies, of the others it fetches again
 * what they name. What repeats across objects (names, sizes) it derives from the object that has it.
 */
export class LiveClient {
  readonly person: TestPerson;
  readonly world: World;
  /** Violations of what is promised of the stream itself: order, no doubles. */
  readonly #complaints: string[] = [];
  endedBecause: string | undefined;
  readonly #fetch: StateFetch;
  #socket: Socket | undefined;
  #state: State | undefined;
  #stale = nothingStale();
  #waiting: (() => void)[] = [];
  #lastSeq = 0;
  #seen = new Set<string>();
  #fetching = false;
  /** Whether nothing may come twice or out of its order. */
  #strict = true;

  constructor(world: World, person: TestPerson) {
    this.world = world;
    this.person = person;
    this.#fetch = new StateFetch(world, person);
  }

  /** The number of the last event that was heard. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Listens first, then fetches: what happens in between is heard and applied on top. */
  async start(): Promise<void> {
    this.#socket = await this.#connect();
    const { data } = await this.#socket.emitWithAck('resume', {});
    this.#lastSeq = data.seq;
    await this.#fetchEverything();
  }

  /** As after loading the page again. */
  async restart(): Promise<void> {
    this.disconnect();
    this.#state = undefined;
    this.#stale = nothingStale();
    await this.start();
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = undefined;
  }

  /**
   * Comes back and asks for what it missed: in the handshake, as reconnecting clients do, or by a message. A message
   * comes after the socket is in its rooms, so what is sent until then is sent again, in its place.
   */
  async comeBack(how: 'handshake' | 'message'): Promise<void> {
    if (this.#socket?.connected) return;
    const after = this.#lastSeq;
    this.#strict = how === 'handshake';
    this.#socket = await this.#connect(how === 'handshake' ? { lastSeq: after } : {});
    if (how === 'handshake') return;
    const ack = await this.#socket.emitWithAck('resume', { seq: after });
    if (!ack.ok) throw new Error(`resume was refused: ${JSON.stringify(ack.error)}`);
    this.#lastSeq = Math.max(this.#lastSeq, ack.data.seq);
    this.#strict = true;
  }

  /** Hears what was sent to it so far, and fetches what that said to be out of date. */
  async catchUp(): Promise<void> {
    // An acknowledgement comes behind everything that was sent before it.
    await this.#socket?.emitWithAck('resume', {});
    while (this.#stale.everything || this.#stale.people.size + this.#stale.absences.size + this.#stale.settings.size > 0) {
      const stale = this.#stale;
      this.#stale = nothingStale();
      if (stale.everything) await this.#fetchEverything();
      await this.#whileEventsWait(async () => {
        for (const id of stale.people) await this.#fetch.about(this.#known, id);
        for (const id of stale.absences) await this.#fetch.absences(this.#known, id);
        for (const id of stale.settings) await this.#fetch.settings(this.#known, id);
      });
    }
  }

  /** Where that departs from what somebody who opens the page now is shown, and what was wrong with the stream. */
  async faults(): Promise<string[]> {
    return [...this.#complaints.splice(0), ...differences(comparable(derived(this.#known)), comparable(await this.#fetch.all()))];
  }

  get #known(): State {
    if (!this.#state) throw new Error('not started');
    return this.#state;
  }

  #connect(auth: Record<string, unknown> = {}): Promise<Socket> {
    return this.world.app.socket(this.person.token, auth, (socket) => this.#listenTo(socket));
  }

  #listenTo(socket: Socket): void {
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.#complaints.push(`the connection ended: ${reason}`);
    });
    socket.onAny((name: string, payload: unknown, meta: Meta | undefined) => {
      this.#judge(name, meta);
      // Until what is being fetched has come back, events wait: it may have been read before them.
      if (this.#state && !this.#fetching) this.#apply(name, payload, meta);
      else this.#waiting.push(() => this.#apply(name, payload, meta));
    });
  }

  #judge(name: string, meta: Meta | undefined): void {
    const seq = meta?.seq;
    if (seq === null || seq === undefined) return;
    if (this.#strict && this.#seen.has(`${seq} ${name}`)) this.#complaints.push(`${name} ${seq} came twice`);
    if (this.#strict && seq < this.#lastSeq) this.#complaints.push(`${name} ${seq} came after ${this.#lastSeq}`);
    this.#seen.add(`${seq} ${name}`);
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  #apply(name: string, payload: unknown, meta: Meta | undefined): void {
    const state = this.#state;
    if (!state) return;
    if (name === 'resync') {
      this.#lastSeq = (payload as { seq: number }).seq;
      this.#stale.everything = true;
    } else if (name === 'session_ended') {
      this.endedBecause = (payload as { reason: string }).reason;
    } else {
      applyEvent({ state, stale: this.#stale, personId: this.person.id, watched: watched(this.world) }, name, payload, meta);
    }
  }

  async #whileEventsWait(fetch: () => Promise<void>): Promise<void> {
    this.#fetching = true;
    await fetch();
    this.#fetching = false;
    for (const apply of this.#waiting.splice(0)) apply();
  }

  #fetchEverything(): Promise<void> {
    return this.#whileEventsWait(async () => {
      this.#state = await this.#fetch.all();
    });
  }
}
