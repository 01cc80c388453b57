import { io, type Socket } from 'socket.io-client';

/** What travels beside an event; what is not kept has neither id nor number. */
export interface Meta {
  readonly id: string | null;
  readonly seq: number | null;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly id: number; readonly name: string } | null;
}

export type Transport = 'websocket' | 'polling';
export type State = 'off' | 'connecting' | 'on' | 'lost';
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown };

export interface Watcher {
  changed(): void;
  heard(event: string, payload: unknown, meta: Meta | undefined): void;
  /** Something about the connection itself. */
  told(text: string, data?: unknown): void;
}

const ACK_MS = 8000;

/** One socket, as a client of one's own making would hold it: with the number of the last event, to come back after it. */
export class Connection {
  readonly #watcher: Watcher;
  #socket: Socket | undefined;
  #state: State = 'off';
  lastSeq: number | undefined;
  /** Whether to ask for what was missed when the connection comes back. */
  resumes = true;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  get state(): State {
    return this.#state;
  }

  /** What carries it at the moment: it may change while it stands. */
  get transport(): string {
    return this.#socket?.io.engine?.transport.name ?? '';
  }

  get id(): string {
    return this.#socket?.id ?? '';
  }

  /** @param token an access token, as the guide's `auth.sessionId` carries it */
  open(token: string, transport: Transport): void {
    this.close();
    this.lastSeq = undefined;
    this.#set('connecting');
    const socket = io({
      transports: [transport],
      forceNew: true,
      auth: (give) => give({ sessionId: token, ...(this.resumes && this.lastSeq !== undefined ? { lastSeq: this.lastSeq } : {}) }),
    });
    this.#socket = socket;
    socket.on('connect', () => this.#connected(socket));
    socket.on('disconnect', (reason) => {
      this.#watcher.told(`Disconnected: ${reason}.`);
      this.#set(socket.active ? 'lost' : 'off');
    });
    socket.on('connect_error', (error) => {
      this.#watcher.told(`connect_error: ${error.message}`, 'data' in error ? error.data : undefined);
      this.#set(socket.active ? 'lost' : 'off');
    });
    socket.onAny((event: string, payload: unknown, meta: Meta | undefined) => {
      if (typeof meta?.seq === 'number') this.lastSeq = Math.max(this.lastSeq ?? 0, meta.seq);
      this.#watcher.heard(event, payload, meta);
    });
  }

  close(): void {
    this.#socket?.disconnect();
    this.#socket = undefined;
    this.#set('off');
  }

  /** Breaks the connection without a word, as a network does; the client comes back by itself. */
  drop(): void {
    this.#socket?.io.engine?.close();
  }

  /** @throws Error when no answer comes in time. */
  async send(event: string, message: unknown, acknowledged: boolean): Promise<Answer | undefined> {
    if (!this.#socket) throw new Error('Not connected.');
    if (acknowledged) return (await this.#socket.timeout(ACK_MS).emitWithAck(event, message)) as Answer;
    this.#socket.emit(event, message);
    return undefined;
  }

  #connected(socket: Socket): void {
    const after = this.lastSeq;
    this.#watcher.told(after === undefined ? 'Connected.' : this.resumes ? `Back again; asked for what came after number ${after}.` : 'Back again; what came meanwhile was not asked for.');
    this.#set('on');
    // From here on nothing is missed, whether or not an event comes before the connection breaks.
    if (after === undefined) void socket.emitWithAck('resume', {}).then(({ data }: { data: { seq: number } }) => this.#knows(data.seq));
  }

  #knows(seq: number): void {
    this.lastSeq = Math.max(this.lastSeq ?? 0, seq);
    this.#watcher.changed();
  }

  #set(state: State): void {
    this.#state = state;
    this.#watcher.changed();
  }
}
