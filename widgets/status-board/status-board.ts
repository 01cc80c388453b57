import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { maySetStatus, writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { VirtualList, type Placed } from '../controllers/virtual-list.ts';
import type { Events } from '../provider/realtime.ts';
import { AgentDialog } from '../shared/agent-dialog.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { avatar, avatarStyles } from '../shared/avatar.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { bar, empty, problemText } from '../shared/blocks.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/board.ts';
import '../shared/strings/status.ts';
import '../quick-note/quick-note.ts';
import { figureCells, groupCells, statusCell } from './board-cells.ts';
import { recallChoice, rememberChoice } from './board-memory.ts';
import { boardLines, defaultChoice, type Board, type BoardChoice, type Group, type Person, type Row, type Team } from './board-model.ts';
import { boardSkeleton } from './board-skeleton.ts';
import { boardTools } from './board-tools.ts';
import { boardToolsStyles } from './board-tools.styles.ts';
import { loadFloor } from './load-floor.ts';
import { statusBoardStyles } from './status-board.styles.ts';
import type { StatusChoice } from './status-menu.ts';

const statusMenu = (): Promise<unknown> => import('./status-menu.ts');

const WIDE_PX = 520;
/** Figures of a busy floor change with every call; one fetch answers all of half a minute. */
const SETTLE_MS = 30_000;
/** A day begins without an event. */
const OLD_MS = 300_000;

/**
 * The floor, live: one line per person, by team or department.
 *
 * @fires sideline-agent-open - a person was opened; detail `{agentId, name}`; cancel it to show them yourself
 * @fires sideline-status-set - somebody's status was set here; detail `{agentId, status}`
 * @csspart row name status status-button figures note-button group tools view-button view status-filter status-menu
 */
export class SidelineStatusBoard extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, agentDialogStyles, boardToolsStyles, statusBoardStyles];
  static override properties = {
    teamId: { attribute: 'team-id' },
    query: { state: true },
    choice: { state: true },
    wide: { state: true },
    wanted: { state: true },
    refusal: { state: true },
  };

  /** One team only; everybody the person works with when left out. */
  declare teamId: string | undefined;
  declare private query: string;
  declare private choice: BoardChoice;
  declare private wide: boolean;
  /** Statuses asked for and not yet confirmed, by person. */
  declare private wanted: ReadonlyMap<number, StatusChoice>;
  declare private refusal: string;

  #lines: (Group | Row)[] = [];
  #arranged: readonly unknown[] = [''];
  #people: ReadonlyMap<number, Person> = new Map();
  #teams: ReadonlyMap<string, Team> = new Map();
  #rem = 16;
  #coarse = false;
  #viewer: number | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  readonly #scroller = createRef<HTMLElement>();
  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #menu = createRef<HTMLElementTagNameMap['sideline-status-menu']>();
  readonly #announcer = new Announcer(this);
  readonly #dialog = new AgentDialog(this);
  readonly #width = new ResizeObserver(([entry]) => (this.wide = (entry?.contentRect.width ?? 0) >= WIDE_PX));
  readonly #board = this.resource<{ teamId: string | null }, Board>({
    key: () => ({ teamId: this.teamId || null }),
    load: (client, { teamId }, signal) => loadFloor(client, teamId ?? undefined, signal),
  });
  readonly #list = new VirtualList<Group | Row>(this, {
    items: () => this.#lines,
    height: (line) => this.#height(line),
    scroller: () => this.#scroller.value,
  });
  readonly #focus = new RovingFocus<number>(this, {
    ids: () => this.#lines.flatMap((line) => (line.kind === 'agent' ? [line.person.id] : [])),
    element: (id) => this.#rowOf(id),
    reveal: (id) => this.#list.reveal(this.#lines.findIndex((line) => line.kind === 'agent' && line.person.id === id)),
  });

  constructor() {
    super();
    this.query = '';
    this.choice = defaultChoice;
    this.wide = false;
    this.wanted = new Map();
    this.refusal = '';
    new EverySeconds(this, 5); // thresholds pass with time alone
    this.live({
      agent_status_change: (event) => this.#statusChanged(event),
      agent_updated: (agent) => this.#agentChanged(agent),
      agent_created: () => void this.#board.refresh(),
      performance_update: () => this.#figuresChanged(),
      'team:settings-updated': () => void this.#board.refresh(),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#width.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
    clearTimeout(this.#settle);
    this.#settle = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#recall();
    // Read once for all lines: each of them needs its height several times.
    this.#rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.#coarse = matchMedia('(pointer: coarse)').matches;
    this.#arrange(this.staleSince(this.#board) ?? Date.now());
    if (this.session.online && !this.#board.loading && Date.now() - (this.#board.loadedAt ?? Infinity) > OLD_MS) this.#figuresChanged();
  }

  /** Sorts and groups anew only where something changed: scrolling asks for every frame. */
  #arrange(now: number): void {
    const moment = this.choice.order === 'time' ? Math.floor(now / 1000) : 0;
    const from = [this.#board.data, this.wanted, this.choice, this.query, this.teamId, moment];
    if (from.every((part, i) => part === this.#arranged[i])) return;
    this.#arranged = from;
    const board = this.#shownBoard();
    this.#people = new Map(board?.people.map((person) => [person.id, person]));
    this.#teams = new Map(board?.teams.map((team) => [team.id, team]));
    this.#lines = board ? boardLines({ board, choice: this.#chosen(), query: this.query, now }) : [];
  }

  /** Focuses the person last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#board)}
      ${this.refusal
        ? html`<div role="alert">${bar(this.refusal, { action: { label: this.locale.t('common.close'), run: () => (this.refusal = '') } })}</div>`
        : nothing}
      ${this.show(this.#board, () => this.#whole(), () => this.#skeleton())} ${this.#announcer.render()} ${this.#dialog.render(this.locale.t('common.close'))}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>
      <sideline-status-menu ${ref(this.#menu)} @status-chosen=${(event: CustomEvent<StatusChoice>) => void this.#setStatus(event.detail)}></sideline-status-menu>`;
  }

  #whole(): TemplateResult {
    if (this.#people.size === 0) {
      return empty(this.locale.t('board.empty'), { label: this.locale.t('common.refresh'), run: () => void this.#board.refresh() });
    }
    return html`${this.#tools()} ${this.#lines.length === 0 ? this.#nobody() : this.#grid()}`;
  }

  #tools(): TemplateResult {
    return boardTools({
      locale: this.locale,
      board: this.#board.data,
      choice: this.#chosen(),
      query: this.query,
      oneTeam: Boolean(this.teamId),
      search: (query) => (this.query = query),
      searchKey: this.#onSearchKey,
      choose: (change) => this.#choose(change),
    });
  }

  #heads(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="heads" aria-hidden="true">
      <span class="who">${t('board.column.person')}</span><span class="team">${t('board.team')}</span><span>${t('board.column.status')}</span>
      <span class="number">${t('board.column.handled')}</span><span class="number">${t('board.column.aht')}</span><span>${t('board.column.csat')}</span>
    </div>`;
  }

  #grid(): TemplateResult {
    const placed = this.#list.visible();
    const total = this.#list.total;
    const stale = this.staleSince(this.#board);
    return html`
      ${this.#heads()}
      <div class="scroller ${stale === undefined ? '' : 'stale'}" role="grid" aria-label=${this.locale.t('board.title')} aria-rowcount=${this.#lines.length}
        ${ref(this.#scroller)} ${cssVars({ '--natural': `${total}px` })} @keydown=${this.#onKey}>
        <div class="canvas" role="rowgroup" ${cssVars({ '--total': `${total}px` })}>
          ${repeat(placed, ({ item }) => (item.kind === 'group' ? `group ${item.key}` : item.person.id), (line) => this.#line(line, stale))}
        </div>
      </div>
    `;
  }

  #line(placed: Placed<Group | Row>, stale: number | undefined): TemplateResult {
    const place = cssVars({ '--top': `${placed.top}px`, '--height': `${this.#height(placed.item)}px` });
    return placed.item.kind === 'group'
      ? html`<div class="placed group" part="group" role="row" aria-rowindex=${placed.index + 1} ${place}>${groupCells(this.locale, placed.item, this.choice.groupBy)}</div>`
      : this.#row(placed.item.person, placed.index, place, stale);
  }

  #row(person: Person, index: number, place: unknown, stale: number | undefined): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const change = maySetStatus(this.session, person) ? (event: Event): void => this.#changeStatus(person, event) : undefined;
    const status = { team: this.#teams.get(person.teamId ?? ''), stale, pending: this.wanted.has(person.id), change };
    const writes = writesNotes(this.session);
    return html`<div class="placed row" part="row" role="row" aria-rowindex=${index + 1} data-agent=${person.id} tabindex=${this.#focus.tabIndex(person.id)}
      aria-keyshortcuts=${[writes && 'n', change && 's'].filter(Boolean).join(' ') || nothing} ${place}
      @focus=${() => this.#focus.focused(person.id)} @click=${() => this.#open(person)}>
      ${avatar(person.fullName, person.onlineStatus)}
      <span class="cell-name ellipsis" part="name" role="gridcell">${person.fullName}</span>
      <span class="cell-team ellipsis" role="gridcell">${person.teamName}</span>
      ${statusCell(this.locale, person, status)} ${figureCells(this.locale, person)}
      <span class="cell-note" role="gridcell">
        ${writes
          ? html`<button class="plain icon" part="note-button" type="button" tabindex="-1" aria-label=${t('board.note', { name: person.fullName })}
              @click=${(event: Event) => this.#writeNote(person, event)}>${icon('note')}</button>`
          : nothing}
      </span>
    </div>`;
  }

  #skeleton(): TemplateResult {
    const group = this.choice.groupBy === 'none' ? 0 : this.#groupHeight;
    return html`${this.#tools()} ${this.#heads()} ${boardSkeleton(this.locale.t('common.loading'), { group, row: this.#rowHeight })}`;
  }

  #nobody(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.query.trim()) return empty(t('board.emptySearch', { query: this.query }), { label: t('board.clearSearch'), run: () => (this.query = '') });
    return empty(t('board.emptyFilter'), { label: t('board.reset'), run: () => this.#choose({ statuses: [], teamId: null, department: null }) });
  }

  get #groupHeight(): number {
    return Math.round(this.#rem * 2.5);
  }

  get #rowHeight(): number {
    // A finger needs 44 px of a line, a pointer less.
    if (this.wide) return Math.round(this.#rem * (this.#coarse ? 2.75 : 2.5));
    return Math.round(this.#rem * (this.#coarse ? 4.25 : 3.25));
  }

  #height(line: Group | Row): number {
    return line.kind === 'group' ? this.#groupHeight : this.#rowHeight;
  }

  #rowOf(id: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-agent="${id}"]`);
  }

  /** Each viewer finds the board as they left it. */
  #recall(): void {
    const viewer = this.session.me?.agent.id;
    if (viewer === this.#viewer) return;
    this.#viewer = viewer;
    this.choice = viewer === undefined ? defaultChoice : recallChoice(viewer);
    this.query = '';
    this.wanted = new Map();
    this.refusal = '';
  }

  #choose(change: Partial<BoardChoice>): void {
    this.choice = { ...this.#chosen(), ...change };
    if (this.#viewer !== undefined) rememberChoice(this.#viewer, this.choice);
  }

  /** What was chosen, without teams and departments that are not here any more: a filter nobody can see hides nobody. */
  #chosen(): BoardChoice {
    const { data } = this.#board;
    if (!data) return this.choice;
    const { teamId, department } = this.choice;
    return {
      ...this.choice,
      teamId: !this.teamId && data.teams.some(({ id }) => id === teamId) ? teamId : null,
      department: data.people.some((person) => person.department === department) ? department : null,
    };
  }

  /** The board with what was asked for already in place; the answer confirms it or takes it back. */
  #shownBoard(): Board | undefined {
    const { data } = this.#board;
    if (!data || this.wanted.size === 0) return data;
    const people = data.people.map((person) => {
      const wish = this.wanted.get(person.id);
      return wish ? { ...person, onlineStatus: wish.status, statusReason: wish.reason } : person;
    });
    return { ...data, people };
  }

  #changeStatus(person: Person, event: Event): void {
    event.stopPropagation();
    const row = this.#rowOf(person.id);
    if (!row || this.wanted.has(person.id)) return;
    void this.#focus.focus(person.id).then(async () => {
      if (!(await this.bring(statusMenu))) return;
      const { id, fullName: name, onlineStatus: status, statusReason: reason } = person;
      await this.#menu.value?.open({ id, name, status, reason }, row.querySelector('.cell-status') ?? row);
    });
  }

  async #setStatus(wish: StatusChoice): Promise<void> {
    const { agentId, status, reason } = wish;
    const before = this.#people.get(agentId);
    if (!this.client || !before || (before.onlineStatus === status && before.statusReason === reason)) return;
    this.refusal = '';
    this.wanted = new Map(this.wanted).set(agentId, wish);
    try {
      const params = { path: { id: agentId } };
      const agent = await body(this.client.http.PUT('/api/agents/{id}/status', { params, body: { status, ...(reason ? { reason } : {}) } }));
      this.#changePerson(agentId, { onlineStatus: agent.onlineStatus, statusReason: agent.statusReason, statusSince: agent.statusSince });
      this.#announcer.now(this.locale.t('setStatus.done', { name: before.fullName, status: this.locale.t(`status.${agent.onlineStatus}`) }));
      this.emit('sideline-status-set', { agentId, status });
    } catch (error) {
      this.#refused(before, error);
    } finally {
      this.wanted = new Map([...this.wanted].filter(([id]) => id !== agentId));
    }
  }

  /** Where no answer came, nobody knows: the board says so and asks again. */
  #refused({ fullName: name, onlineStatus }: Person, error: unknown): void {
    const problem = toApiError(error);
    const detail = problem.kind === 'offline' ? this.locale.t('setStatus.unsure') : problemText(this.locale, problem);
    this.refusal = problem.kind === 'offline' ? `${name}: ${detail}` : this.locale.t('setStatus.failed', { name, status: this.locale.t(`status.${onlineStatus}`), detail });
    void this.#board.refresh();
  }

  #changePerson(id: number, change: Partial<Person>): void {
    this.#board.mutate((board) => ({ ...board, people: board.people.map((person) => (person.id === id ? { ...person, ...change } : person)) }));
  }

  #statusChanged({ agentId, status, timestamp, reason }: Events['agent_status_change']): void {
    const person = this.#people.get(agentId);
    if (!person) return;
    this.#changePerson(agentId, { onlineStatus: status, statusSince: timestamp, statusReason: reason });
    if (!this.wanted.has(agentId)) this.#announcer.whenQuiet(this.locale.t('board.changes', { n: 1, name: person.fullName, status: this.locale.t(`status.${status}`) }));
  }

  /** A change of the person is shown at once; one of the team, the role or the job changes who is on the board. */
  #agentChanged(agent: Events['agent_updated']): void {
    const known = this.#people.get(agent.id);
    if (!known) return agent.role === 'cs' && agent.isActive ? this.#figuresChanged() : undefined;
    if (known.teamId !== agent.teamId || !agent.isActive || agent.role !== 'cs') return void this.#board.refresh();
    const { fullName, avatar: picture, department, onlineStatus, statusReason, statusSince } = agent;
    this.#changePerson(agent.id, { fullName, avatar: picture, department, onlineStatus, statusReason, statusSince });
  }

  #figuresChanged(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      if (this.session.online) void this.#board.refresh();
    }, SETTLE_MS);
  }

  #open(person: Person): void {
    const detail = { agentId: person.id, name: person.fullName };
    if (this.emit('sideline-agent-open', detail, true)) void this.#dialog.open(person.id);
  }

  #writeNote(person: Person, event: Event): void {
    event.stopPropagation();
    void this.#note.value?.open({ agentId: person.id, name: person.fullName }, this.#rowOf(person.id) ?? undefined);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const person = this.#focus.active === undefined ? undefined : this.#people.get(this.#focus.active);
    if (this.#focus.onKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLInputElement>('.search')?.focus();
    } else if (event.key === 'n' && person && writesNotes(this.session)) {
      event.preventDefault();
      this.#writeNote(person, event);
    } else if (event.key === 's' && person && maySetStatus(this.session, person)) {
      event.preventDefault();
      this.#changeStatus(person, event);
    } else if (event.key === 'Enter' && person && event.target instanceof HTMLElement && event.target.matches('.row')) {
      event.preventDefault();
      this.#open(person);
    }
  };

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    const first = this.#focus.active;
    if (event.key === 'Escape' && this.query) {
      event.stopPropagation();
      this.query = '';
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first !== undefined) {
      event.preventDefault();
      void this.#focus.focus(first);
    }
  };
}

define('sideline-status-board', SidelineStatusBoard);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-status-board': SidelineStatusBoard;
  }
}
