import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server as Engine } from 'engine.io';
import { Server, type Socket } from 'socket.io';
import type { Authenticator } from '../auth/authenticator.ts';
import { toProblem, problemBody } from '../http/error-handler.ts';
import { rooms, type EventDefinition, type StoredEvent } from '../events/event.ts';
import type { EventTail } from '../events/tail.ts';
import type { Dispatcher } from '../http/dispatcher.ts';
import type { Log } from '../observability/log.ts';
import { asCaller, connected, joinRooms, leaveAll, roomsOf, tokenOf, type Connected } from './connected.ts';
import type { PeopleDirectory } from './directory.ts';
import { EnteredRooms } from './entered-rooms.ts';
import type { Ephemeral } from './ephemeral.ts';
import type { Replay, ReplayOutcome } from './replay.ts';
import { SentVersions } from './sent-versions.ts';
import type { AnySocketHandler, Visits } from './socket-handler.ts';
import type { SocketLives } from './socket-life.ts';
import { SocketMessages } from './socket-messages.ts';
import { SocketsByPerson } from './sockets-by-person.ts';
import { hears, metaOf } from './wire.ts';

const MAX_MESSAGE_BYTES = 200_000;
/** Between attempts to learn from the database what an event changes. */
const RETRY_MS = 200;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Presence is exact to the last sign of life: nobody is asked for one more seldom than this, half of a heartbeat. */
const LONGEST_PING_MS = 5000;
/** Ends that are noticed because nothing was heard for a while; others at once. */
const NOTICED_LATE: ReadonlySet<string> = new Set(['ping timeout', 'transport error']);

export interface GatewayDependencies {
  readonly authenticator: Authenticator;
  readonly dispatcher: Dispatcher;
  readonly definitions: ReadonlyMap<string, EventDefinition<unknown>>;
  readonly handlers: readonly AnySocketHandler[];
  readonly directory: PeopleDirectory;
  readonly replay: Replay;
  readonly lives: SocketLives;
  readonly visits: Visits;
  readonly tail: EventTail;
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly path: string;
  readonly heartbeatMs: number;
}

/**
 * Socket.IO at its own path and at `/ws`. Rooms follow from the principal; an event is sent to the rooms its
 * definition names, so that nobody hears what they could not read by HTTP.
 */
export class RealtimeGateway {
  readonly #deps: GatewayDependencies;
  readonly #io: Server;
  readonly #engines: Engine[] = [];
  readonly #sockets = new SocketsByPerson();
  readonly #entered: EnteredRooms;
  readonly #messages: SocketMessages;
  /** The number of the last event that was sent, or that nobody here had to be sent. */
  #sent = 0;
  #closing = false;

  constructor(deps: GatewayDependencies) {
    this.#deps = deps;
    this.#entered = new EnteredRooms(deps);
    this.#messages = new SocketMessages({ ...deps, entered: this.#entered, resume: (socket, after) => this.#resume(socket, after) });
    this.#io = new Server({ ...this.#engineOptions(), serveClient: false });
    this.#io.use((socket, next) => void this.#admit(socket, next));
    this.#io.on('connection', (socket) => this.#welcome(socket));
  }

  attach(server: HttpServer): void {
    const paths = new Set([this.#deps.path, '/ws']);
    for (const path of paths) {
      const engine = new Engine(this.#engineOptions());
      engine.attach(server, { path });
      this.#io.bind(engine);
      this.#engines.push(engine);
    }
  }

  /** Events after this number are delivered; everything before is in what a client fetches. */
  startAfter(seq: number): void {
    this.#sent = Math.max(this.#sent, seq);
  }

  /** The number of the last event every socket here has been sent, as far as it concerned it. */
  get sent(): number {
    return this.#sent;
  }

  /** Sends one stored event to this process's sockets. */
  async deliver(event: StoredEvent): Promise<void> {
    await this.#learn(event);
    const definition = this.#deps.definitions.get(event.type);
    const affected = definition?.affectsPrincipals?.(event) ?? [];
    this.#deps.authenticator.forget(affected);
    // In one turn with the emissions: a replay counts on everything up to here having been sent, and nothing after it.
    this.#sent = event.seq;
    if (definition) this.#emit(definition, event);
    await Promise.all(this.#sockets.of(affected).map((socket) => this.#reconsider(socket)));
    for (const room of definition?.reconsiders?.(event) ?? []) await Promise.all(this.#socketsIn([room]).map((socket) => this.#entered.letStay(socket, room)));
  }

  #emit(definition: EventDefinition<unknown>, event: StoredEvent): void {
    const meta = metaOf(event);
    for (const delivery of definition.deliveries(event, this.#deps.directory)) {
      // Whoever is in another room is in that of everyone as well: it alone reaches the same sockets with half the looking.
      const to = delivery.rooms.includes(rooms.everyone) ? [rooms.everyone] : [...delivery.rooms];
      const shown = definition.shows?.(delivery.payload);
      if (shown) for (const socket of this.#socketsIn(delivery.rooms, delivery.except)) connected(socket).sent.note(shown.id, shown.versions);
      for (const name of [definition.type, ...(definition.aliases ?? [])]) {
        this.#io.local.to(to).except([...(delivery.except ?? [])]).emit(name, delivery.payload, meta);
      }
    }
  }

  /** The sockets of this process that are in one of the rooms at the moment. */
  #socketsIn(rooms: readonly string[], except: readonly string[] = []): Socket[] {
    const { adapter, sockets } = this.#io.sockets;
    const members = (names: readonly string[]): Set<string> => new Set(names.flatMap((name) => [...(adapter.rooms.get(name) ?? [])]));
    return [...members(rooms).difference(members(except))].flatMap((id) => sockets.get(id) ?? []);
  }

  /** Where people stand may have to be read again; an event waits until it can be, because it is sent only once. */
  async #learn(event: StoredEvent): Promise<void> {
    while (!this.#closing) {
      try {
        return await this.#deps.directory.apply(event);
      } catch (error) {
        this.#deps.log.warn({ err: error, seq: event.seq }, 'an event waits until people can be looked up again');
        await sleep(RETRY_MS);
      }
    }
  }

  /** Sends something that is not kept (progress) to this process's sockets; every process is told by NOTIFY. */
  show({ type, payload, rooms: to }: Ephemeral): void {
    this.#io.local.to([...to]).emit(type, payload, { id: null, seq: null, type, occurredAt: new Date().toISOString(), actor: null });
  }

  connectionCount(): number {
    return this.#io.engine ? this.#engines.reduce((sum, engine) => sum + engine.clientsCount, 0) : 0;
  }

  async close(): Promise<void> {
    this.#closing = true;
    // The transport ends, not the session: clients come back by themselves.
    for (const engine of this.#engines) engine.close();
    await this.#io.close();
  }

  #engineOptions(): object {
    const origins = [...this.#deps.corsOrigins];
    return {
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: Math.min(this.#deps.heartbeatMs, LONGEST_PING_MS),
      // No cookies anywhere: the token in the handshake is all there is.
      cors: { origin: origins.length > 0 ? origins : false, credentials: false },
    };
  }

  async #admit(socket: Socket, next: (error?: Error) => void): Promise<void> {
    try {
      const token = tokenOf(socket);
      const { principal, expiresAt } = await this.#deps.authenticator.token(token);
      Object.assign(socket.data, { principal: asCaller(principal, socket), token, expiresAt, replaying: false, entered: new Map(), sent: new SentVersions(), turn: Promise.resolve() } satisfies Connected);
      next();
    } catch (error) {
      const problem = toProblem(error);
      next(Object.assign(new Error(problem.message), { data: problemBody(problem, 'socket', socket.id) }));
    }
  }

  #welcome(socket: Socket): void {
    const state = connected(socket);
    const { agentId } = state.principal;
    this.#sockets.add(agentId, socket);
    const life = this.#deps.lives.began({ agentId, socketId: socket.id, ip: socket.handshake.address, userAgent: socket.handshake.headers['user-agent'] ?? null });
    socket.conn.on('packet', () => life.heard());
    const expiry = setTimeout(() => this.#end(socket, 'token_expired'), Math.min(state.expiresAt - Date.now(), LONGEST_TIMER_MS));
    socket.on('disconnect', (reason) => {
      life.ended(reason, !NOTICED_LATE.has(reason));
      this.#sockets.remove(agentId, socket);
      this.#entered.left(socket);
      clearTimeout(expiry);
    });
    const offered: unknown = socket.handshake.auth['lastSeq'];
    if (Number.isSafeInteger(offered)) void this.#resume(socket, Number(offered)).catch(() => this.#end(socket, 'resume_failed'));
    else joinRooms(socket);
    // The person may have been changed between the handshake and here.
    void this.#reconsider(socket);
    this.#messages.listenTo(socket);
  }

  /** Replays what was missed, then joins the rooms in the same turn in which the replay caught up: no gap, no double. */
  async #resume(socket: Socket, after: number | undefined): Promise<{ seq: number; replayed: number; resync: boolean }> {
    const state = connected(socket);
    if (after === undefined || state.replaying) return { seq: this.#sent, replayed: 0, resync: false };
    state.replaying = true;
    leaveAll(socket);
    try {
      let replayed = 0;
      let outcome: ReplayOutcome = { seq: after };
      do {
        outcome = await this.#deps.replay.run(outcome.seq, () => this.#sent, (event, deliveries, names) => {
          const memberships = new Set([...roomsOf(state.principal), ...state.entered.keys()]);
          const delivery = deliveries.find((candidate) => hears(candidate, memberships));
          if (!delivery || !socket.connected) return;
          const shown = this.#deps.definitions.get(event.type)?.shows?.(delivery.payload);
          if (shown) state.sent.note(shown.id, shown.versions);
          for (const name of names) socket.emit(name, delivery.payload, metaOf(event));
          replayed++;
        });
        // Something may have been sent between the last look of the replay and this turn.
      } while (!outcome.resync && outcome.seq < this.#sent);
      if (outcome.resync) socket.emit('resync', { seq: outcome.seq, reason: outcome.resync });
      return { seq: outcome.seq, replayed, resync: outcome.resync !== undefined };
    } finally {
      state.replaying = false;
      joinRooms(socket);
    }
  }

  /** Works rooms out anew for somebody whose role, team or sign-in may have changed. */
  async #reconsider(socket: Socket): Promise<void> {
    const state = connected(socket);
    try {
      state.principal = asCaller((await this.#deps.authenticator.token(state.token)).principal, socket);
    } catch (error) {
      if (toProblem(error).status === 401) return this.#end(socket, 'session_ended');
      // Who they are cannot be told at the moment: let them come back and be asked again.
      socket.conn.close();
      return;
    }
    if (!socket.connected) return;
    if (!state.replaying) {
      leaveAll(socket);
      joinRooms(socket);
    }
    await Promise.all([...state.entered.keys()].map((room) => this.#entered.letStay(socket, room)));
  }

  #end(socket: Socket, reason: string): void {
    socket.emit('session_ended', { reason });
    socket.disconnect(true);
  }
}
