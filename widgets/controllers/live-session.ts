import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import type { EventMeta, Events, Realtime } from '../provider/realtime.ts';
import { ApiError, body, toApiError } from '../shared/api-error.ts';
import { LiveDocument, type Clash, type CoachingSession, type DocumentUpdate, type LiveField, type LiveValues, type Writing } from './live-document.ts';
import { openUnsavedStore, type UnsavedStore } from './unsaved-store.ts';

type JoinedSession = components['schemas']['JoinedSession'];
export type Visitor = components['schemas']['SessionVisitor'];

/** Typing is sent when it pauses, and now and then while it does not. Milliseconds. */
const PAUSE_MS = 700;
const LONGEST_MS = 3_000;
/** While there is no socket the session is read again so often. */
const POLL_MS = 4_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 15_000;

export interface LiveSessionOptions {
  /** Which session; undefined: none. */
  sessionId: () => string | undefined;
  /** The person who writes: what was not stored is kept for them alone. */
  owner: () => string | undefined;
  client: () => SidelineClient | undefined;
  realtime: () => Realtime | undefined;
  /** Called with each new state of the session. */
  onSession?: (session: CoachingSession) => void;
  store?: Promise<UnsavedStore>;
}

/**
 * A session that is held together: joins its room, shows what others write, sends what is written here, and keeps it
 * until it is stored, over lost connections and closed pages. Without a socket it reads and writes over HTTP.
 */
export class LiveSession implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: LiveSessionOptions;
  readonly #store: Promise<UnsavedStore>;
  #id: string | undefined;
  #owner: string | undefined;
  #realtime: Realtime | undefined;
  #stops: (() => void)[] = [];
  #document: LiveDocument | undefined;
  #present: readonly Visitor[] = [];
  #error: ApiError | undefined;
  #savedAt: number | undefined;
  /** The server's clock minus this one's, milliseconds. */
  #ahead = 0;
  #etag: string | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #firstUnsentAt: number | undefined;
  #retries = 0;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  #joining: Promise<void> | undefined;
  #joinAgain = false;

  constructor(host: ReactiveControllerHost, options: LiveSessionOptions) {
    this.#host = host;
    this.#options = options;
    this.#store = options.store ?? openUnsavedStore();
    host.addController(this);
  }

  /** As it is stored; undefined until it was read. */
  get session(): CoachingSession | undefined {
    return this.#document?.session;
  }

  /** Everybody who is in it, several tabs as one. Empty without a socket that joined. */
  get present(): readonly Visitor[] {
    return this.#present;
  }

  /** Why the last thing failed; what was written is kept all the same. */
  get error(): ApiError | undefined {
    return this.#error;
  }

  /** When something written here was last stored, ms since the epoch. */
  get savedAt(): number | undefined {
    return this.#savedAt;
  }

  /** Whether something written here is not stored yet. */
  get unsaved(): boolean {
    return this.#document?.unsaved ?? false;
  }

  /** Fields that somebody has to decide about: see {@link decide}. */
  get clashes(): readonly Clash[] {
    return this.#document?.clashes ?? [];
  }

  /** How long the session has been going on, or went on, by the server's clock. Milliseconds; undefined before it began. */
  get elapsedMs(): number | undefined {
    const { startedAt, completedAt } = this.session ?? {};
    if (!startedAt) return undefined;
    return Math.max(0, (completedAt ? Date.parse(completedAt) : Date.now() + this.#ahead) - Date.parse(startedAt));
  }

  /** When it began, by this machine's clock, for a clock that ticks. ISO 8601. */
  get startedAtHere(): string | undefined {
    const startedAt = this.session?.startedAt;
    return startedAt ? new Date(Date.parse(startedAt) - this.#ahead).toISOString() : undefined;
  }

  /** What the person sees in a field: what they wrote, else what is stored. */
  value<F extends LiveField>(field: F): LiveValues[F] | undefined {
    return this.#document?.value(field);
  }

  /** Writes a field here at once, and sends it soon. */
  edit<F extends LiveField>(field: F, value: LiveValues[F]): void {
    this.#document?.edit(field, value);
    this.#keep();
    this.#sendSoon();
    this.#host.requestUpdate();
  }

  /** Says what stays of a field that two people set. */
  decide<F extends LiveField>(field: F, value: LiveValues[F]): void {
    this.#document?.decide(field, value);
    this.#keep();
    this.#host.requestUpdate();
    void this.flush();
  }

  /** Sends what is not stored yet; resolves when it is, or cannot be at the moment. */
  async flush(): Promise<void> {
    clearTimeout(this.#sendTimer);
    this.#firstUnsentAt = undefined;
    for (let writing = this.#document?.take(); writing; writing = this.#document?.take()) {
      if (!(await this.#send(writing))) return;
    }
  }

  /** Reads the session again. */
  async refresh(): Promise<void> {
    await this.#join();
  }

  hostUpdate(): void {
    const [id, owner, realtime] = [this.#options.sessionId(), this.#options.owner(), this.#options.realtime()];
    if (id === this.#id && owner === this.#owner && realtime === this.#realtime) return;
    this.#end();
    if (id === undefined || owner === undefined || !this.#options.client()) return;
    [this.#id, this.#owner, this.#realtime] = [id, owner, realtime];
    if (realtime) this.#listen(realtime);
    void this.#join();
  }

  hostDisconnected(): void {
    this.#end();
  }

  #listen(realtime: Realtime): void {
    const rejoin = (): void => void (realtime.state === 'live' ? this.#join() : this.#pollSoon());
    const hide = (): void => void this.flush();
    realtime.addEventListener('state', rejoin);
    realtime.addEventListener('resync', rejoin);
    globalThis.addEventListener?.('pagehide', hide);
    this.#stops = [
      realtime.on('session:updated', (session: Events['session:updated'], _meta: EventMeta) => session.id === this.#id && this.#receive(session)),
      realtime.on('session:presence', ({ sessionId, present }: Events['session:presence']) => sessionId === this.#id && this.#show(present)),
      () => realtime.removeEventListener('state', rejoin),
      () => realtime.removeEventListener('resync', rejoin),
      () => globalThis.removeEventListener?.('pagehide', hide),
    ];
  }

  #end(): void {
    const [id, realtime] = [this.#id, this.#realtime];
    void this.flush();
    if (id !== undefined && realtime?.state === 'live') void realtime.request('leave-session', { sessionId: id }).catch(() => undefined);
    for (const stop of this.#stops) stop();
    clearTimeout(this.#pollTimer);
    this.#stops = [];
    this.#id = this.#owner = this.#realtime = this.#document = this.#error = this.#etag = this.#savedAt = undefined;
    this.#present = [];
  }

  /** Over the socket where there is one, else over HTTP. What was missed meanwhile is in what comes back. */
  #join(): Promise<void> {
    // What is under way may have begun over HTTP, or before what is asked about now.
    this.#joinAgain = this.#joining !== undefined;
    this.#joining ??= this.#enterUntilSettled().finally(() => {
      this.#joining = undefined;
    });
    return this.#joining;
  }

  async #enterUntilSettled(): Promise<void> {
    do {
      this.#joinAgain = false;
      await this.#enter();
    } while (this.#joinAgain);
  }

  async #enter(): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    try {
      const joined = await this.#read(id);
      if (id !== this.#id) return;
      this.#error = undefined;
      if (joined) await this.#arrive(id, joined);
    } catch (error) {
      if (id !== this.#id) return;
      this.#error = toApiError(error);
    }
    this.#host.requestUpdate();
    if (this.#realtime?.state !== 'live') this.#pollSoon();
    if (this.unsaved) void this.flush();
  }

  async #read(id: string): Promise<JoinedSession | undefined> {
    if (this.#realtime?.state === 'live') return (await this.#realtime.request('join-session', { sessionId: id })) as JoinedSession;
    const client = this.#options.client();
    if (!client) throw new ApiError(0);
    const headers = this.#etag === undefined ? {} : { 'If-None-Match': this.#etag };
    const answer = await client.http.GET('/api/coaching-sessions/{id}/document', { params: { path: { id }, header: headers }, cache: 'no-store' }).catch((error: unknown) => {
      throw toApiError(error);
    });
    if (answer.response.status === 304) return undefined;
    const joined = await body(Promise.resolve(answer));
    this.#etag = answer.response.headers.get('ETag') ?? undefined;
    return joined;
  }

  async #arrive(id: string, { session, present, now }: JoinedSession): Promise<void> {
    this.#ahead = Date.parse(now) - Date.now();
    this.#present = present;
    if (!this.#document) {
      // Before anything can be written here: what was taken over must not be written over.
      const unsaved = await (await this.#store).adopt(this.#key()).catch(() => undefined);
      // It may have been left while that was looked up.
      if (id !== this.#id) return;
      this.#document = new LiveDocument(session, unsaved);
    }
    this.#receive(session);
  }

  #receive(session: CoachingSession): void {
    if (!this.#document) return;
    this.#document.receive(session);
    this.#keep();
    this.#options.onSession?.(this.#document.session);
    this.#host.requestUpdate();
    if (this.unsaved) this.#sendSoon();
  }

  #show(present: readonly Visitor[]): void {
    this.#present = present;
    this.#host.requestUpdate();
  }

  #sendSoon(): void {
    clearTimeout(this.#sendTimer);
    this.#firstUnsentAt ??= Date.now();
    const wait = Math.min(PAUSE_MS, Math.max(0, this.#firstUnsentAt + LONGEST_MS - Date.now()));
    this.#sendTimer = setTimeout(() => void this.flush(), wait);
  }

  /** @returns whether it was answered, so that what was written meanwhile may follow */
  async #send(writing: Writing): Promise<boolean> {
    const [document, id] = [this.#document, this.#id];
    if (!document || id === undefined) return false;
    try {
      const outcome = await this.#write(id, writing);
      document.answered(outcome);
      this.#retries = 0;
      this.#error = undefined;
      this.#savedAt = Date.now();
      return true;
    } catch (thrown) {
      const error = toApiError(thrown);
      this.#error = error;
      if (error.transient || error.code === 'still_running') this.#again(document);
      else document.rejected();
      return false;
    } finally {
      if (document === this.#document) this.#keep();
      this.#host.requestUpdate();
    }
  }

  async #write(id: string, { id: writingId, updates, versions }: Writing): Promise<DocumentUpdate> {
    if (this.#realtime?.state === 'live') return (await this.#realtime.request('session:update', { sessionId: id, updates, versions, clientRequestId: writingId })) as DocumentUpdate;
    const client = this.#options.client();
    if (!client) throw new ApiError(0);
    return body(client.http.PATCH('/api/coaching-sessions/{id}/document', { params: { path: { id }, header: { 'Idempotency-Key': writingId } }, body: { updates, versions }, keepalive: true }));
  }

  #again(document: LiveDocument): void {
    document.unanswered();
    if (document !== this.#document) return;
    const wait = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#retries++) * (0.5 + Math.random() / 2);
    this.#sendTimer = setTimeout(() => void this.flush(), wait);
  }

  #pollSoon(): void {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = setTimeout(() => void (this.#realtime?.state === 'live' ? undefined : this.#join()), POLL_MS);
  }

  #key(): string {
    return `${this.#owner} ${this.#id}`;
  }

  #keep(): void {
    const [document, key] = [this.#document, this.#key()];
    if (document) void this.#store.then((store) => store.put(key, document.unsaved ? document.kept : undefined)).catch(() => undefined);
  }
}
