import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import type { Outbox, Sent } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { Toast } from '../controllers/toast.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import type { EvidenceLink } from '../shared/evidence.ts';
import { icon } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import '../shared/strings/actions.ts';
import { actionDetail, rightsOf, stepsOf, type Rights } from './action-detail.ts';
import { actionEntry } from './action-entry.ts';
import type { ActionForm } from './action-form.ts';
import { actionItemsStyles } from './action-items.styles.ts';
import { actionBones, actionTools, noActions } from './action-tools.ts';
import { asMeant, fits, groups, lettersOf, loadItems, NEW_ACTION, nextTo, NO_FILTERS, statusOf, toQuery, withItem, withoutItem, type ActionItem, type ActionStatus, type Filters, type Loaded, type Query, type Step } from './actions-model.ts';
import { keptLetters } from './kept-letters.ts';
import { progressStyles } from './progress.styles.ts';
import { formStyles } from './segments.ts';

const form = async () => import('./action-form.ts');
const thread = (): Promise<unknown> => import('./action-thread.ts');
const personPicker = (): Promise<unknown> => import('../shared/person-picker.ts');
const evidence = (): Promise<unknown> => import('../shared/evidence.ts');

const FRESH_MS = 12_000;
const SETTLE_MS = 2_000;

/**
 * What is to be done, by when, and how far it is: one's own for an agent, that of a person or a team for who leads them.
 *
 * @fires sideline-action-saved - an item was written or changed here; detail `{item}`
 * @csspart tools add-button filter-button item tick form save-button edit-button comment-button evidence-button kept toast
 */
export class SidelineActionItems extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, formStyles, progressStyles, actionItemsStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    teamId: { attribute: 'team-id' },
    barless: { type: Boolean },
    filters: { state: true },
    filtering: { state: true },
    opened: { state: true },
    form: { state: true },
    rows: { state: true },
    fresh: { state: true },
    undo: { state: true },
    pages: { state: true },
    refused: { state: true },
  };

  /** About whom; everybody one leads when left out, oneself for whoever leads nobody. */
  declare agentId: number | undefined;
  declare teamId: string | undefined;
  /** The widget around it says how the connection stands. */
  declare barless: boolean;
  declare private filters: Filters;
  declare private filtering: boolean;
  declare private opened: string | undefined;
  declare private form: ActionForm | undefined;
  declare private rows: EvidenceLink | undefined;
  declare private fresh: ReadonlySet<string>;
  declare private undo: Step | undefined;
  declare private pages: number;
  /** Why the last step was not taken, and of which item. */
  declare private refused: { readonly id: string; readonly why: string } | undefined;

  readonly #announcer = new Announcer(this);
  readonly #toast = new Toast(this, '.toast', () => (this.undo = undefined));
  #settle: ReturnType<typeof setTimeout> | undefined;
  #listening: Outbox | undefined;
  readonly #items: Resource<{ me: number; key: { query: Query; pages: number } }, Loaded> = this.resource<{ query: Query; pages: number }, Loaded>({
    key: () => ({ query: this.#query, pages: this.pages }),
    load: (client, { query, pages }, signal) => loadItems(client, query, pages, signal),
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#shown.map(({ id }) => id),
    element: (id) => this.#head(id),
  });

  constructor() {
    super();
    this.filters = NO_FILTERS;
    this.filtering = false;
    this.barless = false;
    this.fresh = new Set();
    this.pages = 1;
    new EverySeconds(this, 60); // a day may end
    this.live({
      'actionItem:created': (item) => this.#arrived(item),
      'actionItem:updated': (item) => this.#changed(item),
      performance_update: (event) => {
        if (this.#items.data?.items.some(({ agentId, targetMetric }) => agentId === event.agentId && targetMetric !== null)) this.#askSoon();
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
    this.#listening?.removeEventListener('sent', this.#sent);
    this.#listening = undefined;
  }

  /** Focuses the item last looked at. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('opened')) this.rows = undefined;
    if (this.outbox === this.#listening) return;
    this.#listening?.removeEventListener('sent', this.#sent);
    this.#listening = this.outbox;
    this.#listening?.addEventListener('sent', this.#sent);
  }

  protected override firstUpdated(): void {
    // What is opened later is here by then: nobody waits for its code.
    this.need(thread);
  }

  protected override render(): TemplateResult {
    return html`${this.barless ? nothing : this.bars(this.#items)}
      ${this.blocked() ?? html`${this.#tools()} ${keptLetters(this.locale, this.outbox)} ${this.form && this.form.id === undefined ? this.form.render() : nothing}
        ${this.show(this.#items, (loaded) => this.#list(loaded), () => actionBones(this.locale))}`}
      <div class="toast" part="toast" popover="manual"
        @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
        ${this.undo ? this.#offerUndo(this.undo) : nothing}
      </div>
      ${this.#announcer.render()}`;
  }

  get #query(): Query {
    return toQuery(this.filters, { agentId: this.agentId, teamId: this.teamId || undefined });
  }

  get #today(): string {
    return businessDay(Date.now(), this.session.me?.installation.businessTimezone ?? 'UTC');
  }

  /** What is shown: the items as this person meant them to be, in the order of the list. */
  get #shown(): readonly ActionItem[] {
    return groups(this.#meant, this.#today).flatMap(({ items }) => items);
  }

  /** A row stays where it is while what was done to it is on its way, so that it can be taken back there. */
  get #meant(): readonly ActionItem[] {
    const letters = lettersOf(this.outbox);
    return (this.#items.data?.items ?? []).map((item) => asMeant(item, letters, () => new Date().toISOString()));
  }

  #tools(): TemplateResult {
    return actionTools({
      locale: this.locale,
      filters: this.filters,
      filtering: this.filtering,
      people: writesNotes(this.session) && this.agentId === undefined,
      categories: [...this.locale.t('actions.categories').split('|'), ...(this.#items.data?.items ?? []).flatMap(({ category }) => category ?? []), this.filters.category],
      flip: () => {
        this.need(personPicker);
        this.filtering = !this.filtering;
      },
      choose: (change) => this.#choose(change),
      add: this.session.me?.agent.role === 'viewer' ? undefined : () => void this.#add(),
    });
  }

  #list({ total }: Loaded): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const items = this.#meant;
    if (items.length === 0) return noActions(this.locale, this.filters, { clear: () => this.#choose({ ...NO_FILTERS, shown: this.filters.shown }), add: () => void this.#add(), all: () => this.#choose({ shown: 'all' }) });
    return html`<div class="list" @keydown=${this.#onKey}>
      ${groups(items, this.#today).map(({ name, items: group }) => html`<section aria-labelledby="group-${name}">
        <h3 id="group-${name}" class=${name}>${t(`actions.group.${name}`)} <span class="quiet">${group.length}</span></h3>
        <ul role="list">${repeat(group, ({ id }) => id, (item) => this.#entry(item))}</ul>
      </section>`)}
      ${total > items.length ? html`<div class="more"><button type="button" class="link" @click=${() => (this.pages += 1)}>${t('common.more')}</button></div>` : nothing}
    </div>`;
  }

  #entry(item: ActionItem): TemplateResult {
    const open = item.id === this.opened;
    const rights = rightsOf(this.session.me?.agent, item);
    return actionEntry({
      locale: this.locale,
      item,
      progress: this.#items.data?.progress.get(item.id),
      today: this.#today,
      open,
      fresh: this.fresh.has(item.id),
      waits: lettersOf(this.outbox).some((kept) => kept.letter.about === statusOf(item.id) && kept.refusal === null && this.outbox?.pending.includes(kept)),
      tabIndex: this.#focus.tabIndex(item.id),
      onePerson: this.#query.agentId !== undefined || !writesNotes(this.session),
      refused: this.refused?.id === item.id ? this.refused.why : '',
      tick: rights.workOn ? (done) => void this.#step(item, done ? 'done' : 'open') : undefined,
      toggle: () => (this.opened = open ? undefined : item.id),
      focused: () => this.#focus.focused(item.id),
      below: () => (this.form?.id === item.id ? this.form.render() : this.#detail(item, rights)),
    });
  }

  #detail(item: ActionItem, rights: Rights): TemplateResult {
    return actionDetail({
      locale: this.locale,
      item,
      stored: this.#items.data?.items.find(({ id }) => id === item.id) ?? item,
      progress: this.#items.data?.progress.get(item.id),
      rows: this.rows,
      rights,
      step: (to) => void this.#step(item, to),
      edit: () => void this.#edit(item),
      showRows: (link) => {
        this.need(evidence);
        this.rows = this.rows?.href === link.href ? undefined : link;
      },
    });
  }

  #offerUndo({ to }: Step): TemplateResult {
    return html`${icon('check')}<span>${this.locale.t(`actions.${to}Now`)}</span>
      <button class="link" type="button" @click=${() => void this.#takeBack()}>${this.locale.t('common.undo')}</button>`;
  }

  #choose(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
    this.opened = undefined;
    this.pages = 1;
  }

  /** Whom a new item is for: asked for where the list does not say. */
  get #forWhom(): PersonRef | undefined {
    const me = this.session.me?.agent;
    const id = me && !writesNotes(this.session) ? me.id : this.#query.agentId;
    if (id === undefined) return undefined;
    const name = id === me?.id ? me.fullName : (this.filters.person?.name ?? this.#items.data?.items.find(({ agentId }) => agentId === id)?.agentName);
    return { id, name: name ?? `#${id}` };
  }

  async #add(): Promise<void> {
    await this.#open({ person: this.#forWhom });
    this.renderRoot.querySelector<HTMLElement>('.form .what')?.focus();
  }

  async #edit(item: ActionItem): Promise<void> {
    this.opened = item.id;
    await this.#open({ item: this.#items.data?.items.find(({ id }) => id === item.id) ?? item });
    this.renderRoot.querySelector<HTMLElement>('.form .what')?.focus();
  }

  async #open(about: { item: ActionItem } | { person: PersonRef | undefined }): Promise<void> {
    const [code] = await Promise.all([this.bring(form), this.bring(personPicker)]);
    if (!code) return;
    this.form = new code.ActionForm({
      client: () => this.client,
      outbox: () => this.outbox,
      locale: () => this.locale,
      today: () => this.#today,
      update: () => this.requestUpdate(),
      changed: (item) => this.#changed(item),
      left: (outcome, item) => this.#leave(outcome, item),
    }, about);
    await this.updateComplete;
  }

  #leave(outcome: 'saved' | 'kept' | 'given-up', item: ActionItem | undefined): void {
    const editing = this.form?.id !== undefined;
    this.form = undefined;
    if (outcome === 'kept') this.#announcer.now(this.locale.t('actions.notSent'));
    if (outcome === 'saved' && item) {
      this.emit('sideline-action-saved', { item });
      this.#announcer.now(editing ? this.locale.t('actions.saved') : this.locale.t('actions.created', { name: item.agentName }));
    }
    const back = item?.id ?? this.#focus.active;
    if (back && this.#shown.some(({ id }) => id === back)) void this.#focus.focus(back);
    else this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }

  /** Shown as taken at once; kept while nobody answers, and taken back with the reason where it is refused. */
  async #step(item: ActionItem, to: ActionStatus, undoable = true): Promise<void> {
    if (item.status === to || !stepsOf(item, rightsOf(this.session.me?.agent, item)).includes(to)) return;
    this.#toast.hide();
    this.refused = undefined;
    const next = nextTo(this.#shown, item.id);
    const sent = this.outbox?.post<ActionItem>({ method: 'PUT', path: `/api/action-items/${item.id}`, body: { status: to }, about: statusOf(item.id) });
    if (undoable) {
      this.undo = { item, from: item.status, to };
      void this.#toast.show(this.#head(item.id) ?? this);
    }
    this.#announcer.now(this.locale.t(`actions.${to}Now`));
    try {
      const written = (await sent)?.answer;
      if (!written) return; // kept: the row says so
      this.emit('sideline-action-saved', { item: written });
      const hadFocus = this.renderRoot.querySelector(':focus')?.closest(`[data-key="${item.id}"]`) !== null;
      this.#changed(written);
      await this.updateComplete;
      if (hadFocus && next && !this.#shown.some(({ id }) => id === item.id)) await this.#focus.focus(next);
    } catch (error) {
      this.#toast.hide();
      this.refused = { id: item.id, why: this.locale.t('actions.failed', { detail: problemText(this.locale, toApiError(error)) }) };
      await this.#reread(item.id);
    }
  }

  async #takeBack(): Promise<void> {
    const { undo } = this;
    this.#toast.hide();
    if (!undo) return;
    const letter = lettersOf(this.outbox).findLast((kept) => kept.letter.about === statusOf(undo.item.id));
    // What was never put on the wire is simply not sent.
    if (letter && letter.firstSentAt === null) return void (await this.outbox?.discard(letter.key));
    await this.#step({ ...undo.item, status: undo.to }, undo.from, false);
    await this.updateComplete;
    if (this.#shown.some(({ id }) => id === undo.item.id)) await this.#focus.focus(undo.item.id);
  }

  /** The item as the server has it, after it refused something. */
  async #reread(id: string): Promise<void> {
    if (!this.client) return;
    try {
      this.#changed(await body(this.client.http.GET('/api/action-items/{id}', { params: { path: { id } } })));
    } catch (error) {
      if (toApiError(error).kind === 'gone') this.#items.mutate((loaded) => withoutItem(loaded, id));
    }
  }

  readonly #sent = (event: Event): void => {
    const sent = (event as CustomEvent<Sent>).detail;
    // A step or a new item is answered with the item; comments and evidence are not.
    if ('letter' in sent && (sent.letter.about === NEW_ACTION || sent.letter.about.startsWith(statusOf('')))) this.#changed(sent.answer as ActionItem);
  };

  #arrived(item: ActionItem): void {
    const known = this.#items.data?.items.some(({ id }) => id === item.id);
    this.#changed(item);
    if (known || item.createdBy.id === this.session.me?.agent.id) return;
    this.fresh = new Set([...this.fresh, item.id]);
    setTimeout(() => (this.fresh = this.fresh.difference(new Set([item.id]))), FRESH_MS);
    if (fits(item, this.#query, this.#today)) this.#announcer.whenQuiet(this.locale.t('actions.arrived', { name: item.agentName, title: item.title }));
  }

  #changed(item: ActionItem): void {
    const belongs = fits(item, this.#query, this.#today);
    const known = this.#items.data?.items.some(({ id }) => id === item.id);
    if (belongs === undefined && !known) this.#askSoon();
    else if (belongs === false) this.#items.mutate((loaded) => withoutItem(loaded, item.id));
    else this.#items.mutate((loaded) => withItem(loaded, item));
    // A new target, or a new metric, has a progress of its own.
    if (belongs !== false && item.targetMetric !== null && this.#items.data?.progress.get(item.id)?.metric !== item.targetMetric) this.#askSoon();
  }

  #askSoon(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      void this.#items.refresh();
    }, SETTLE_MS);
  }

  #head(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-action="${id}"]`);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const origin = event.composedPath()[0];
    if (origin instanceof HTMLElement && origin.matches('.head') && this.#focus.onKey(event)) return;
    const item = this.#shown.find(({ id }) => id === this.#focus.active);
    const does = item && this.#shortcut(event.key, item);
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };

  #shortcut(key: string, item: ActionItem): (() => void) | undefined {
    const rights = rightsOf(this.session.me?.agent, item);
    if (key === 'Escape' && this.opened !== undefined) return () => this.#close();
    if (key === 'd' && rights.workOn) return () => void this.#step(item, item.status === 'done' ? 'open' : 'done');
    if (key === 'p' && rights.workOn) return () => void this.#step(item, item.status === 'in_progress' ? 'open' : 'in_progress');
    if (key === 'e' && rights.edit) return () => void this.#edit(item);
    if (key === 'a') return () => void this.#add();
    if (key === 'c') return () => void this.#comment(item);
    return undefined;
  }

  async #comment(item: ActionItem): Promise<void> {
    this.opened = item.id;
    await this.updateComplete;
    const thread = this.renderRoot.querySelector('sideline-action-thread');
    await thread?.updateComplete;
    thread?.focus();
  }

  #close(): void {
    const { opened } = this;
    this.opened = undefined;
    if (opened) void this.#focus.focus(opened);
  }
}

define('sideline-action-items', SidelineActionItems);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-action-items': SidelineActionItems;
  }
}
