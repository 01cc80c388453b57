import { h } from './dom.ts';
import type { Person } from './sign-in.ts';

interface Tab {
  id: string;
  title: string;
  widget: string;
}

const FLOOR: Tab = { id: 'floor', title: 'Floor', widget: 'sideline-status-board' };
const QUEUE: Tab = { id: 'queue', title: 'Coach next', widget: 'sideline-priority-queue' };
const NOTES: Tab = { id: 'notes', title: 'Notes', widget: 'sideline-notes' };
const REQUESTS: Tab = { id: 'requests', title: 'Requests', widget: 'sideline-session-requests' };
const ACTIONS: Tab = { id: 'actions', title: 'Actions', widget: 'sideline-action-items' };
const SESSIONS: Tab = { id: 'sessions', title: 'Sessions', widget: 'sideline-session' };
const IMPORT: Tab = { id: 'import', title: 'Import', widget: 'sideline-import' };
const FAIRNESS: Tab = { id: 'fairness', title: 'Fairness', widget: 'sideline-fairness' };
const ME: Tab = { id: 'me', title: 'Me', widget: 'sideline-agent-card' };

const LEADS: readonly Person['role'][] = ['admin', 'manager', 'team_leader'];

/** Which widgets a person finds in the side panel. */
function tabsFor(role: Person['role']): Tab[] {
  if (role === 'cs') return [ME, { ...SESSIONS, title: 'Coaching' }, ACTIONS, REQUESTS, { ...FLOOR, title: 'Team' }];
  if (role === 'viewer') return [FLOOR];
  return [FLOOR, QUEUE, SESSIONS, REQUESTS, NOTES, ACTIONS, ...(role === 'team_leader' ? [] : [FAIRNESS]), IMPORT];
}

/** The console's side panel: nothing but Sideline's widgets, one at a time, and a person's card over them. */
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
  #layers: { element: HTMLElement; opener: HTMLElement | undefined }[] = [];

  constructor(role: Person['role']) {
    this.#tabs = tabsFor(role);
    this.#current = this.#tabs[0]?.id ?? '';
    for (const tab of this.#tabs) {
      const attrs = { role: 'tabpanel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}` };
      this.#bodies.set(tab.id, h('div', { class: 'body', attrs }));
    }
    if (LEADS.includes(role)) this.element.append(this.#stats);
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
    this.#card.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#closeCard();
    });
    this.#show(this.#current);
  }

  /** Focuses the tab that is shown. */
  focus(): void {
    this.#strip.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
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
    this.#current = id;
    this.#clear();
    for (const [name, body] of this.#bodies) body.hidden = name !== id;
    this.#stats.hidden = false;
    this.#strip.hidden = false;
    this.#strip.replaceChildren(...this.#tabs.map((tab) => this.#tab(tab)));
    this.#reveal();
    this.#sized.disconnect();
    for (const element of [this.#strip, ...this.#strip.children]) this.#sized.observe(element);
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
    if (body && tab && !body.firstElementChild) body.append(document.createElement(tab.widget));
    return (body?.firstElementChild ?? undefined) as HTMLElement | undefined;
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
    this.#over(h('sideline-agent-card', { attrs: { 'agent-id': String(agentId), 'as-of': asOf } }));
  }

  /** A session needs room: the panel can be made wide for it. */
  #openSession({ sessionId, agentId, name, schedule }: { sessionId?: string | undefined; agentId?: number | undefined; name?: string | undefined; schedule?: boolean | undefined }): void {
    const attrs = { 'session-id': sessionId, 'agent-id': agentId === undefined ? undefined : String(agentId), 'agent-name': name, schedule: schedule ?? false };
    const wide = h('button', { class: 'widen', attrs: { type: 'button', 'aria-pressed': 'false' }, on: { click: () => this.#widen(wide) } }, 'Wide');
    this.#over(h('sideline-session', { attrs }), wide);
  }

  /** The row of a file that something came with. */
  #openImport({ importId, row }: { importId: string; row: number }): void {
    this.#over(h('sideline-import', { attrs: { 'import-id': importId, row: String(row) } }));
  }

  #widen(button: HTMLElement): void {
    const wide = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(wide));
    document.body.toggleAttribute('data-wide', wide);
  }

  #over(widget: HTMLElement, ...tools: HTMLElement[]): void {
    const below = this.#layers.at(-1);
    const opener = below ? focusedIn(below.element) : this.#widget(this.#current);
    const back = h('button', { class: 'back', attrs: { type: 'button' }, on: { click: () => this.#closeCard() } }, '‹ Back');
    document.body.removeAttribute('data-wide');
    const element = h('div', { class: 'layer' }, h('div', { class: 'over-head' }, back, ...tools), widget);
    this.#layers.push({ element, opener });
    if (below) below.element.hidden = true;
    this.#card.append(element);
    for (const body of this.#bodies.values()) body.hidden = true;
    this.#stats.hidden = true;
    this.#strip.hidden = true;
    this.#card.hidden = false;
    back.focus();
  }

  #closeCard(): void {
    document.body.removeAttribute('data-wide');
    const { element, opener } = this.#layers.pop() ?? {};
    element?.remove();
    const below = this.#layers.at(-1);
    if (below) below.element.hidden = false;
    else this.#show(this.#current);
    opener?.focus();
  }

  #openQueue({ asOf, teamId }: { asOf: string; teamId: string | null }): void {
    const queue = this.#widget('queue');
    queue?.setAttribute('as-of', asOf);
    if (teamId) queue?.setAttribute('team-id', teamId);
    this.#show('queue');
  }
}

/** What has the focus, in whichever widget it is; the element itself where nothing in it has. */
function focusedIn(element: HTMLElement): HTMLElement {
  let active = document.activeElement;
  if (!element.contains(active)) return element;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active as HTMLElement;
}
