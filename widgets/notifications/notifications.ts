import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Announcer } from '../controllers/announcer.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import type { Events } from '../provider/realtime.ts';
import { body } from '../shared/api-error.ts';
import { empty, skeleton } from '../shared/blocks.ts';
import { addDays, businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import { place } from '../shared/place.ts';
import '../shared/strings/inbox.ts';
import { bellIcon } from './inbox-icons.ts';
import { Marking, type Page } from './marking.ts';
import { notificationRow } from './notification-row.ts';
import { byDay, itemsOf, saidHere, subjectOf, type Item, type Told } from './notifications-model.ts';
import { notificationsStyles } from './notifications.styles.ts';
import type { PreferencesState } from './preferences-form.ts';
import { PreferencesWriting } from './preferences-writing.ts';

const PAGE = 20;
/** The API's own limit of a page. */
const MOST = 100;
/** Several things are often told at once; one fetch answers all of them. */
const SETTLE_MS = 300;
/** How often is asked while nothing live comes. */
const POLL_MS = 60_000;
/** From here on the bell only says that there are many. */
const COUNTED = 99;

/**
 * What the person was told: a bell with what is unread, and behind it the list by days and how they want to be told.
 *
 * @fires sideline-open - what a notification is about was asked for; detail `{kind, id, agentId, type, notificationId}`
 * @fires sideline-unread - how many are unread, whenever that changes; detail `{unread}`
 * @csspart button count panel row title message read-button preferences
 */
export class SidelineNotifications extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, notificationsStyles];
  static override properties = {
    inline: { type: Boolean, reflect: true },
    opened: { state: true },
    view: { state: true },
    unreadOnly: { state: true },
    limit: { state: true },
    expanded: { state: true },
  };

  /** The list where it stands, without bell and popover: for a panel of its own. */
  declare inline: boolean;
  declare private opened: boolean;
  declare private view: 'list' | 'preferences';
  declare private unreadOnly: boolean;
  declare private limit: number;
  declare private expanded: ReadonlySet<string>;

  #settle: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #said: number | undefined;
  readonly #announcer = new Announcer(this);
  readonly #count = this.resource<'unread', number>({
    key: () => 'unread',
    load: async (client, _key, signal) => (await body(client.http.GET('/api/notifications/unread-count', { signal }))).unread,
  });
  readonly #list = this.resource<{ unread: boolean; limit: number }, Page>({
    key: () => (this.opened || this.inline ? { unread: this.unreadOnly, limit: this.limit } : undefined),
    load: (client, { unread, limit }, signal) => body(client.http.GET('/api/notifications', { params: { query: { limit, ...(unread ? { unread } : {}) } }, signal })),
  });
  readonly #preferences = this.resource<'preferences', PreferencesState>({
    key: () => (this.view === 'preferences' ? 'preferences' : undefined),
    load: (client, _key, signal) => body(client.http.GET('/api/notifications/preferences', { signal })),
  });
  readonly #marking = new Marking(this, {
    client: () => this.client,
    locale: () => this.locale,
    online: () => this.session.online,
    list: () => this.#list,
    count: () => this.#count,
    announcer: this.#announcer,
  });
  readonly #writing = new PreferencesWriting(this, {
    client: () => this.client,
    locale: () => this.locale,
    online: () => this.session.online,
    preferences: () => this.#preferences,
    saved: () => {
      this.#show('list');
      this.#announcer.now(this.locale.t('tell.saved'));
    },
    left: () => this.#show('list'),
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#list.data?.data.map(({ id }) => id) ?? [],
    element: (id) => this.renderRoot.querySelector<HTMLElement>(`[data-open="${CSS.escape(id)}"]`),
  });

  constructor() {
    super();
    this.inline = false;
    this.opened = false;
    this.view = 'list';
    this.unreadOnly = false;
    this.limit = PAGE;
    this.expanded = new Set();
    this.live({
      notification: (told) => {
        this.#announcer.whenQuiet(saidHere(told.title, told, this.locale));
        this.#changed();
      },
      'notification:read': (read) => this.#read(read),
      'notification:preferences-updated': (state) => this.#preferences.mutate(() => state),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#poll = setInterval(() => this.#askWhileNotLive(), POLL_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#poll);
    clearTimeout(this.#settle);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const unread = this.#count.data;
    if (unread === undefined || unread === this.#said) return;
    this.#said = unread;
    this.emit('sideline-unread', { unread });
  }

  protected override render(): TemplateResult {
    if (this.inline) return html`${this.#inbox()} ${this.#announcer.render()}`;
    return html`${this.#bell()}
      <div class="panel" id="panel" part="panel" popover role="dialog" aria-label=${this.locale.t('inbox.title')} @toggle=${this.#toggled}>
        ${this.opened ? this.#inbox() : nothing}
      </div>
      ${this.#announcer.render()}`;
  }

  #bell(): TemplateResult {
    const n = this.#count.data ?? 0;
    const label = n === 0 ? this.locale.t('inbox.title') : this.locale.t('inbox.bell', { n });
    const shown = n > COUNTED ? this.locale.t('inbox.many', { n: COUNTED }) : this.locale.number(n);
    return html`<button type="button" class="bell" part="button" popovertarget="panel" aria-haspopup="dialog" aria-label=${label} title=${label}>
      ${bellIcon()}${n > 0 ? html`<span class="count" part="count" aria-hidden="true">${shown}</span>` : nothing}
    </button>`;
  }

  #inbox(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const settings = this.view === 'preferences';
    return html`<div class="inbox" @keydown=${this.#onKey}>
      <div class="top">
        ${settings ? html`<button type="button" class="plain icon back" aria-label=${t('common.back')} @click=${() => this.#show('list')}>${icon('back')}</button>` : nothing}
        <h2>${settings ? t('inbox.settings') : t('inbox.title')}</h2>
        ${settings ? nothing : html`<button type="button" class="plain icon settings" aria-label=${t('inbox.settings')} title=${t('inbox.settings')} @click=${() => this.#show('preferences')}>${icon('tune')}</button>`}
        ${this.inline ? nothing : html`<button type="button" class="plain icon" aria-label=${t('common.close')} @click=${() => this.#panel?.hidePopover()}>${icon('close')}</button>`}
      </div>
      ${settings
        ? html`<div class="scroll">${this.show(this.#preferences, (state) => this.#writing.render(state), () => skeleton(this.locale, 7))}</div>`
        : html`${this.bars(this.#list)} ${this.#tools()}
            <div class="scroll">${this.show(this.#list, (page) => this.#days(page), () => skeleton(this.locale, 6))}</div>`}
    </div>`;
  }

  #tools(): TemplateResult | typeof nothing {
    if (!this.#list.data) return nothing;
    const t = this.locale.t.bind(this.locale);
    const chip = (unread: boolean, label: string): TemplateResult =>
      html`<button type="button" class="chip" aria-pressed=${this.unreadOnly === unread ? 'true' : 'false'} @click=${() => this.#filter(unread)}>${label}</button>`;
    return html`<div class="tools">
      <div class="line" role="group" aria-label=${t('inbox.shown')}>${chip(false, t('inbox.all'))} ${chip(true, t('inbox.unread'))}</div>
      <button type="button" class="link" ?disabled=${!this.#count.data || !this.session.online} @click=${() => void this.#marking.markAll()}>${t('inbox.readAll')}</button>
    </div>
    ${this.#marking.problem ? html`<p class="problem said" role="alert">${this.#marking.problem}</p>` : nothing}`;
  }

  #days({ data, meta }: Page): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (data.length === 0) {
      return this.unreadOnly
        ? empty(t('inbox.emptyUnread'), { label: t('inbox.showAll'), run: () => this.#filter(false) })
        : empty(t('inbox.empty'), { label: t('inbox.settings'), run: () => this.#show('preferences') });
    }
    const more = meta.total > data.length && this.limit < MOST;
    return html`${byDay(data, dayOf).map(({ date, rows }) => html`<section class="day" aria-labelledby="day-${date}">
      <h3 id="day-${date}">${this.#dayName(date)}</h3>
      <ul role="list">${repeat(rows, ({ id }) => id, (told) => this.#row(told))}</ul>
    </section>`)}
    ${more ? html`<div class="more"><button type="button" @click=${() => (this.limit = Math.min(MOST, this.limit + PAGE))}>${t('common.more')}</button></div>` : nothing}`;
  }

  #row(told: Told): TemplateResult {
    return notificationRow({
      locale: this.locale,
      told,
      tabIndex: this.#focus.tabIndex(told.id),
      expanded: this.expanded.has(told.id),
      focused: () => this.#focus.focused(told.id),
      open: (item) => this.#open(told, item),
      mark: () => void this.#marking.mark(told, told.readAt === null),
      expand: () => this.#expand(told.id),
    });
  }

  #dayName(date: string): string {
    const today = dayOf(new Date(Date.now()).toISOString());
    if (date === today) return this.locale.t('inbox.today');
    if (date === addDays(today, -1)) return this.locale.t('inbox.yesterday');
    return `${this.locale.weekday(date)}, ${this.locale.shortDay(`${date}T12:00:00`)}`;
  }

  #filter(unread: boolean): void {
    this.unreadOnly = unread;
    this.limit = PAGE;
  }

  #show(view: 'list' | 'preferences'): void {
    this.view = view;
    this.#marking.forget();
    this.#writing.forget();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(view === 'list' ? '.settings' : '.back')?.focus());
  }

  /** Opening it is reading it; what it is about, the page shows. */
  #open(told: Told, item: Told | Item): void {
    if (told.readAt === null) void this.#marking.mark(told, true, true);
    const subject = subjectOf(told.id, item);
    if (!subject) return void (item === told && itemsOf(told).length > 0 && this.#expand(told.id));
    this.#panel?.hidePopover();
    this.emit('sideline-open', subject);
  }

  #expand(id: string): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(id)) expanded.add(id);
    this.expanded = expanded;
  }

  #changed(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      void this.#count.refresh();
      void this.#list.refresh();
    }, SETTLE_MS);
  }

  #read({ ids, readAt }: Events['notification:read']): void {
    this.#marking.areRead(ids, readAt);
    this.#changed();
  }

  #askWhileNotLive(): void {
    if (this.realtime?.state === 'live' || !this.session.online || document.visibilityState !== 'visible') return;
    void this.#count.refresh();
    void this.#list.refresh();
  }

  get #panel(): HTMLElement | null {
    return this.inline ? null : (this.renderRoot?.querySelector<HTMLElement>('.panel') ?? null);
  }

  readonly #toggled = async (event: ToggleEvent): Promise<void> => {
    this.opened = event.newState === 'open';
    const [panel, bell] = [this.#panel, this.renderRoot.querySelector('.bell')];
    if (!this.opened || !panel || !bell) {
      this.view = 'list';
      // Closed by whoever went elsewhere, the focus is there already; by Escape it is still in what is gone.
      if (panel?.contains(this.shadowRoot?.activeElement ?? null)) (bell as HTMLElement | null)?.focus();
      return;
    }
    void this.#list.refresh();
    await this.updateComplete;
    place(panel, bell);
    panel.querySelector<HTMLElement>('.settings')?.focus({ preventScroll: true });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (isTyping(event) || this.view !== 'list') return;
    const id = (event.composedPath()[0] as Element | undefined)?.closest('.told')?.getAttribute('data-id');
    const told = this.#list.data?.data.find((row) => row.id === id);
    if (event.key === 'u' && told && !event.ctrlKey && !event.metaKey && !event.altKey) void this.#marking.mark(told, told.readAt === null);
    else if (event.key === 'ArrowDown' || told) this.#focus.onKey(event);
  };
}

/** By the reader's own clock. */
const dayOf = (iso: string): string => businessDay(Date.parse(iso), Intl.DateTimeFormat().resolvedOptions().timeZone);

define('sideline-notifications', SidelineNotifications);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-notifications': SidelineNotifications;
  }
}
