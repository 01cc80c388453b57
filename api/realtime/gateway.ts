import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server as Engine } from 'engine.io';
import { Server, type Socket } from 'socket.io';
import type { Authenticator } from '../auth/authenticator.ts';
import { scopeOf, type Principal } from '../auth/principal.ts';
import { rooms, type Delivery, type EventDefinition, type StoredEvent } from '../events/event.ts';
import type { EventTail } from '../events/tail.ts';
import type { Dispatcher } from '../http/dispatcher.ts';
import { badRequest, conflict, notFound } from '../errors/problem.ts';
import { problemBody, toProblem } from '../http/error-handler.ts';
import type { Log } from '../observability/log.ts';
import type { PeopleDirectory } from './directory.ts';
import type { Ephemeral } from './ephemeral.ts';
import type { Replay, ReplayOutcome } from './replay.ts';
import type { SocketLives } from './socket-life.ts';
import { SentVersions } from './sent-versions.ts';
import type { AnySocketHandler, EnteringHandler, TwinRequest, Visits } from './socket-handler.ts';
import { SocketsByPerson } from './sockets-by-person.ts';

/** An event on the wire: the documented payload first, then this. */
export interface EventMeta {
  readonly id: string;
  readonly seq: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly id: number; readonly name: string } | null;
}

interface Connected {
  principal: Principal;
  readonly token: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** While missed events are replayed the socket is in no room: live ones wait in the outbox. */
  replaying: boolean;
  /** Rooms it has entered by message, and what was asked to be let in. */
  readonly entered: Map<string, { readonly handler: EnteringHandler; readonly request: TwinRequest }>;
  readonly sent: SentVersions;
  /** Ends with the last message that others have to wait for. */
  turn: Promise<unknown>;
}

type Ack = (answer: { ok: true; data: unknown } | { ok: false; error: unknown }) => void;

const MAX_MESSAGE_BYTES = 200_000;
/** Coming back may cost the reading of thousands of events; nobody's connection breaks more often than this. */
const RESUME_LIMIT = { windowSeconds: 60, max: 60 };
/** Between attempts to learn from the database what an event changes. */
const RETRY_MS = 200;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Presence is exact to the last sign of life: nobody is asked for one more seldom than this, half of a heartbeat. */
const LONGEST_PING_MS = 5000;
const LEAVE_LIMIT = { windowSeconds: 60, max: 1200 };
/** Rooms a socket may be in by its own choice. */
const MAX_ENTERED = 100;
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
  /** The number of the last event that was sent, or that nobody here had to be sent. */
  #sent = 0;
  #closing = false;

  constructor(deps: GatewayDependencies) {
    this.#deps = deps;
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
    for (const room of definition?.reconsiders?.(event) ?? []) await Promise.all(this.#socketsIn([room]).map((socket) => this.#letStay(socket, room)));
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
      Object.assign(socket.data, { principal: this.#withAddress(principal, socket), token, expiresAt, replaying: false, entered: new Map(), sent: new SentVersions(), turn: Promise.resolve() } satisfies Connected);
      next();
    } catch (error) {
      const problem = toProblem(error);
      next(Object.assign(new Error(problem.message), { data: problemBody(problem, 'socket', socket.id) }));
    }
  }

  #withAddress(principal: Principal, socket: Socket): Principal {
    return { ...principal, requestId: `socket:${socket.id}`, ip: socket.handshake.address };
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
      for (const room of state.entered.keys()) this.#deps.visits.left(room, socket.id);
      clearTimeout(expiry);
    });
    const offered: unknown = socket.handshake.auth['lastSeq'];
    if (Number.isSafeInteger(offered)) void this.#resume(socket, Number(offered)).catch(() => this.#end(socket, 'resume_failed'));
    else this.#join(socket);
    // The person may have been changed between the handshake and here.
    void this.#reconsider(socket);
    for (const handler of this.#deps.handlers) {
      socket.on(handler.event, (...rest: unknown[]) => void this.#answer(socket, rest.at(-1), () => {
        const work = (): Promise<unknown> => this.#handle(socket, handler, rest[0]);
        return handler.inTurn ? inTurn(state, work) : work();
      }));
    }
    // A misspelt message is answered too: silence would look like a slow network.
    socket.onAny((event: string, ...rest: unknown[]) => {
      if (socket.listenerCount(event) > 0) return;
      void this.#answer(socket, rest.at(-1), () => Promise.reject(badRequest('unknown_event', `There is no message ${event.slice(0, 60)}.`)));
    });
    socket.on('resume', (...rest: unknown[]) => void this.#answer(socket, rest.at(-1), async () => {
      await this.#deps.dispatcher.count('resume', RESUME_LIMIT, state.principal);
      return this.#resume(socket, seqOf(rest[0]));
    }));
  }

  async #answer(socket: Socket, ack: unknown, work: () => Promise<unknown>): Promise<void> {
    const reply = typeof ack === 'function' ? (ack as Ack) : undefined;
    try {
      const data = await work();
      reply?.({ ok: true, data });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) this.#deps.log.error({ err: error, socket: socket.id }, problem.message);
      const body = problemBody(problem, 'socket', `socket:${socket.id}`);
      if (reply) reply({ ok: false, error: body });
      else socket.emit('error', body);
    }
  }

  async #handle(socket: Socket, handler: AnySocketHandler, message: unknown): Promise<unknown> {
    const { token, sent } = connected(socket);
    // Asked for every message: a role may have changed since the handshake, and the answer is remembered anyway.
    const principal = this.#withAddress((await this.#deps.authenticator.token(token)).principal, socket);
    const fields = typeof message === 'object' && message !== null ? { ...(message as Record<string, unknown>) } : {};
    const { clientRequestId, ...rest } = fields;
    if ('leaves' in handler) {
      await this.#deps.dispatcher.count(handler.event, LEAVE_LIMIT, principal);
      return this.#leave(socket, handler.leaves(rest));
    }
    const request = handler.toRequest(rest, sent);
    const params = { ...request.params, ...handler.forCaller?.(principal, request.params ?? {}) };
    const ask = async (): Promise<unknown> => {
      const answer = await this.#deps.dispatcher.dispatch(handler.twin, principal, { ...request, params }, clientRequestId);
      handler.answered?.(answer, request, sent);
      return answer;
    };
    return 'enters' in handler ? this.#enter(socket, handler, request, ask) : ask();
  }

  async #enter(socket: Socket, handler: EnteringHandler, request: TwinRequest, ask: () => Promise<unknown>): Promise<unknown> {
    const state = connected(socket);
    const { entered, principal } = state;
    const room = handler.enters(request.params ?? {});
    const wasIn = entered.has(room);
    if (!wasIn && entered.size >= MAX_ENTERED) throw conflict('too_many_rooms', `Leave some of the ${MAX_ENTERED} rooms first.`);
    // Before it is asked whether it may: what changes about that in the meantime concerns this socket as well.
    entered.set(room, { handler, request });
    try {
      const answer = await ask();
      if (!entered.has(room)) throw notFound('What you asked for');
      if (!state.replaying) void socket.join(room);
      const visitors = await this.#deps.visits.entered(room, { socketId: socket.id, agentId: principal.agentId });
      // It may have gone while that was written down.
      if (!socket.connected || !entered.has(room)) this.#deps.visits.left(room, socket.id);
      return handler.withVisitors(answer, visitors);
    } catch (error) {
      if (!wasIn) this.#leave(socket, room);
      throw error;
    }
  }

  #leave(socket: Socket, room: string): null {
    void socket.leave(room);
    if (connected(socket).entered.delete(room)) this.#deps.visits.left(room, socket.id);
    return null;
  }

  /** Shows those out of a room who may not read any more what it is about. */
  async #letStay(socket: Socket, room: string): Promise<void> {
    const { entered, principal } = connected(socket);
    const visit = entered.get(room);
    if (!visit) return;
    try {
      await this.#deps.dispatcher.ask(visit.handler.twin, principal, visit.request);
    } catch (error) {
      if (toProblem(error).status >= 500) return void socket.conn.close();
      this.#leave(socket, room);
      socket.emit('room:left', { room, reason: 'no_access' });
    }
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
      this.#join(socket);
    }
  }

  #join(socket: Socket): void {
    if (!socket.connected) return;
    const { principal, entered } = connected(socket);
    void socket.join([...roomsOf(principal), ...entered.keys()]);
  }

  /** Works rooms out anew for somebody whose role, team or sign-in may have changed. */
  async #reconsider(socket: Socket): Promise<void> {
    const state = connected(socket);
    try {
      state.principal = this.#withAddress((await this.#deps.authenticator.token(state.token)).principal, socket);
    } catch (error) {
      if (toProblem(error).status === 401) return this.#end(socket, 'session_ended');
      // Who they are cannot be told at the moment: let them come back and be asked again.
      socket.conn.close();
      return;
    }
    if (!socket.connected) return;
    if (!state.replaying) {
      leaveAll(socket);
      this.#join(socket);
    }
    await Promise.all([...state.entered.keys()].map((room) => this.#letStay(socket, room)));
  }

  #end(socket: Socket, reason: string): void {
    socket.emit('session_ended', { reason });
    socket.disconnect(true);
  }
}

function inTurn<T>(state: Connected, work: () => Promise<T>): Promise<T> {
  const done = state.turn.then(work);
  state.turn = done.catch(() => undefined);
  return done;
}

const connected = (socket: Socket): Connected => socket.data as Connected;

function leaveAll(socket: Socket): void {
  for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
}

const metaOf = (event: StoredEvent): EventMeta => ({ id: event.id, seq: event.seq, type: event.type, occurredAt: event.occurredAt, actor: event.actor });

const hears = (delivery: Delivery, memberships: ReadonlySet<string>): boolean =>
  delivery.rooms.some((room) => memberships.has(room)) && !delivery.except?.some((room) => memberships.has(room));

/** The rooms a person belongs in. */
export function roomsOf(principal: Principal): string[] {
  const { agentId, role, ledTeamIds } = principal;
  const found: string[] = [rooms.everyone, rooms.user(agentId)];
  if (scopeOf(principal).kind !== 'none') found.push(rooms.agent(agentId));
  if (principal.department) found.push(rooms.department(principal.department));
  if (role === 'admin') found.push(rooms.admins);
  if (role === 'admin' || role === 'manager') found.push(rooms.managers);
  if (role === 'team_leader') found.push(rooms.leaders, ...ledTeamIds.flatMap((team) => [rooms.leadersOf(team), rooms.leaderOf(team, agentId)]));
  if (role === 'cs') found.push(rooms.frontline);
  return found;
}

/** `auth.token`, `auth.sessionId` (the guide's name), the Authorization header, or `?token=`. */
function tokenOf(socket: Socket): string {
  const { auth, headers, query } = socket.handshake;
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  for (const candidate of [auth['token'], auth['sessionId'], bearer, query['token']]) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
  }
  return '';
}

/** @throws Problem 400 for a number that is none; undefined when none is given. */
function seqOf(message: unknown): number | undefined {
  const seq = typeof message === 'object' && message !== null && 'seq' in message ? message.seq : undefined;
  if (seq === undefined || (typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0)) return seq;
  throw badRequest('validation_failed', '/body/seq must be the number of an event.', [{ path: '/body/seq', message: 'must be the number of an event' }]);
}
