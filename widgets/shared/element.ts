import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { clientContext } from '../contexts/client.context.ts';
import { localeContext } from '../contexts/locale.context.ts';
import { outboxContext } from '../contexts/outbox.context.ts';
import { realtimeContext } from '../contexts/realtime.context.ts';
import { attachContextRoot } from '../contexts/root.ts';
import { sessionContext, signedOut, type Session } from '../contexts/session.context.ts';
import { themeContext } from '../contexts/theme.context.ts';
import { LiveEvents } from '../controllers/live-events.ts';
import type { Outbox } from '../controllers/outbox.ts';
import { Resource, type ResourceOptions } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import type { EventHandlers, Realtime } from '../provider/realtime.ts';
import { ApiError } from './api-error.ts';
import { baseStyles } from './base.styles.ts';
import { bar, failure, skeleton, type Action } from './blocks.ts';
import type { SidelineEvents } from './events.ts';
import { bring, Outdated, type Load } from './lazy.ts';
import { defaultLocale, type Locale } from './locale.ts';
import { tokenStyles } from './tokens.styles.ts';

attachContextRoot();

/** Registers an element once, however many bundles carry it. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Instead of code that could not be had. */
class Missing {
  readonly outdated: boolean;

  constructor(why: unknown) {
    this.outdated = why instanceof Outdated;
    if (!(why instanceof TypeError || this.outdated)) reportError(why);
  }
}

/** What can be shown in whichever state it is: a Resource, or several seen as one. */
export interface Shown<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly loadedAt: number | undefined;
  refresh(): Promise<void>;
}

/** What every widget has: its contexts, its resources kept fresh, and one way to show how they stand. */
export abstract class SidelineElement extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  readonly #client = new ContextConsumer(this, { context: clientContext, subscribe: true });
  readonly #session = new ContextConsumer(this, { context: sessionContext, subscribe: true });
  readonly #realtime = new ContextConsumer(this, { context: realtimeContext, subscribe: true });
  readonly #locale = new ContextConsumer(this, { context: localeContext, subscribe: true });
  readonly #theme = new ContextConsumer(this, { context: themeContext, subscribe: true });
  readonly #outbox = new ContextConsumer(this, {
    context: outboxContext,
    subscribe: true,
    callback: (outbox) => this.#watch(outbox),
  });
  readonly #resources: Shown<unknown>[] = [];
  readonly #outboxChanged = (): void => this.requestUpdate();
  /** Code that was asked for: here, on its way (undefined), or not to be had. */
  readonly #code = new Map<Load, unknown>();
  #watched: Outbox | undefined;
  #wasOnline = true;
  #aging: ReturnType<typeof setTimeout> | undefined;

  protected get client(): SidelineClient | undefined {
    return this.#client.value;
  }

  protected get session(): Session {
    return this.#session.value ?? signedOut;
  }

  protected get realtime(): Realtime | undefined {
    return this.#realtime.value;
  }

  protected get outbox(): Outbox | undefined {
    return this.#outbox.value;
  }

  protected get locale(): Locale {
    return this.#locale.value ?? defaultLocale;
  }

  /** Something fetched; asked again by itself after a gap in the connection. Its key waits for the sign-in. */
  protected resource<K, T>(options: {
    key: () => K | undefined;
    load: (client: SidelineClient, key: K, signal: AbortSignal) => Promise<T>;
  }): Resource<{ me: number; key: K }, T> {
    const full: ResourceOptions<{ me: number; key: K }, T> = {
      key: () => {
        const me = this.session.me?.agent.id;
        const key = this.client && me !== undefined ? options.key() : undefined;
        return key === undefined || me === undefined ? undefined : { me, key };
      },
      load: ({ key }, signal) => {
        if (!this.client) throw new ApiError(401);
        return options.load(this.client, key, signal);
      },
    };
    const resource = new Resource(this, full);
    this.#resources.push(resource);
    return resource;
  }

  /** Listens to server events; after a gap all resources are asked again. */
  protected live(handlers: EventHandlers): void {
    new LiveEvents(this, { realtime: () => this.realtime, handlers, onResync: () => this.refreshAll() });
  }

  protected refreshAll(): void {
    for (const resource of this.#resources) void resource.refresh();
  }

  #retryFailed(): void {
    for (const resource of this.#resources) if (resource.error) void resource.refresh();
  }

  /** Code that is needed from here on: asked for once. @returns it, when it is here; the widget is drawn again when it comes */
  need<T>(load: Load<T>): T | undefined {
    if (!this.#code.has(load)) void this.bring(load);
    const code = this.#code.get(load);
    return code instanceof Missing ? undefined : (code as T | undefined); // a function's answer is of its own type
  }

  /** Code for something that is done now. @returns nothing when it cannot be had: a bar says so and offers to try again */
  async bring<T>(load: Load<T>): Promise<T | undefined> {
    this.#code.set(load, undefined);
    const code = await bring(load).catch((error: unknown) => new Missing(error));
    this.#code.set(load, code);
    this.requestUpdate();
    return code instanceof Missing ? undefined : code;
  }

  #bringMissing(): void {
    for (const [load, code] of this.#code) if (code instanceof Missing) void this.bring(load);
    this.requestUpdate();
  }

  get #missing(): Missing[] {
    return [...this.#code.values()].filter((code) => code instanceof Missing);
  }

  /** In place of what needs code that is on its way, or cannot be had. */
  protected coming(load: Load, rows = 5): TemplateResult {
    const code = this.#code.get(load);
    if (!(code instanceof Missing)) return skeleton(this.locale, rows);
    const detail = this.locale.t(code.outdated ? 'problem.older' : 'problem.network');
    return failure(this.locale, new ApiError(this.session.online ? -1 : 0, { detail }), this.#again());
  }

  #again(): Action {
    const { t } = this.#say();
    if (this.#missing.some(({ outdated }) => outdated)) return { label: t('common.reload'), run: () => location.reload() };
    return { label: t('common.retry'), run: () => this.#bringMissing() };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const appearance = this.#theme.value ?? 'auto';
    if (appearance === 'auto') delete this.dataset['appearance'];
    else this.dataset['appearance'] = appearance;
    const { online } = this.session;
    if (online && !this.#wasOnline) {
      this.refreshAll();
      this.#bringMissing();
    }
    this.#wasOnline = online;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#aging);
  }

  /** Tells the page; bubbles out of every shadow root. @returns false when a listener took it over */
  protected emit<Type extends keyof SidelineEvents>(type: Type, detail: SidelineEvents[Type], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** Why nothing can be shown yet (nobody signed in, expired before anything came), or nothing. */
  protected blocked(): TemplateResult | undefined {
    const { state, me } = this.session;
    if (me) return undefined;
    const { t } = this.#say();
    if (state === 'signed-out') return this.#notice(t('state.signedOut.title'), t('state.signedOut.body'));
    if (state === 'expired') return failure(this.locale, new ApiError(401), this.#signIn());
    if (state === 'unreachable') return failure(this.locale, new ApiError(0));
    return undefined;
  }

  /** The resource in whichever state it is: blocked, loading, failed, or here. */
  protected show<T>(
    resource: Shown<T>,
    ready: (data: T) => TemplateResult,
    loading: () => TemplateResult = () => skeleton(this.locale, 6),
  ): TemplateResult {
    const blocked = this.blocked();
    if (blocked) return blocked;
    if (resource.data !== undefined) return ready(resource.data);
    if (!resource.error) return loading();
    const retry = { label: this.locale.t('common.retry'), run: () => this.#retryFailed() };
    return failure(this.locale, resource.error, resource.error.kind === 'expired' ? this.#signIn() : retry);
  }

  /**
   * The last moment at which what is shown was known to be true, ms since the epoch; undefined while it is kept up to
   * date. Times that tick stop there: a number that goes on would claim that somebody is still watching.
   */
  protected staleSince(resource: Shown<unknown>): number | undefined {
    if (resource.data === undefined) return undefined;
    const lost = !this.session.online || this.session.state === 'expired' || this.realtime?.state === 'lost';
    if (!lost && !resource.error) return undefined;
    const heardAt = lost ? (this.realtime?.heardAt ?? 0) : 0;
    return Math.max(resource.loadedAt ?? 0, heardAt);
  }

  /** The slim bars: sign-in ended, offline with what waits, live updates paused, stale; each with the age of the data. */
  protected bars(resource?: Shown<unknown>): TemplateResult {
    const { t } = this.#say();
    const { state, me, online } = this.session;
    const since = resource && this.staleSince(resource);
    const age = since === undefined ? '' : t('bar.stale', { time: this.locale.time(new Date(since).toISOString()), age: this.locale.ago(since, Date.now()) });
    this.#keepAging(since !== undefined);
    const said = (...parts: string[]): string => parts.filter(Boolean).join(' · ');
    if (state === 'expired' && me) return bar(said(t('state.expired.title'), age), { action: this.#signIn() });
    const waiting = this.outbox?.pending.length ?? 0;
    const waits = waiting > 0 ? t('bar.waiting', { n: waiting }) : '';
    if (!online) return bar(said(t('bar.offline'), age, waits));
    if (this.#missing.length > 0) return bar(t('bar.part'), { action: this.#again() });
    if (resource?.error && age) return bar(age, { info: true, action: { label: t('common.retry'), run: () => void resource.refresh() } });
    if (waits) return bar(waits, { action: { label: t('common.retry'), run: () => void this.outbox?.flush() } });
    if (this.realtime?.state === 'lost') return bar(said(t('bar.reconnecting'), age), { info: true });
    return html`${nothing}`;
  }

  /** An age that is shown grows. */
  #keepAging(shown: boolean): void {
    clearTimeout(this.#aging);
    if (shown) this.#aging = setTimeout(() => this.requestUpdate(), 20_000);
  }

  #signIn(): Action {
    return { label: this.locale.t('state.expired.action'), run: () => void this.emit('sideline-sign-in', {}) };
  }

  #notice(title: string, text: string): TemplateResult {
    return html`<div class="state" part="empty"><p class="strong">${title}</p><p class="quiet">${text}</p></div>`;
  }

  #say(): { t: Locale['t'] } {
    return { t: (key, params) => this.locale.t(key, params) };
  }

  #watch(outbox: Outbox | undefined): void {
    this.#watched?.removeEventListener('change', this.#outboxChanged);
    this.#watched = outbox;
    outbox?.addEventListener('change', this.#outboxChanged);
  }
}
