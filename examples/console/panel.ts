import { h } from './dom.ts';
import type { Place } from './place.ts';
import type { Person } from './sign-in.ts';

interface Tab {
  id: string;
  title: string;
  widget: string;
  /** What it shows needs room: the panel can be made wide for it. */
  wide?: 'each time' | 'kept';
}

const FLOOR: Tab = { id: 'floor', title: 'Floor', widget: 'sideline-status-board' };
const QUEUE: Tab = { id: 'queue', title: 'Coach next', widget: 'sideline-priority-queue' };
const NOTES: Tab = { id: 'notes', title: 'Notes', widget: 'sideline-notes' };
const REQUESTS: Tab = { id: 'requests', title: 'Requests', widget: 'sideline-session-requests' };
const ACTIONS: Tab = { id: 'actions', title: 'Actions', widget: 'sideline-action-items' };
const SESSIONS: Tab = { id: 'sessions', title: 'Sessions', widget: 'sideline-session', wide: 'each time' };
const IMPORT: Tab = { id: 'import', title: 'Import', widget: 'sideline-import', wide: 'kept' };
const FAIRNESS: Tab = { id: 'fairness', title: 'Fairness', widget: 'sideline-fairness' };
const ME: Tab = { id: 'me', title: 'Me', widget: 'sideline-agent-card' };

/** Where it is kept that a file is looked at in a wide panel. */
const WIDE = 'sideline-console-wide';

const LEADS: readonly Person['role'][] = ['admin', 'manager', 'team_leader'];

/** Which widgets a person finds in the side panel. */
function tabsFor(role: Person['role']): Tab[] {
  if (role === 'cs') return [ME, { ...SESSIONS, title: 'Coaching' }, ACTIONS, REQUESTS, { ...FLOOR, title: 'Team' }];
  if (role === 'viewer') return [FLOOR];
  return [FLOOR, QUEUE, SESSIONS, REQUESTS, NOTES, ACTIONS, ...(role === 'team_leader' ? [] : [FAIRNESS]), IMPORT];
}

interface Layer {
  readonly element: HTMLElement;
  readonly opener: HTMLElement | undefined;
  place: Place;
}

/**
 * The console's side panel: nothing but Sideline's widgets, one at a time, and a person's card over them.
 *
 * @fires place-changed - something else is shown
 */
export class Panel {
  readonly element = h('aside', { class: 'panel', attrs: { 'aria-label': 'Sideline' } });
  readonly #tabs: Tab[];
  readonly #bodies = new Map<string, HTMLElement>();
  readonly #strip = h('div', { class: 'tabs', attrs: { role: 'tablist' } });
  readonly #stats = h('sideline-quick-stats', { attrs: { brief: '' } });
  readonly #card = h('div', { class: 'body card', attrs: { hidden: true } });
  /** A turned phone, or a font that comes late, moves the chosen tab out of sight again. */
  readonly #sized = new ResizeObserver(() => this.#reveal());
  #current: string;
  /** What is shown over the tabs, one over the other, each with what had the focus before. */
  #layers: Layer[] = [];
  /** The session that the tab of the sessions shows. */
  #session: string | undefined;

  constructor(role: Person['role']) {
    this.#tabs = tabsFor(role);
    this.#current = this.#tabs[0]?.id ?? '';
    for (const tab of this.#tabs) {
      const attrs = { role: 'tabpanel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}` };
      this.#bodies.set(tab.id, h('div', { class: 'body', attrs }));
    }
    if (LEADS.includes(role)) this.element.append(foldOf(this.#stats), this.#stats);
    this.element.append(this.#strip, ...this.#bodies.values(), this.#card);
    this.element.addEventListener('sideline-agent-open', (event) => {
      event.preventDefault();
      this.#openCard(event.detail);
    });
    this.element.addEventListener('sideline-queue-open', (event) => {
      event.preventDefault();
      this.#openQueue(event.detail);
    });
    this.element.addEventListener('sideline-session-open', (event) => {
      event.preventDefault();
      this.#openSession(event.detail);
    });
    this.element.addEventListener('sideline-import-open', (event) => {
      event.preventDefault();
      this.#openImport(event.detail);
    });
    this.element.addEventListener('sideline-session-shown', ({ target, detail }) => this.#sessionShown(target as HTMLElement, detail.sessionId ?? undefined));
    this.#card.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#closeCard();
    });
    this.#show(this.#current);
  }

  /** Focuses the tab that is shown. */
  focus(): void {
    this.#strip.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  /** What is shown, for the address. */
  get place(): Place {
    const tab = this.#current === this.#tabs[0]?.id ? undefined : this.#current;
    const over = this.#layers.at(-1)?.place;
    return { tab, ...(over ?? { session: this.#current === SESSIONS.id ? this.#session : undefined }) };
  }

  goTo({ tab, session, card }: Place): void {
    if (tab && this.#bodies.has(tab)) this.#show(tab);
    else this.#clear();
    if (session && tab === SESSIONS.id && this.#bodies.has(tab)) return this.#openInTab(session);
    if (session) this.#openSession({ sessionId: session });
    else if (card) this.#openCard({ agentId: card });
  }

  /** One's own card, whoever one is. */
  openOwn(agentId: number): void {
    this.#clear();
    if (this.#bodies.has('me')) this.#show('me');
    else this.#openCard({ agentId });
  }

  /** What a notification is about, as near as the panel's widgets come to it. */
  open({ kind, id, agentId }: Pick<HTMLElementEventMap['sideline-open']['detail'], 'kind' | 'id' | 'agentId'>): void {
    this.#clear();
    if (kind === 'session' && id) return this.#openSession({ sessionId: id });
    if (kind === 'note' && this.#bodies.has('notes')) this.#show('notes');
    else if (this.#bodies.has('me')) this.#show('me');
    else if (agentId !== null) this.#openCard({ agentId });
  }

  #show(id: string): void {
    this.#widget(id);
    const isAnother = id !== this.#current;
    this.#current = id;
    this.#clear();
    if (this.#keepsWide()) this.#widen(localStorage.getItem(WIDE) !== null);
    else if (isAnother) this.#widen(false);
    for (const [name, body] of this.#bodies) body.hidden = name !== id;
    this.#stats.hidden = false;
    this.#strip.hidden = false;
    this.#strip.replaceChildren(...this.#tabs.map((tab) => this.#tab(tab)));
    this.#reveal();
    this.#sized.disconnect();
    for (const element of [this.#strip, ...this.#strip.children]) this.#sized.observe(element);
    this.#changed();
  }

  #changed(): void {
    this.element.dispatchEvent(new Event('place-changed'));
  }

  #sessionShown(widget: HTMLElement, sessionId: string | undefined): void {
    const layer = this.#layers.find(({ element }) => element.contains(widget));
    if (layer) layer.place = { session: sessionId };
    else if (this.#bodies.get(SESSIONS.id)?.contains(widget)) this.#session = sessionId;
    this.#changed();
  }

  /** Code of a widget comes when it is first used. */
  #openInTab(sessionId: string): void {
    this.#session = sessionId;
    const widget = this.#widget(SESSIONS.id) as HTMLElementTagNameMap['sideline-session'];
    void customElements.whenDefined('sideline-session').then(() => widget.open(sessionId));
  }

  /** Nothing is over the tabs any more. */
  #clear(): void {
    this.#layers = [];
    this.#card.replaceChildren();
    this.#card.hidden = true;
  }

  /** On a narrow screen the tabs are scrolled to the one that is shown; nothing else is. */
  #reveal(): void {
    const chosen = this.#strip.querySelector<HTMLElement>('[aria-selected="true"]');
    if (chosen) this.#strip.scrollLeft = chosen.offsetLeft - (this.#strip.clientWidth - chosen.offsetWidth) / 2;
  }

  /** Each widget is made when its tab is first opened, and then stays. */
  #widget(id: string): HTMLElement | undefined {
    const body = this.#bodies.get(id);
    const tab = this.#tabs.find((candidate) => candidate.id === id);
    if (!body || !tab) return undefined;
    if (!body.firstElementChild) body.append(...(tab.wide ? [h('div', { class: 'over-head' }, this.#wideButton())] : []), document.createElement(tab.widget));
    return body.lastElementChild as HTMLElement;
  }

  #tab(tab: Tab): HTMLElement {
    const selected = tab.id === this.#current;
    const attrs = { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-selected': String(selected), 'aria-controls': `panel-${tab.id}`, tabindex: selected ? '0' : '-1' };
    return h('button', { attrs, on: { click: () => this.#show(tab.id), keydown: (event) => this.#walk(event) } }, tab.title);
  }

  #walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault(); // the strip would be scrolled by it as well, past the tab
    const at = this.#tabs.findIndex((tab) => tab.id === this.#current);
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length];
    if (!next) return;
    this.#show(next.id);
    this.focus();
  }

  #openCard({ agentId, asOf }: { agentId: number; asOf?: string | undefined }): void {
    this.#over({ card: agentId }, h('sideline-agent-card', { attrs: { 'agent-id': String(agentId), 'as-of': asOf } }));
  }

  /** A session needs room: the panel can be made wide for it. */
  #openSession({ sessionId, agentId, name, schedule, suggested }: HTMLElementEventMap['sideline-session-open']['detail']): void {
    const attrs = { 'session-id': sessionId, 'agent-id': agentId === undefined ? undefined : String(agentId), 'agent-name': name, schedule: schedule ?? false };
    this.#over({ session: sessionId }, Object.assign(h('sideline-session', { attrs }), { suggested }), this.#wideButton());
  }

  /** The row of a file that something came with. */
  #openImport({ importId, row }: { importId: string; row: number }): void {
    this.#over({}, h('sideline-import', { attrs: { 'import-id': importId, row: String(row) } }));
  }

  #wideButton(): HTMLElement {
    return h('button', { class: 'widen', attrs: { type: 'button', 'aria-pressed': 'false' }, on: { click: () => this.#choose(!document.body.hasAttribute('data-wide')) } }, 'Wide');
  }

  /** A table of a file is as wide the next time as it was left. */
  #choose(wide: boolean): void {
    this.#widen(wide);
    if (!this.#keepsWide()) return;
    if (wide) localStorage.setItem(WIDE, '');
    else localStorage.removeItem(WIDE);
  }

  /** Whether what is shown is a tab, and one whose width is kept. */
  #keepsWide(): boolean {
    return this.#layers.length === 0 && this.#tabs.some(({ id, wide }) => id === this.#current && wide === 'kept');
  }

  /** One width for all that may be wide; what may not is shown narrow. */
  #widen(wide: boolean): void {
    document.body.toggleAttribute('data-wide', wide);
    for (const button of this.element.querySelectorAll('.widen')) button.setAttribute('aria-pressed', String(wide));
  }

  #over(place: Place, widget: HTMLElement, ...tools: HTMLElement[]): void {
    const below = this.#layers.at(-1);
    const opener = below ? focusedIn(below.element) : this.#widget(this.#current);
    const back = h('button', { class: 'back', attrs: { type: 'button' }, on: { click: () => this.#closeCard() } }, '‹ Back');
    this.#widen(false);
    const element = h('div', { class: 'layer' }, h('div', { class: 'over-head' }, back, ...tools), widget);
    this.#layers.push({ element, opener, place });
    if (below) below.element.hidden = true;
    this.#card.append(element);
    for (const body of this.#bodies.values()) body.hidden = true;
    this.#stats.hidden = true;
    this.#strip.hidden = true;
    this.#card.hidden = false;
    back.focus();
    this.#changed();
  }

  #closeCard(): void {
    this.#widen(false);
    const { element, opener } = this.#layers.pop() ?? {};
    element?.remove();
    const below = this.#layers.at(-1);
    if (below) below.element.hidden = false;
    else this.#show(this.#current);
    this.#changed();
    opener?.focus();
  }

  #openQueue({ asOf, teamId }: { asOf: string; teamId: string | null }): void {
    const queue = this.#widget('queue');
    queue?.setAttribute('as-of', asOf);
    if (teamId) queue?.setAttribute('team-id', teamId);
    this.#show('queue');
  }
}

/** The button that brings something back which a low window folds away; elsewhere there is none to be seen. */
function foldOf(element: HTMLElement): HTMLElement {
  const button = h('button', { class: 'fold', attrs: { type: 'button', 'aria-expanded': 'false' }, on: { click: () => turn() } }, 'Today ▸');
  const turn = (): void => {
    const opens = button.getAttribute('aria-expanded') === 'false';
    button.setAttribute('aria-expanded', String(opens));
    button.textContent = opens ? 'Today ▾' : 'Today ▸';
    element.scrollIntoView({ block: 'nearest' });
  };
  return button;
}

/** What has the focus, in whichever widget it is; the element itself where nothing in it has. */
function focusedIn(element: HTMLElement): HTMLElement {
  let active = document.activeElement;
  if (!element.contains(active)) return element;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active as HTMLElement;
}
