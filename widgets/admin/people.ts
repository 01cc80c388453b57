import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import { avatar } from '../shared/avatar.ts';
import { empty } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { apartFrom } from '../shared/namesakes.ts';
import { AdminPart } from './admin-part.ts';
import { fillStyles } from './admin.styles.ts';
import { editableFields, managesPeople, ROLES, type Agent, type Role } from './permissions.ts';
import './bulk.ts';
import type { Outcome } from './bulk-outcome.ts';
import { loadDepartments, loadTeams, type Team } from './load.ts';
import { OpenedRow } from './opened-row.ts';
import './person.ts';

type Page = components['schemas']['AgentPage'];

interface Filters {
  search: string;
  role: Role | '';
  teamId: string;
  department: string;
  status: 'active' | 'inactive' | '';
}

const NO_FILTERS: Filters = { search: '', role: '', teamId: '', department: '', status: 'active' };
const PAGE = 25;
const TYPING_MS = 250;

/** Everybody, found by name or filtered; one of them opened; several changed at once. */
export class AdminPeople extends AdminPart {
  static override styles = [AdminPart.styles, fillStyles];
  static override properties = {
    guard: { attribute: false },
    opened: { attribute: false },
    filters: { state: true },
    typed: { state: true },
    filtering: { state: true },
    page: { state: true },
    selected: { state: true },
    outcomes: { state: true },
  };

  /** The person shown beside the list. */
  declare opened: number | 'new' | undefined;
  declare private filters: Filters;
  declare private typed: string;
  declare private filtering: boolean;
  declare private page: number;
  /** Chosen for one change of all, on whatever page they stand. */
  declare private selected: ReadonlyMap<number, Agent>;
  declare private outcomes: ReadonlyMap<number, Outcome>;

  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #people = this.resource<Filters & { page: number }, Page>({
    key: () => ({ ...this.filters, page: this.page }),
    load: (client, key, signal) => body(client.http.GET('/api/agents', { params: { query: toQuery(key) }, signal })),
  });
  readonly #teams = this.resource<'teams', readonly Team[]>({ key: () => 'teams', load: (client: SidelineClient, _key, signal) => loadTeams(client, signal) });
  readonly #departments = this.resource<'departments', readonly string[]>({ key: () => 'departments', load: (client, _key, signal) => loadDepartments(client, signal) });
  readonly #focus = new RovingFocus<number>(this, {
    ids: () => this.#people.data?.data.map(({ id }) => id) ?? [],
    element: (id) => this.renderRoot.querySelector<HTMLElement>(`[data-person="${id}"]`),
  });
  readonly #beside = new OpenedRow<number>(this, this.#focus, (id) => this.#people.data?.data.some((person) => person.id === id) ?? false);

  constructor() {
    super();
    this.filters = NO_FILTERS;
    this.typed = '';
    this.filtering = false;
    this.page = 1;
    this.selected = new Map();
    this.outcomes = new Map();
    this.live({
      agent_created: () => void this.#people.refresh(),
      agent_updated: (person) => this.#changed(person),
      'team:created': () => void this.#teams.refresh(),
      'team:updated': () => void this.#teams.refresh(),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  override get dirty(): boolean {
    return this.partIsDirty('sideline-admin-person');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('filters')) this.page = 1;
  }

  protected override render(): TemplateResult {
    return html`<div class="split" ?data-open=${this.opened !== undefined} @keydown=${this.#beside.onKey}>
      <div class="list-pane" part="list">${this.#tools()} ${this.filtering ? this.#filterRow() : nothing} ${this.show(this.#people, (page) => this.#list(page))} ${this.selected.size > 0 ? this.#bulk() : nothing}</div>
      <div class="detail-pane" part="detail" tabindex="-1">${this.#detail()}</div>
    </div>`;
  }

  #tools(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    const count = Object.entries(this.filters).filter(([key, value]) => key !== 'search' && value !== NO_FILTERS[key as keyof Filters]).length;
    return html`<div class="tools">
      <div class="find">${icon('search', 14)}
        <input type="search" aria-label=${t('admin.people.searchLabel')} placeholder=${t('admin.people.search')} maxlength="100" .value=${this.typed} @input=${this.#onType} />
      </div>
      <button type="button" aria-expanded=${this.filtering ? 'true' : 'false'} @click=${() => (this.filtering = !this.filtering)}>${t('admin.filter')}${count ? ` · ${count}` : ''}</button>
      ${me && managesPeople(me) ? html`<button type="button" class="primary" @click=${() => void this.#beside.open('new')}>${icon('plus', 14)}${t('admin.people.new')}</button>` : nothing}
    </div>`;
  }

  #filterRow(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const teams = this.#teams.data ?? [];
    const select = <K extends keyof Filters>(key: K, label: string, options: readonly (readonly [Filters[K], string])[]): TemplateResult => html`<label>${label}
      <select @change=${(event: Event) => (this.filters = { ...this.filters, [key]: (event.target as HTMLSelectElement).value })}>
        ${options.map(([value, word]) => html`<option value=${value} .selected=${value === this.filters[key]}>${word}</option>`)}
      </select></label>`;
    const any = ['', t('admin.any')] as const;
    return html`<div class="filters" role="group" aria-label=${t('admin.filter')}>
      ${select('role', t('admin.people.role'), [any, ...ROLES.map((role) => [role, t(`role.${role}`)] as const)])}
      ${select('teamId', t('admin.people.team'), [any, ...teams.map(({ id, name }) => [id, name] as const)])}
      ${select('department', t('admin.people.department'), [any, ...this.#departmentNames.map((name) => [name, name] as const)])}
      ${select('status', t('admin.people.status'), [['active', t('admin.people.active')], ['inactive', t('admin.people.inactive')], any])}
    </div>`;
  }

  #list({ data, meta }: Page): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (data.length === 0) {
      const filtered = JSON.stringify(this.filters) !== JSON.stringify(NO_FILTERS);
      return filtered ? empty(t('admin.people.nobody'), { label: t('admin.people.clear'), run: () => this.#clear() }) : empty(t('admin.people.empty'));
    }
    return html`${this.#selectPage(data)}<ul class="rows" aria-label=${t('admin.people.list')}>${data.map((person) => this.#row(person))}</ul> ${this.#pager(meta)}`;
  }

  #row(person: Agent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<li class=${person.id === this.opened ? 'chosen' : ''}>
      ${this.#selectable(person)
        ? html`<label class="pick"><input type="checkbox" aria-label=${t('admin.people.select', { name: person.fullName })} .checked=${live(this.selected.has(person.id))} @change=${() => this.#toggle([person])} /></label>`
        : nothing}
      <button type="button" class="row" part="row" data-person=${person.id} tabindex=${this.#focus.tabIndex(person.id)} aria-current=${person.id === this.opened ? 'true' : nothing}
        @focus=${() => this.#focus.focused(person.id)} @click=${() => void this.#beside.open(person.id)}>
        ${avatar(person.fullName)}
        <span class="who"><span class="name ellipsis">${person.fullName}</span>
          <span class="sub ellipsis">${[t(`role.${person.role}`), person.teamName ?? person.department, apartFrom(this.#people.data?.data ?? [], person)].filter(Boolean).join(' · ')}</span></span>
        ${person.isActive ? nothing : html`<span class="badge">${t('admin.people.inactive')}</span>`}
      </button>
      ${this.#outcome(this.outcomes.get(person.id))}
    </li>`;
  }

  #outcome(outcome: Outcome | undefined): TemplateResult | typeof nothing {
    if (!outcome) return nothing;
    const { refusal } = outcome;
    return html`<span class="outcome ${refusal ? 'refused' : 'done'}" title=${refusal ?? nothing}>${refusal ?? this.locale.t('admin.bulk.changed')}</span>`;
  }

  #selectPage(data: readonly Agent[]): TemplateResult | typeof nothing {
    const people = data.filter((person) => this.#selectable(person));
    if (people.length === 0) return nothing;
    const all = people.every(({ id }) => this.selected.has(id));
    return html`<label class="all"><input type="checkbox" .checked=${live(all)} .indeterminate=${!all && people.some(({ id }) => this.selected.has(id))}
      @change=${() => this.#toggle(all ? people : people.filter(({ id }) => !this.selected.has(id)))} />${this.locale.t('admin.people.selectPage')}</label>`;
  }

  #bulk(): TemplateResult {
    return html`<sideline-admin-bulk .people=${[...this.selected.values()]} .teams=${this.#teams.data ?? []} .departments=${this.#departmentNames}
      @clear=${() => this.#clearSelection()} @applied=${(event: CustomEvent<Outcome[]>) => this.#applied(event.detail)}></sideline-admin-bulk>`;
  }

  #pager({ total, page, limit, totalPages }: Page['meta']): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const from = (page - 1) * limit + 1;
    const turn = (to: number, label: string, name: 'back' | 'forward'): TemplateResult => html`<button type="button" class="plain icon" aria-label=${label} title=${label}
      ?disabled=${to < 1 || to > totalPages} @click=${() => (this.page = to)}>${icon(name, 14)}</button>`;
    return html`<div class="pager"><span>${t('admin.page', { from, to: Math.min(total, from + limit - 1), total })}</span><span class="end"></span>
      ${totalPages > 1 ? html`${turn(page - 1, t('admin.previous'), 'back')} ${turn(page + 1, t('admin.next'), 'forward')}` : nothing}</div>`;
  }

  #detail(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.opened === undefined) return html`<p class="choose">${t('admin.choose.people')}</p>`;
    return html`<button type="button" class="plain back" @click=${() => void this.#beside.close()}>${icon('back', 14)}${t('common.back')}</button>
      <sideline-admin-person .personId=${this.opened} .teams=${this.#teams.data ?? []} .departments=${this.#departmentNames} .guard=${this.guard}
        @created=${(event: CustomEvent<Agent>) => this.#created(event.detail)} @saved=${(event: CustomEvent<Agent>) => this.#changed(event.detail)}></sideline-admin-person>`;
  }

  /** Everybody about whom something can be changed that is changed for many. */
  #selectable(person: Agent): boolean {
    const { me } = this.session;
    return me !== undefined && editableFields(me, person).includes('department');
  }

  get #departmentNames(): readonly string[] {
    return this.#departments.data ?? [];
  }

  #toggle(people: readonly Agent[]): void {
    const next = new Map(this.selected);
    for (const person of people) if (!next.delete(person.id)) next.set(person.id, person);
    this.selected = next;
    this.outcomes = new Map();
  }

  #clearSelection(): void {
    this.selected = new Map();
    this.outcomes = new Map();
    this.renderRoot.querySelector<HTMLElement>('.all input')?.focus();
  }

  #applied(outcomes: readonly Outcome[]): void {
    this.outcomes = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    void this.#people.refresh();
    void this.#departments.refresh();
  }

  readonly #onType = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => (this.filters = { ...this.filters, search: this.typed.trim() }), TYPING_MS);
  };

  #created(person: Agent): void {
    this.opened = person.id;
    void this.#people.refresh();
  }

  /** Shown at once where the person stands; a change that moves them out of the filters shows at the next fetch. */
  #changed(person: Agent): void {
    this.#people.mutate((page) => ({ ...page, data: page.data.map((other) => (other.id === person.id ? { ...other, ...person } : other)) }));
  }

  #clear(): void {
    this.filters = NO_FILTERS;
    this.typed = '';
  }
}

function toQuery({ page, ...filters }: Filters & { page: number }): { page: number; limit: number } {
  return { page, limit: PAGE, ...(Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')) as Partial<Filters>) };
}

define('sideline-admin-people', AdminPeople);
