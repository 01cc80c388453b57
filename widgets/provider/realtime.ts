import type { Socket } from 'socket.io-client';
import type { webhooks } from '../../api/http/contract.types.ts';
import { ApiError } from '../shared/api-error.ts';
import { bring } from '../shared/lazy.ts';
import { SignInEnded, type Tokens } from './tokens.ts';

/** What travels beside every event's payload; progress is not stored and has neither id nor number. */
export interface EventMeta {
  id: string | null;
  seq: number | null;
  type: string;
  occurredAt: string;
  actor: unknown;
}

/** Payload of each event, as the contract has it. */
export type Events = {
  [Type in keyof webhooks]: NonNullable<webhooks[Type]['post']['requestBody']>['content']['application/json'];
};

export type EventHandlers = { readonly [Type in keyof Events]?: (payload: Events[Type], meta: EventMeta) => void };

type AnyHandler = (payload: never, meta: EventMeta) => void;
export type RealtimeState = 'idle' | 'connecting' | 'live' | 'lost';

type Answer = { ok: true; data: unknown } | { ok: false; error: { status: number; code?: string; detail?: string } };

const socketIo = async () => import('socket.io-client');

const ACK_MS = 8_000;
const REMEMBERED_EVENTS = 500;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 20_000;

/**
 * One socket for all widgets of a provider, opened by the first listener. After a gap the handshake names the last
 * event seen and the server replays the rest. Where it cannot, and on the very first connection, `resync` tells every
 * listener to fetch again; `ended` says that no token could be had any more.
 */
export class Realtime extends EventTarget {
  readonly #url: string;
  readonly #tokens: Tokens;
  readonly #handlers = new Map<string, Set<AnyHandler>>();
  readonly #seen = new Set<string>();
  #socket: Socket | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;
  #refusals = 0;
  #lastSeq: number | undefined;
  #state: RealtimeState = 'idle';
  #heardAt: number | undefined;

  constructor(apiUrl: string, tokens: Tokens) {
    super();
    this.#url = apiUrl;
    this.#tokens = tokens;
  }

  get state(): RealtimeState {
    return this.#state;
  }

  /** When the server was last heard, ms since the epoch: what is shown was true then, and nobody knows about later. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  /** Listens to an event until the returned function is called. Each event arrives once. */
  on<Type extends keyof Events>(event: Type, handler: (payload: Events[Type], meta: EventMeta) => void): () => void {
    const handlers = this.#handlers.get(event) ?? new Set<AnyHandler>();
    this.#handlers.set(event, handlers.add(handler));
    void this.#open();
    return () => handlers.delete(handler);
  }

  /** Sends a message and waits for its acknowledgement. @throws ApiError with the server's problem, of status 0 when no answer comes */
  async request(event: string, payload: unknown): Promise<unknown> {
    await this.#open();
    if (!this.#socket) throw new ApiError(0);
    const answer = (await this.#socket.timeout(ACK_MS).emitWithAck(event, payload).catch(() => {
      throw new ApiError(0);
    })) as Answer;
    if (!answer.ok) throw new ApiError(answer.error.status, answer.error);
    return answer.data;
  }

  close(): void {
    this.#closed = true;
    this.#socket?.disconnect();
    this.#setState('idle');
  }

  #open(): Promise<void> {
    this.#opening ??= this.#connect().catch(() => this.#openLater());
    return this.#opening;
  }

  async #connect(): Promise<void> {
    this.#setState('connecting');
    const { io } = await bring(socketIo);
    if (this.#closed) return;
    const socket = io(this.#url || location.origin, {
      transports: ['websocket', 'polling'],
      auth: (give) => void this.#tokens.get().then(
        (token) => give(this.#lastSeq === undefined ? { token } : { token, lastSeq: this.#lastSeq }),
        () => give({}),
      ),
    });
    this.#socket = socket;
    const heard = (): void => void (this.#heardAt = Date.now());
    socket.io.on('ping', heard);
    socket.onAny(heard);
    socket.on('connect', heard);
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', (reason) => this.#disconnected(socket, reason));
    socket.on('connect_error', (error) => void this.#refused(socket, error));
    socket.onAny((event: string, payload: unknown, meta?: EventMeta) => this.#dispatch(event, payload, meta));
  }

  #connected(): void {
    this.#refusals = 0;
    this.#setState('live');
    if (this.#lastSeq === undefined) this.#resync();
  }

  #disconnected(socket: Socket, reason: string): void {
    this.#setState(this.#closed ? 'idle' : 'lost');
    // The server ended it (expired token, restart): socket.io does not come back from that by itself.
    if (reason === 'io server disconnect') this.#connectLater(socket);
  }

  /** `active` false means that the server answered and refused; from a lost network socket.io returns by itself. */
  async #refused(socket: Socket, error: Error & { data?: { status?: number } }): Promise<void> {
    this.#setState('lost');
    if (socket.active || this.#closed) return;
    if (error.data?.status === 401 && !(await this.#renewed())) return;
    this.#connectLater(socket);
  }

  /** False when the sign-in is over; a network that is away is no such verdict. */
  async #renewed(): Promise<boolean> {
    try {
      await this.#tokens.renew(await this.#tokens.get());
    } catch (error) {
      if (!(error instanceof SignInEnded)) return true;
      this.dispatchEvent(new Event('ended'));
      return false;
    }
    return true;
  }

  /** The connection's code did not come: asked for again, as the connection itself would be. */
  #openLater(): void {
    this.#setState(this.#closed ? 'idle' : 'lost');
    this.#later(() => {
      this.#opening = undefined;
      void this.#open();
    });
  }

  #connectLater(socket: Socket): void {
    this.#later(() => void socket.connect());
  }

  /** Each time later than the last, and not everybody at once. */
  #later(run: () => void): void {
    const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#refusals) * (0.5 + Math.random() / 2);
    this.#refusals += 1;
    setTimeout(() => {
      if (!this.#closed) run();
    }, wait);
  }

  #dispatch(event: string, payload: unknown, meta: EventMeta | undefined): void {
    if (event === 'resync') {
      this.#lastSeq = (payload as { seq?: number }).seq ?? this.#lastSeq;
      return this.#resync();
    }
    if (meta?.id) {
      if (this.#seen.has(meta.id + event)) return;
      this.#remember(meta.id + event);
    }
    if (typeof meta?.seq === 'number') this.#lastSeq = Math.max(this.#lastSeq ?? 0, meta.seq);
    for (const handler of this.#handlers.get(event) ?? []) handler(payload as never, meta as EventMeta);
  }

  #remember(id: string): void {
    this.#seen.add(id);
    if (this.#seen.size > REMEMBERED_EVENTS) this.#seen.delete(this.#seen.values().next().value as string);
  }

  #resync(): void {
    this.dispatchEvent(new Event('resync'));
  }

  #setState(state: RealtimeState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event('state'));
  }
}
