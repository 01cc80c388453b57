import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { VirtualList, type Placed } from '../controllers/virtual-list.ts';
import type { Events } from '../provider/realtime.ts';
import { AgentDialog } from '../shared/agent-dialog.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { avatar, avatarStyles } from '../shared/avatar.ts';
import { empty, skeleton } from '../shared/blocks.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon, type OnlineStatus } from '../shared/icons.ts';
import '../shared/strings/board.ts';
import '../quick-note/quick-note.ts';
import { csatCell, groupCells, handledCell, statusCell } from './board-cells.ts';
import { boardLines, type Agent, type Group, type Order, type Row, type Thresholds } from './board-model.ts';
import { FloorFigures } from './floor-figures.ts';
import { loadFloor, type Floor } from './load-floor.ts';
import { statusBoardStyles } from './status-board.styles.ts';


const WIDE_PX = 520;

/**
 * The floor, live: one line per person, grouped by team.
 *
 * @fires sideline-agent-open - a person was opened; detail `{agentId, name}`; cancel it to show them yourself
 * @csspart row name status figures note-button group
 */
export class SidelineStatusBoard extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, agentDialogStyles, statusBoardStyles];
  static override properties = {
    teamId: { attribute: 'team-id' },
    query: { state: true },
    order: { state: true },
    wide: { state: true },
  };

  /** One team only; everybody the person works with when left out. */
  declare teamId: string | undefined;
  declare private query: string;
  declare private order: Order;
  declare private wide: boolean;

  #lines: (Group | Row)[] = [];
  readonly #scroller = createRef<HTMLElement>();
  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #announcer = new Announcer(this);
  readonly #dialog = new AgentDialog(this);
  readonly #width = new ResizeObserver(([entry]) => (this.wide = (entry?.contentRect.width ?? 0) >= WIDE_PX));
  readonly #floor = this.resource<{ teams: readonly string[] | 'all' }, Floor>({
    key: () => ({ teams: this.#teams() }),
    load: (client, { teams }, signal) => loadFloor(client, teams, signal),
  });
  readonly #figures = new FloorFigures(this, {
    client: () => this.client,
    timeZone: () => this.session.me?.installation.businessTimezone ?? 'UTC',
  });
  readonly #list = new VirtualList<Group | Row>(this, {
    items: () => this.#lines,
    height: (line) => this.#height(line),
    scroller: () => this.#scroller.value,
  });
  readonly #focus = new RovingFocus<number>(this, {
    ids: () => this.#lines.flatMap((line) => (line.kind === 'agent' ? [line.agent.id] : [])),
    element: (id) => this.renderRoot.querySelector<HTMLElement>(`[data-agent="${id}"]`),
    reveal: (id) => this.#list.reveal(this.#lines.findIndex((line) => line.kind === 'agent' && line.agent.id === id)),
  });

  constructor() {
    super();
    this.query = '';
    this.order = 'name';
    this.wide = false;
    new EverySeconds(this, 5); // thresholds pass with time alone
    this.live({
      agent_status_change: (event) => this.#statusChanged(event),
      agent_updated: (agent) => this.#agentChanged(agent),
      agent_created: () => void this.#floor.refresh(),
      performance_update: (event) => this.#figures.outdate(event.agentId),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#width.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const floor = this.#floor.data;
    const view = { query: this.query, order: this.order, now: Date.now() };
    this.#lines = floor ? boardLines({ ...floor, ...view }) : [];
  }

  /** Focuses the person last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#floor)} ${this.show(this.#floor, (floor) => this.#board(floor), () => skeleton(this.locale, 8))}
      ${this.#announcer.render()} ${this.#dialog.render(this.locale.t('common.close'))}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>`;
  }

  #board(floor: Floor): TemplateResult {
    if (floor.agents.length === 0) {
      return empty(this.locale.t('board.empty'), { label: this.locale.t('common.refresh'), run: () => void this.#floor.refresh() });
    }
    return html`${this.#tools()} ${this.#lines.length === 0 ? this.#nobodyFound() : this.#grid(floor)}`;
  }

  #tools(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="tools" part="tools">
      <div class="find">
        ${icon('search', 14)}
        <input class="search" type="search" aria-label=${t('board.searchLabel')} placeholder=${t('board.search')} .value=${this.query}
          @input=${(event: InputEvent) => (this.query = (event.target as HTMLInputElement).value)} @keydown=${this.#onSearchKey} />
      </div>
      <select aria-label=${t('board.sort')} @change=${(event: Event) => (this.order = (event.target as HTMLSelectElement).value as Order)}>
        <option value="name" ?selected=${this.order === 'name'}>${t('board.sort.name')}</option>
        <option value="time" ?selected=${this.order === 'time'}>${t('board.sort.time')}</option>
      </select>
    </div>`;
  }

  #grid(floor: Floor): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const placed = this.#list.visible();
    this.#figures.want(placed.flatMap(({ item }) => (item.kind === 'agent' ? [item.agent.id] : [])));
    const total = this.#list.total;
    return html`
      <div class="heads" aria-hidden="true">
        <span>${t('board.column.person')}</span><span class="team"></span><span>${t('board.column.status')}</span>
        <span>${t('board.column.csat')}</span><span class="number">${t('board.column.handled')}</span><span class="number">${t('board.column.aht')}</span>
      </div>
      <div class="scroller" role="grid" aria-label=${t('board.title')} aria-rowcount=${this.#lines.length} ${ref(this.#scroller)}
        ${cssVars({ '--natural': `${total}px` })} @keydown=${this.#onKey}>
        <div class="canvas" role="rowgroup" ${cssVars({ '--total': `${total}px` })}>
          ${repeat(placed, ({ item }) => (item.kind === 'group' ? `team ${item.teamId}` : item.agent.id), (line) => this.#line(line, floor))}
        </div>
      </div>
    `;
  }

  #line(placed: Placed<Group | Row>, floor: Floor): TemplateResult {
    const place = cssVars({ '--top': `${placed.top}px`, '--height': `${this.#height(placed.item)}px` });
    return placed.item.kind === 'group'
      ? html`<div class="placed group" part="group" role="row" aria-rowindex=${placed.index + 1} ${place}>${groupCells(this.locale, placed.item)}</div>`
      : this.#row(placed.item.agent, placed.index, place, floor.thresholds.get(placed.item.agent.teamId ?? ''));
  }

  #row(agent: Agent, index: number, place: unknown, thresholds: Thresholds | undefined): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const figures = this.#figures.get(agent.id);
    return html`<div class="placed row" part="row" role="row" aria-rowindex=${index + 1} data-agent=${agent.id} tabindex=${this.#focus.tabIndex(agent.id)}
      ${place} @focus=${() => this.#focus.focused(agent.id)} @click=${() => this.#open(agent)}>
      ${avatar(agent.fullName, agent.onlineStatus)}
      <span class="cell-name ellipsis" part="name" role="gridcell">${agent.fullName}</span>
      <span class="cell-team ellipsis" role="gridcell">${agent.teamName}</span>
      ${statusCell(this.locale, agent, thresholds)} ${handledCell(this.locale, figures)} ${csatCell(this.locale, figures)}
      <span class="cell-note" role="gridcell">
        ${writesNotes(this.session)
          ? html`<button class="plain icon" part="note-button" type="button" tabindex="-1" aria-label=${t('board.note', { name: agent.fullName })}
              @click=${(event: Event) => this.#writeNote(agent, event)}>${icon('note')}</button>`
          : nothing}
      </span>
    </div>`;
  }

  #nobodyFound(): TemplateResult {
    return empty(this.locale.t('board.emptySearch', { query: this.query }), {
      label: this.locale.t('board.clearSearch'),
      run: () => (this.query = ''),
    });
  }

  #teams(): readonly string[] | 'all' {
    const { me } = this.session;
    if (this.teamId) return [this.teamId];
    if (!me) return 'all';
    if (me.agent.role === 'team_leader') return me.ledTeams.map((team) => team.id);
    return me.agent.role === 'cs' && me.agent.teamId ? [me.agent.teamId] : 'all';
  }

  #height(line: Group | Row): number {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    if (line.kind === 'group') return Math.round(rem * 2.5);
    // A finger needs 44 px of a line, a pointer less.
    const wide = matchMedia('(pointer: coarse)').matches ? 2.75 : 2.5;
    return Math.round(rem * (this.wide ? wide : 3.25));
  }

  #statusChanged({ agentId, status, timestamp, reason }: Events['agent_status_change']): void {
    const agent = this.#floor.data?.agents.find((candidate) => candidate.id === agentId);
    if (!agent) return;
    this.#floor.mutate((floor) => ({ ...floor, agents: floor.agents.map((other) => (other === agent ? moved(agent, status, timestamp, reason) : other)) }));
    this.#announcer.whenQuiet(this.locale.t('board.changes', { n: 1, name: agent.fullName, status: this.locale.t(`status.${status}`) }));
  }

  /** A change of the person is shown at once; one of the team, the role or the job changes who is on the board. */
  #agentChanged(agent: Events['agent_updated']): void {
    const known = this.#floor.data?.agents.find(({ id }) => id === agent.id);
    if (!known || known.teamId !== agent.teamId || !agent.isActive || agent.role !== 'cs') return void this.#floor.refresh();
    this.#floor.mutate((floor) => ({ ...floor, agents: floor.agents.map((other) => (other === known ? agent : other)) }));
  }

  #open(agent: Agent): void {
    const detail = { agentId: agent.id, name: agent.fullName };
    if (this.emit('sideline-agent-open', detail, true)) void this.#dialog.open(agent.id);
  }

  #writeNote(agent: Agent, event: Event): void {
    event.stopPropagation();
    const row = this.renderRoot.querySelector(`[data-agent="${agent.id}"]`);
    void this.#note.value?.open({ agentId: agent.id, name: agent.fullName }, row ?? undefined);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const agent = this.#floor.data?.agents.find(({ id }) => id === this.#focus.active);
    if (this.#focus.onKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') this.#toSearch(event);
    else if (event.key === 'n' && agent && writesNotes(this.session)) {
      event.preventDefault();
      this.#writeNote(agent, event);
    } else if (event.key === 'Enter' && agent && event.target instanceof HTMLElement && event.target.matches('.row')) {
      event.preventDefault();
      this.#open(agent);
    }
  };

  #toSearch(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLInputElement>('.search')?.focus();
  }

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

function moved(agent: Agent, onlineStatus: OnlineStatus, statusSince: string, statusReason: string | null): Agent {
  return { ...agent, onlineStatus, statusSince, statusReason };
}

define('sideline-status-board', SidelineStatusBoard);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-status-board': SidelineStatusBoard;
  }
}
