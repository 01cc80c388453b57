import { html, nothing, type TemplateResult } from 'lit';
import { icon, STATUSES, statusShape, type OnlineStatus } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { place } from '../shared/place.ts';
import { countStatuses, inPlace, narrowings, type Board, type BoardChoice, type Grouping, type Order } from './board-model.ts';

export interface ToolsOptions {
  locale: Locale;
  /** Nothing while it loads: the tools stand already, so that nothing moves when it comes. */
  board: Board | undefined;
  choice: BoardChoice;
  query: string;
  /** The page chose the team. */
  oneTeam: boolean;
  search: (query: string) => void;
  searchKey: (event: KeyboardEvent) => void;
  choose: (change: Partial<BoardChoice>) => void;
}

const GROUPINGS: readonly Grouping[] = ['team', 'department', 'none'];
const ORDERS: readonly Order[] = ['name', 'time'];

/** Search, what to show, and everybody by status: counts that filter. */
export function boardTools(options: ToolsOptions): TemplateResult {
  const { locale, choice, query } = options;
  const t = locale.t.bind(locale);
  const filters = narrowings(choice);
  return html`<div class="tools" part="tools">
    <div class="find">
      ${icon('search', 14)}
      <input class="search" type="search" aria-label=${t('board.searchLabel')} placeholder=${t('board.search')} .value=${query}
        @input=${(event: InputEvent) => options.search((event.target as HTMLInputElement).value)} @keydown=${options.searchKey} />
    </div>
    <button type="button" class="view-button ${filters > 0 ? 'on' : ''}" part="view-button" popovertarget="view"
      aria-label=${filters > 0 ? t('board.viewActive', { n: filters }) : t('board.view')}>${icon('tune', 14)}<span>${t('board.view')}</span></button>
    ${statusChips(options)}
    <div class="view" id="view" part="view" popover @toggle=${placeView}>${viewForm(options)}</div>
  </div>`;
}

function statusChips({ locale, board, choice, choose }: ToolsOptions): TemplateResult {
  const counts = board && countStatuses(inPlace(board, choice));
  const toggle = (status: OnlineStatus): void => {
    const statuses = STATUSES.filter((other) => choice.statuses.includes(other) !== (other === status));
    choose({ statuses: statuses.length === STATUSES.length ? [] : statuses });
  };
  return html`<div class="counts-bar" role="group" aria-label=${locale.t('board.statuses')}>
    ${STATUSES.map((status) => {
      const word = locale.t(`status.${status}`);
      const pressed = choice.statuses.includes(status);
      return html`<button type="button" class="count" part="status-filter" aria-pressed=${pressed ? 'true' : 'false'} title=${word} @click=${() => toggle(status)}>
        ${statusShape(status, 9)}<span class="word">${word}</span><b>${counts ? locale.number(counts[status]) : locale.t('common.missing')}</b></button>`;
    })}
  </div>`;
}

function viewForm({ locale, board, choice, oneTeam, choose }: ToolsOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const teams = (board?.teams ?? []).map(({ id, name }) => ({ value: id, text: name }));
  const departments = [...new Set(board?.people.map((person) => person.department))].filter(Boolean).sort().map((name) => ({ value: name, text: name }));
  const all = { value: '', text: t('board.all') };
  return html`
    ${select(t('board.sort'), choice.order, ORDERS.map((order) => ({ value: order, text: t(`board.sort.${order}`) })), (order) => choose({ order: order as Order }))}
    ${select(t('board.groupBy'), choice.groupBy, GROUPINGS.map((by) => ({ value: by, text: t(`board.groupBy.${by}`) })), (by) => choose({ groupBy: by as Grouping }))}
    ${teams.length > 1 && !oneTeam ? select(t('board.team'), choice.teamId ?? '', [all, ...teams], (teamId) => choose({ teamId: teamId || null })) : nothing}
    ${departments.length > 1 ? select(t('board.department'), choice.department ?? '', [all, ...departments], (name) => choose({ department: name || null })) : nothing}
  `;
}

function select(label: string, chosen: string, options: readonly { value: string; text: string }[], change: (value: string) => void): TemplateResult {
  return html`<label><span aria-hidden="true">${label}</span>
    <select aria-label=${label} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
      ${options.map(({ value, text }) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select></label>`;
}

function placeView(event: ToggleEvent): void {
  const view = event.target as HTMLElement;
  const button = view.parentElement?.querySelector('.view-button');
  if (event.newState === 'open' && button) place(view, button);
}
