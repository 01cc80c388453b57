import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { Fresh } from '../controllers/fresh.ts';
import { ListChoice } from '../controllers/list-choice.ts';
import { onListKey } from '../controllers/list-keys.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import type { EvidenceLink } from '../shared/evidence-rows.ts';
import { listToolsStyles } from '../shared/list-tools.styles.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import '../shared/strings/actions.ts';
import { switchStyles } from '../shared/switch.styles.ts';
import { toastStyles } from '../shared/toast.styles.ts';
import { actionDetail, rightsOf, type Rights } from './action-detail.ts';
import { actionEntry } from './action-entry.ts';
import { actionItemsStyles } from './action-items.styles.ts';
import { ActionSteps } from './action-steps.ts';
import { actionBones, actionTools, noActions } from './action-tools.ts';
import { ActionWriting } from './action-writing.ts';
import { ActionsFeed, type Items } from './actions-feed.ts';
import { asMeant, fits, groups, lettersOf, loadItems, NO_FILTERS, toQuery, type ActionItem, type Loaded, type Query } from './actions-model.ts';
import { keptLetters } from './kept-letters.ts';
import { progressStyles } from './progress.styles.ts';
import { formStyles } from './segments.ts';

const thread = (): Promise<unknown> => import('./action-thread.ts');
const evidence = (): Promise<unknown> => import('../shared/evidence.ts');

/**
 * What is to be done, by when, and how far it is: one's own for an agent, that of a person or a team for who leads them.
 *
 * @fires sideline-action-saved - an item was written or changed here; detail `{item}`
 * @csspart tools add-button filter-button item tick form save-button edit-button comment-button evidence-button kept toast
 */
export class SidelineActionItems extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, formStyles, progressStyles, listToolsStyles, switchStyles, toastStyles, actionItemsStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    teamId: { attribute: 'team-id' },
    barless: { type: Boolean },
    opened: { state: true },
    rows: { state: true },
    pages: { state: true },
  };

  /** About whom; everybody one leads when left out, oneself for whoever leads nobody. */
  declare agentId: number | undefined;
  declare teamId: string | undefined;
  /** The widget around it says how the connection stands. */
  declare barless: boolean;
  declare private opened: string | undefined;
  declare private rows: EvidenceLink | undefined;
  declare private pages: number;

  readonly #choice = new ListChoice(this, NO_FILTERS, () => {
    this.opened = undefined;
    this.pages = 1;
  });
  readonly #announcer = new Announcer(this);
  readonly #fresh = new Fresh(this);
  readonly #items: Items = this.resource<{ query: Query; pages: number }, Loaded>({
    key: () => ({ query: this.#query, pages: this.pages }),
    load: (client, { query, pages }, signal) => loadItems(client, query, pages, signal),
  });
  readonly #feed = new ActionsFeed({
    items: () => this.#items,
    client: () => this.client,
    query: () => this.#query,
    today: () => this.#today,
    arrived: (item) => this.#arrived(item),
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#shown.map(({ id }) => id),
    element: (id) => this.#head(id),
  });
  readonly #steps = new ActionSteps(this, {
    feed: this.#feed,
    outbox: () => this.outbox,
    locale: () => this.locale,
    rights: (item) => this.#rights(item),
    shown: () => this.#shown,
    head: (id) => this.#head(id),
    focus: (id) => this.#focus.focus(id),
    say: (text) => this.#announcer.now(text),
    saved: (item) => void this.emit('sideline-action-saved', { item }),
  });
  readonly #writing = new ActionWriting(this, {
    client: () => this.client,
    outbox: () => this.outbox,
    locale: () => this.locale,
    today: () => this.#today,
    changed: (item) => this.#feed.changed(item),
    say: (text) => this.#announcer.now(text),
    saved: (item) => void this.emit('sideline-action-saved', { item }),
    back: (id) => this.#focusAgain(id),
  });

  constructor() {
    super();
    this.barless = false;
    this.pages = 1;
    new EverySeconds(this, 60); // a day may end
    this.live({
      'actionItem:created': (item) => this.#feed.created(item),
      'actionItem:updated': (item) => this.#feed.changed(item),
      performance_update: ({ agentId }) => this.#feed.measured(agentId),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#feed.stop();
  }

  /** Focuses the item last looked at. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('opened')) this.rows = undefined;
    this.#feed.listenTo(this.outbox);
  }

  protected override firstUpdated(): void {
    // What is opened later is here by then: nobody waits for its code.
    this.need(thread);
  }

  protected override render(): TemplateResult {
    return html`${this.barless ? nothing : this.bars(this.#items)}
      ${this.blocked() ?? html`${this.#tools()} ${keptLetters(this.locale, this.outbox)} ${this.#writing.render()}
        ${this.show(this.#items, (loaded) => this.#list(loaded), () => actionBones(this.locale))}`}
      ${this.#steps.render()} ${this.#announcer.render()}`;
  }

  get #query(): Query {
    return toQuery(this.#choice.filters, { agentId: this.agentId, teamId: this.teamId || undefined });
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
      filters: this.#choice.filters,
      filtering: this.#choice.open,
      people: writesNotes(this.session) && this.agentId === undefined,
      categories: [...this.locale.t('actions.categories').split('|'), ...(this.#items.data?.items ?? []).flatMap(({ category }) => category ?? []), this.#choice.filters.category],
      flip: this.#choice.flip,
      choose: this.#choice.choose,
      add: this.session.me?.agent.role === 'viewer' ? undefined : () => this.#add(),
    });
  }

  #list({ total }: Loaded): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const items = this.#meant;
    if (items.length === 0) return noActions(this.locale, this.#choice.filters, { clear: this.#choice.clear, add: () => this.#add(), all: () => this.#choice.choose({ shown: 'all' }) });
    return html`<div class="list" @keydown=${(event: KeyboardEvent) => onListKey(event, this.#focus, (key) => this.#shortcut(key))}>
      ${groups(items, this.#today).map(({ name, items: group }) => html`<section aria-labelledby="group-${name}">
        <h3 id="group-${name}" class=${name}>${t(`actions.group.${name}`)} <span class="quiet">${group.length}</span></h3>
        <ul role="list">${repeat(group, ({ id }) => id, (item) => this.#entry(item))}</ul>
      </section>`)}
      ${total > items.length ? html`<div class="more"><button type="button" class="link" @click=${() => (this.pages += 1)}>${t('common.more')}</button></div>` : nothing}
    </div>`;
  }

  #entry(item: ActionItem): TemplateResult {
    const open = item.id === this.opened;
    const rights = this.#rights(item);
    return actionEntry({
      locale: this.locale,
      item,
      progress: this.#items.data?.progress.get(item.id),
      today: this.#today,
      open,
      fresh: this.#fresh.has(item.id),
      waits: this.#steps.waits(item.id),
      tabIndex: this.#focus.tabIndex(item.id),
      onePerson: this.#query.agentId !== undefined || !writesNotes(this.session),
      refused: this.#steps.refusalOf(item.id),
      tick: rights.workOn ? (done) => void this.#steps.take(item, done ? 'done' : 'open') : undefined,
      toggle: () => (this.opened = open ? undefined : item.id),
      focused: () => this.#focus.focused(item.id),
      below: () => this.#writing.renderOf(item.id) ?? this.#detail(item, rights),
    });
  }

  #detail(item: ActionItem, rights: Rights): TemplateResult {
    return actionDetail({
      locale: this.locale,
      item,
      stored: this.#stored(item),
      progress: this.#items.data?.progress.get(item.id),
      rows: this.rows,
      rights,
      step: (to) => void this.#steps.take(item, to),
      edit: () => this.#edit(item),
      showRows: (link) => {
        this.need(evidence);
        this.rows = this.rows?.href === link.href ? undefined : link;
      },
    });
  }

  #rights(item: ActionItem): Rights {
    return rightsOf(this.session.me?.agent, item);
  }

  /** Whom a new item is for: asked for where the list does not say. */
  get #forWhom(): PersonRef | undefined {
    const me = this.session.me?.agent;
    const id = me && !writesNotes(this.session) ? me.id : this.#query.agentId;
    if (id === undefined) return undefined;
    const name = id === me?.id ? me.fullName : (this.#choice.filters.person?.name ?? this.#items.data?.items.find(({ agentId }) => agentId === id)?.agentName);
    return { id, name: name ?? `#${id}` };
  }

  #add(): void {
    void this.#writing.open({ person: this.#forWhom });
  }

  #edit(item: ActionItem): void {
    this.opened = item.id;
    void this.#writing.open({ item: this.#stored(item) });
  }

  /** The item as the server has it, as far as is known. */
  #stored(item: ActionItem): ActionItem {
    return this.#items.data?.items.find(({ id }) => id === item.id) ?? item;
  }

  #focusAgain(id: string | undefined): void {
    const back = id ?? this.#focus.active;
    if (back && this.#shown.some((item) => item.id === back)) void this.#focus.focus(back);
    else this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }

  #arrived(item: ActionItem): void {
    if (item.createdBy.id === this.session.me?.agent.id) return;
    this.#fresh.add(item.id);
    if (fits(item, this.#query, this.#today)) this.#announcer.whenQuiet(this.locale.t('actions.arrived', { name: item.agentName, title: item.title }));
  }

  #head(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-action="${id}"]`);
  }

  #shortcut(key: string): (() => void) | undefined {
    const item = this.#shown.find(({ id }) => id === this.#focus.active);
    if (!item) return undefined;
    const rights = this.#rights(item);
    if (key === 'Escape' && this.opened !== undefined) return () => this.#close();
    if (key === 'd' && rights.workOn) return () => void this.#steps.take(item, item.status === 'done' ? 'open' : 'done');
    if (key === 'p' && rights.workOn) return () => void this.#steps.take(item, item.status === 'in_progress' ? 'open' : 'in_progress');
    if (key === 'e' && rights.edit) return () => this.#edit(item);
    if (key === 'a') return () => this.#add();
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
