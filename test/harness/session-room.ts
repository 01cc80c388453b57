import { io, type Socket } from 'socket.io-client';
import { call } from './calls.ts';
import type { TestPerson } from './people.ts';
import { startWorld, type World } from './world.ts';

/** A live session of the agent, and everybody's ways into it. */
export class SessionRoom {
  readonly world: World;
  readonly #clock: { at: Date };
  readonly #opened: Socket[] = [];
  #id = '';

  private constructor(world: World, clock: { at: Date }) {
    this.world = world;
    this.#clock = clock;
  }

  static async start(name: string): Promise<SessionRoom> {
    const clock = { at: new Date() };
    return new SessionRoom(await startWorld(name, {}, { clock: { now: () => clock.at } }), clock);
  }

  /** What the server takes for now. */
  get now(): Date {
    return this.#clock.at;
  }

  /** The session. */
  get id(): string {
    return this.#id;
  }

  pass(milliseconds: number): void {
    this.#clock.at = new Date(this.#clock.at.getTime() + milliseconds);
  }

  /** Another session takes its place, in that state. */
  async renew(status: 'live' | 'preparing' = 'live'): Promise<void> {
    this.#clock.at = new Date();
    this.#id = await this.world.sessionIn(status, this.world.org.agent.id, { agenda: [{ title: 'Closing' }] });
    await this.world.app.settled();
  }

  /** Everybody goes. */
  leave(): void {
    for (const socket of this.#opened.splice(0)) socket.disconnect();
  }

  async connect(person: TestPerson): Promise<Socket> {
    return this.#kept(await this.world.app.socket(person.token));
  }

  /** Beside the harness, which sees to it that a socket is connected: of another process, or by another transport. */
  open(url: string, options: Parameters<typeof io>[1]): Socket {
    return this.#kept(io(url, { forceNew: true, reconnection: false, ...options }));
  }

  readonly join = (socket: Socket, sessionId = this.#id) => socket.emitWithAck('join-session', { sessionId });
  readonly update = (socket: Socket, updates: object, versions?: object) => socket.emitWithAck('session:update', { sessionId: this.#id, updates, ...(versions && { versions }) });
  readonly patch = (person: TestPerson, updates: object, versions?: object) => call(this.world.app, 'updateCoachingSessionDocument', { as: person, params: { id: this.#id }, body: { updates, ...(versions && { versions }) } });
  readonly stored = async () => (await call(this.world.app, 'getCoachingSession', { as: this.world.org.leader, params: { id: this.#id } })).body as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what is stored is what the test looks at

  #kept(socket: Socket): Socket {
    this.#opened.push(socket);
    return socket;
  }
}
