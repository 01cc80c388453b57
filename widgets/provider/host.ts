import { ContextProvider } from '@lit/context';
import { clientContext } from '../contexts/client.context.ts';
import { localeContext } from '../contexts/locale.context.ts';
import { outboxContext } from '../contexts/outbox.context.ts';
import { realtimeContext } from '../contexts/realtime.context.ts';
import { sessionContext, signedOut, type Session } from '../contexts/session.context.ts';
import { themeContext, type Appearance } from '../contexts/theme.context.ts';
import { Outbox } from '../controllers/outbox.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { Locale } from '../shared/locale.ts';
import type { Catalogue } from '../shared/strings.ts';
import { createSidelineClient, type SidelineClient } from './client.ts';
import { Realtime } from './realtime.ts';
import { Tokens, type TokenSource } from './tokens.ts';

export interface SidelineOptions {
  /** Origin (and base path) of the API; the page's own origin when left out. */
  apiUrl?: string;
  /** A token the page already has. When it expires the widgets say so; prefer `getToken`. */
  accessToken?: string;
  /** Asked for a token at the start and whenever the last one stopped working. */
  getToken?: TokenSource;
  appearance?: Appearance;
  /** BCP 47; the page's `lang`, or English, when left out. */
  locale?: string;
  /** Words that replace the built-in ones. */
  strings?: Partial<Catalogue>;
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
const FLUSH_MS = 15_000;

/** Provides Sideline's contexts to everything below one element, and keeps them true. */
export class SidelineHost {
  readonly #session: ContextProvider<typeof sessionContext>;
  readonly #client: ContextProvider<typeof clientContext>;
  readonly #realtime: ContextProvider<typeof realtimeContext>;
  readonly #outbox: ContextProvider<typeof outboxContext>;
  readonly #locale: ContextProvider<typeof localeContext>;
  readonly #theme: ContextProvider<typeof themeContext>;
  readonly #element: HTMLElement;
  readonly #wentOnline = (): void => void this.#identify();
  readonly #wentOffline = (): void => this.#setSession({ online: false });
  #source: TokenSource | undefined;
  #apiUrl = '';
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retries = 0;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  /** Raised by every start and stop: answers that belong to an older one are dropped. */
  #run = 0;
  #ended = new AbortController();

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#session = new ContextProvider(element, { context: sessionContext, initialValue: signedOut });
    this.#client = new ContextProvider(element, { context: clientContext, initialValue: undefined });
    this.#realtime = new ContextProvider(element, { context: realtimeContext, initialValue: undefined });
    this.#outbox = new ContextProvider(element, { context: outboxContext, initialValue: undefined });
    this.#locale = new ContextProvider(element, { context: localeContext, initialValue: new Locale() });
    this.#theme = new ContextProvider(element, { context: themeContext, initialValue: 'auto' });
  }

  get session(): Session {
    return this.#session.value;
  }

  get client(): SidelineClient | undefined {
    return this.#client.value;
  }

  /** Announces the contexts to consumers that were there first; only needed on elements that are not Lit's. */
  announce(): void {
    for (const provider of [this.#session, this.#client, this.#realtime, this.#outbox, this.#locale, this.#theme]) {
      provider.hostConnected();
    }
  }

  setLook(appearance: Appearance, locale: string | undefined, strings: Partial<Catalogue> | undefined): void {
    this.#theme.setValue(appearance);
    const tag = locale || document.documentElement.lang || 'en';
    this.#locale.setValue(new Locale(tag, strings));
  }

  /** Signs in with the given source of tokens; whatever ran before ends. Without one, nobody is signed in. */
  start(apiUrl: string, source: TokenSource | undefined): void {
    this.stop();
    this.#apiUrl = apiUrl;
    this.#source = source;
    if (!source) return;
    const run = this.#run;
    const tokens = new Tokens(source);
    this.#ended = new AbortController();
    const client = createSidelineClient({
      apiUrl,
      tokens,
      ended: this.#ended.signal,
      onOutcome: (outcome) => {
        if (run === this.#run) this.#outcome(outcome);
      },
    });
    this.#setSession({ state: 'starting', online: navigator.onLine });
    this.#client.setValue(client);
    const realtime = new Realtime(apiUrl, tokens);
    realtime.addEventListener('ended', this.#wentOnline); // asking who is signed in tells an ended sign-in from a lost network
    this.#realtime.setValue(realtime);
    addEventListener('online', this.#wentOnline);
    addEventListener('offline', this.#wentOffline);
    void this.#identify();
  }

  stop(): void {
    this.#run += 1;
    this.#ended.abort();
    clearTimeout(this.#retry);
    clearTimeout(this.#flushTimer);
    this.#retry = undefined;
    this.#flushTimer = undefined;
    this.#retries = 0;
    removeEventListener('online', this.#wentOnline);
    removeEventListener('offline', this.#wentOffline);
    this.#realtime.value?.close();
    this.#realtime.setValue(undefined);
    this.#client.setValue(undefined);
    this.#outbox.setValue(undefined);
    this.#session.setValue(signedOut);
  }

  /** Takes up again where it stopped, when its element returns to the page. */
  resume(): void {
    this.start(this.#apiUrl, this.#source);
  }

  /** Asks who is signed in; also the probe whether the API answers again. */
  async #identify(): Promise<void> {
    const client = this.#client.value;
    const run = this.#run;
    if (!client) return;
    try {
      const me = await body(client.http.GET('/api/auth/me'));
      if (run !== this.#run) return;
      if (this.session.me?.agent.id !== me.agent.id) this.#openOutbox(client, me.agent.id);
      this.#setSession({ state: 'ready', me });
    } catch (error) {
      if (run !== this.#run) return;
      const problem = toApiError(error);
      if (problem.kind === 'expired') return; // told by #outcome
      if (!this.session.me) this.#setSession({ state: 'unreachable' });
      // Asking who one is changes nothing: it may be asked again after any failure that is not the request's own fault.
      if (problem.kind === 'offline' || problem.kind === 'slow' || problem.kind === 'failed') this.#probeLater();
    }
  }

  #openOutbox(client: SidelineClient, agentId: number): void {
    const origin = new URL(client.apiUrl || '/', location.href).href;
    const outbox = new Outbox({ client, owner: `${origin} ${agentId}` });
    outbox.addEventListener('change', () => this.#flushLater(outbox));
    this.#outbox.setValue(outbox);
    void outbox.flush();
  }

  /** For what was kept although the API answers (it was busy, or the token had just ended). */
  #flushLater(outbox: Outbox): void {
    if (this.#flushTimer !== undefined || !outbox.pending.some((kept) => !outbox.isUndecided(kept))) return;
    this.#flushTimer = setTimeout(() => {
      this.#flushTimer = undefined;
      if (this.session.online) void outbox.flush();
    }, FLUSH_MS);
  }

  #outcome(outcome: 'answered' | 'unreachable' | 'expired'): void {
    if (outcome === 'expired') return this.#expire();
    if (outcome === 'unreachable') {
      this.#setSession({ online: false });
      return this.#probeLater();
    }
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#retries = 0;
    if (this.session.online) return;
    this.#setSession({ online: true });
    void this.#outbox.value?.flush();
  }

  #probeLater(): void {
    if (this.#retry !== undefined) return;
    const wait = RETRY_MS[Math.min(this.#retries, RETRY_MS.length - 1)] ?? 0;
    this.#retries += 1;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#identify();
    }, wait);
  }

  #expire(): void {
    if (this.session.state === 'expired') return;
    this.#setSession({ state: 'expired', online: true });
    this.#element.dispatchEvent(new CustomEvent('sideline-expired', { bubbles: true, composed: true, detail: {} }));
  }

  #setSession(change: Partial<Session>): void {
    this.#session.setValue({ ...this.#session.value, ...change });
  }
}

interface TokenOptions {
  accessToken?: string | undefined;
  getToken?: TokenSource | undefined;
}

/** The one source of tokens that the options name. */
export function tokenSource({ accessToken, getToken }: TokenOptions): TokenSource | undefined {
  if (getToken) return getToken;
  if (accessToken) return async () => accessToken;
  return undefined;
}
