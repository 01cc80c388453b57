import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { maySetStatus, writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { VirtualList, type Placed } from '../controllers/virtual-list.ts';
import { AgentDialog } from '../shared/agent-dialog.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { empty } from '../shared/blocks.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/board.ts';
import '../shared/strings/status.ts';
import '../quick-note/quick-note.ts';
import { arrange, noArrangement } from './board-arrangement.ts';
import { BoardFeed } from './board-feed.ts';
import { recallChoice, rememberChoice } from './board-memory.ts';
import { choiceIn, defaultChoice, type Board, type BoardChoice, type Group, type Person, type Row } from './board-model.ts';
import { boardHeads, groupRow, personRow, type RowPlace } from './board-rows.ts';
import { boardSkeleton } from './board-skeleton.ts';
import { boardTools } from './board-tools.ts';
import { boardToolsStyles } from './board-tools.styles.ts';
import { lineHeights, type LineHeights } from './line-heights.ts';
import { loadFloor } from './load-floor.ts';
import { statusBoardStyles } from './status-board.styles.ts';
import type { StatusChoice, StatusMenu } from './status-menu.ts';
import type { StatusSetting } from './status-setting.ts';

const statusSetting = async () => import('./status-setting.ts');

const noWishes: ReadonlyMap<number, StatusChoice> = new Map();

const WIDE_PX = 520;

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
  };

  /** One team only; everybody the person works with when left out. */
  declare teamId: string | undefined;
  declare private query: string;
  declare private choice: BoardChoice;
  declare private wide: boolean;

  #arranged = noArrangement;
  #heights: LineHeights = { group: 0, agent: 0 };
  /** What is set here for others; comes with the first status. */
  #setting: StatusSetting | undefined;
  #viewer: number | undefined;
  readonly #scroller = createRef<HTMLElement>();
  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #menu = createRef<StatusMenu>();
  readonly #announcer = new Announcer(this);
  readonly #dialog = new AgentDialog(this);
  readonly #feed = new BoardFeed({
    board: () => this.#board,
    person: (id) => this.#arranged.people.get(id),
    online: () => this.session.online,
    statusChanged: (person, status) => this.#sayChange(person, status),
  });
  readonly #width = new ResizeObserver(([entry]) => (this.wide = (entry?.contentRect.width ?? 0) >= WIDE_PX));
  readonly #board = this.resource<{ teamId: string | null }, Board>({
    key: () => ({ teamId: this.teamId || null }),
    load: (client, { teamId }, signal) => loadFloor(client, teamId ?? undefined, signal),
  });
  readonly #list = new VirtualList<Group | Row>(this, {
    items: () => this.#arranged.lines,
    height: ({ kind }) => this.#heights[kind],
    scroller: () => this.#scroller.value,
  });
  readonly #focus = new RovingFocus<number>(this, {
    ids: () => this.#arranged.lines.flatMap((line) => (line.kind === 'agent' ? [line.person.id] : [])),
    element: (id) => this.#rowOf(id),
    reveal: (id) => this.#list.reveal(this.#arranged.lines.findIndex((line) => line.kind === 'agent' && line.person.id === id)),
  });

  constructor() {
    super();
    this.query = '';
    this.choice = defaultChoice;
    this.wide = false;
    new EverySeconds(this, 5); // thresholds pass with time alone
    this.live({
      agent_status_change: (event) => this.#feed.statusChanged(event),
      agent_updated: (agent) => this.#feed.agentChanged(agent),
      agent_created: () => void this.#board.refresh(),
      performance_update: () => this.#feed.figuresChanged(),
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
    this.#feed.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#recall();
    this.#heights = lineHeights(this.wide);
    const { choice, query, teamId } = this;
    this.#arranged = arrange(this.#arranged, { board: this.#board.data, wishes: this.#wishes, choice, query, teamId, now: this.staleSince(this.#board) ?? Date.now() });
    this.#feed.renew();
  }

  /** Focuses the person last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#board)} ${this.#setting?.refusal() ?? nothing}
      ${this.show(this.#board, () => this.#whole(), () => this.#skeleton())} ${this.#announcer.render()} ${this.#dialog.render(this.locale.t('common.close'))}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>
      <sideline-status-menu ${ref(this.#menu)} @status-chosen=${(event: CustomEvent<StatusChoice>) => void this.#setting?.set(event.detail)}></sideline-status-menu>`;
  }

  #whole(): TemplateResult {
    if (this.#arranged.people.size === 0) {
      return empty(this.locale.t('board.empty'), { label: this.locale.t('common.refresh'), run: () => void this.#board.refresh() });
    }
    return html`${this.#tools()} ${this.#arranged.lines.length === 0 ? this.#nobody() : this.#grid()}`;
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

  #grid(): TemplateResult {
    const total = `${this.#list.total}px`;
    const stale = this.staleSince(this.#board);
    const lines = repeat(this.#list.visible(), ({ item }) => (item.kind === 'group' ? `group ${item.key}` : item.person.id), (line) => this.#line(line, stale));
    return html`${boardHeads(this.locale)}
      <div class="scroller ${stale === undefined ? '' : 'stale'}" role="grid" aria-label=${this.locale.t('board.title')} aria-rowcount=${this.#arranged.lines.length}
        ${ref(this.#scroller)} ${cssVars({ '--natural': total })} @keydown=${this.#onKey}>
        <div class="canvas" role="rowgroup" ${cssVars({ '--total': total })}>${lines}</div>
      </div>`;
  }

  #line({ item, index, top }: Placed<Group | Row>, stale: number | undefined): TemplateResult {
    const place = { index, css: cssVars({ '--top': `${top}px`, '--height': `${this.#heights[item.kind]}px` }) };
    return item.kind === 'group' ? groupRow(this.locale, item, this.choice.groupBy, place) : this.#row(item.person, place, stale);
  }

  #row(person: Person, place: RowPlace, stale: number | undefined): TemplateResult {
    return personRow({
      locale: this.locale,
      person,
      place,
      tabIndex: this.#focus.tabIndex(person.id),
      status: {
        team: this.#arranged.teams.get(person.teamId ?? ''),
        stale,
        pending: this.#wishes.has(person.id),
        change: maySetStatus(this.session, person) ? (event) => void this.#changeStatus(person, event) : undefined,
      },
      focused: () => this.#focus.focused(person.id),
      open: () => this.#open(person),
      writeNote: writesNotes(this.session) ? (event) => this.#writeNote(person, event) : undefined,
    });
  }

  #skeleton(): TemplateResult {
    const { group, agent: row } = this.#heights;
    const bones = boardSkeleton(this.locale.t('common.loading'), { group: this.choice.groupBy === 'none' ? 0 : group, row });
    return html`${this.#tools()} ${boardHeads(this.locale)} ${bones}`;
  }

  #nobody(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.query.trim()) return empty(t('board.emptySearch', { query: this.query }), { label: t('board.clearSearch'), run: () => (this.query = '') });
    return empty(t('board.emptyFilter'), { label: t('board.reset'), run: () => this.#choose({ statuses: [], teamId: null, department: null }) });
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
    this.#setting = undefined;
  }

  #choose(change: Partial<BoardChoice>): void {
    this.choice = { ...this.#chosen(), ...change };
    if (this.#viewer !== undefined) rememberChoice(this.#viewer, this.choice);
  }

  #chosen(): BoardChoice {
    return choiceIn(this.#board.data, this.choice, Boolean(this.teamId));
  }

  /** Statuses asked for and not yet confirmed, by person. */
  get #wishes(): ReadonlyMap<number, StatusChoice> {
    return this.#setting?.wishes ?? noWishes;
  }

  async #changeStatus(person: Person, event: Event): Promise<void> {
    event.stopPropagation();
    const row = this.#rowOf(person.id);
    if (!row || this.#wishes.has(person.id)) return;
    await this.#focus.focus(person.id);
    const code = await this.bring(statusSetting);
    if (!code) return;
    this.#setting ??= new code.StatusSetting({
      menu: () => this.#menu.value,
      client: () => this.client,
      locale: () => this.locale,
      person: (id) => this.#arranged.people.get(id),
      became: (id, status) => this.#feed.changePerson(id, status),
      announcer: this.#announcer,
      tell: (set) => void this.emit('sideline-status-set', set),
      refresh: () => this.#board.refresh(),
      update: () => this.requestUpdate(),
    });
    await this.#setting.open(person, row);
  }

  #sayChange({ id, fullName: name }: Person, status: Person['onlineStatus']): void {
    if (!this.#wishes.has(id)) this.#announcer.whenQuiet(this.locale.t('board.changes', { n: 1, name, status: this.locale.t(`status.${status}`) }));
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
    const person = this.#focus.active === undefined ? undefined : this.#arranged.people.get(this.#focus.active);
    if (this.#focus.onKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLInputElement>('.search')?.focus();
    } else if (event.key === 'n' && person && writesNotes(this.session)) {
      event.preventDefault();
      this.#writeNote(person, event);
    } else if (event.key === 's' && person && maySetStatus(this.session, person)) {
      event.preventDefault();
      void this.#changeStatus(person, event);
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
