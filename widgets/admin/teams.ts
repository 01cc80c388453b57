import { html, nothing, type TemplateResult } from 'lit';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { empty } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { AdminPart } from './admin-part.ts';
import { fillStyles } from './admin.styles.ts';
import { loadTeams, type Team } from './load.ts';
import { OpenedRow } from './opened-row.ts';
import { managesPeople, setsTeam } from './permissions.ts';
import './team.ts';

/** Teams one may change something about; one of them opened. */
export class AdminTeams extends AdminPart {
  static override styles = [AdminPart.styles, fillStyles];
  static override properties = { guard: { attribute: false }, opened: { attribute: false }, query: { state: true } };

  /** The team shown beside the list: its id, or `new`. */
  declare opened: string | undefined;
  declare private query: string;

  readonly #teams = this.resource<'teams', readonly Team[]>({
    key: () => 'teams',
    load: async (client, _key, signal) => (await loadTeams(client, signal)).filter(({ id }) => this.session.me && setsTeam(this.session.me, id)),
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#found.map(({ id }) => id),
    element: (id) => this.renderRoot.querySelector<HTMLElement>(`[data-team="${id}"]`),
  });
  readonly #beside = new OpenedRow<string>(this, this.#focus, (id) => this.#found.some((team) => team.id === id));

  constructor() {
    super();
    this.query = '';
    this.live({ 'team:created': () => void this.#teams.refresh(), 'team:updated': (team) => this.#changed(team) });
  }

  override get dirty(): boolean {
    return this.partIsDirty('sideline-admin-team');
  }

  get #found(): readonly Team[] {
    const query = this.query.trim().toLocaleLowerCase();
    return (this.#teams.data ?? []).filter(({ name, department }) => `${name} ${department}`.toLocaleLowerCase().includes(query));
  }

  protected override render(): TemplateResult {
    return html`<div class="split" ?data-open=${this.opened !== undefined} @keydown=${this.#beside.onKey}>
      <div class="list-pane" part="list">${this.#tools()} ${this.show(this.#teams, (teams) => this.#list(teams))}</div>
      <div class="detail-pane" part="detail" tabindex="-1">${this.#detail()}</div>
    </div>`;
  }

  #tools(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    return html`<div class="tools">
      <div class="find">${icon('search', 14)}
        <input type="search" aria-label=${t('admin.teams.search')} placeholder=${t('admin.teams.search')} .value=${this.query} @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)} />
      </div>
      ${me && managesPeople(me) ? html`<button type="button" class="primary" @click=${() => void this.#beside.open('new')}>${icon('plus', 14)}${t('admin.teams.new')}</button>` : nothing}
    </div>`;
  }

  #list(teams: readonly Team[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (teams.length === 0) return empty(t(this.session.me?.agent.role === 'team_leader' ? 'admin.teams.emptyLeader' : 'admin.teams.empty'));
    const found = this.#found;
    if (found.length === 0) return empty(t('admin.teams.nobody'), { label: t('admin.people.clear'), run: () => (this.query = '') });
    return html`<ul class="rows" aria-label=${t('admin.teams.list')}>${found.map((team) => this.#row(team))}</ul>`;
  }

  #row(team: Team): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const leaders = team.leaders.length ? t('admin.teams.led', { names: team.leaders.map(({ name }) => name).join(', ') }) : t('admin.teams.noLeader');
    return html`<li class=${team.id === this.opened ? 'chosen' : ''}>
      <button type="button" class="row" part="row" data-team=${team.id} tabindex=${this.#focus.tabIndex(team.id)} aria-current=${team.id === this.opened ? 'true' : nothing}
        @focus=${() => this.#focus.focused(team.id)} @click=${() => void this.#beside.open(team.id)}>
        <span class="who"><span class="name ellipsis">${team.name}</span><span class="sub ellipsis">${t('admin.teams.size', { n: team.memberCount })} · ${leaders}</span></span>
        ${team.isActive ? nothing : html`<span class="badge">${t('admin.teams.unused')}</span>`}
      </button>
    </li>`;
  }

  #detail(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.opened === undefined) return html`<p class="choose">${t('admin.choose.teams')}</p>`;
    return html`<button type="button" class="plain back" @click=${() => void this.#beside.close()}>${icon('back', 14)}${t('common.back')}</button>
      <sideline-admin-team .teamId=${this.opened} .guard=${this.guard} .departments=${[...new Set((this.#teams.data ?? []).map(({ department }) => department))]}
        @created=${(event: CustomEvent<Team>) => this.#created(event.detail)} @saved=${(event: CustomEvent<Team>) => this.#changed(event.detail)}></sideline-admin-team>`;
  }

  #created(team: Team): void {
    this.opened = team.id;
    void this.#teams.refresh();
  }

  #changed(team: Team): void {
    this.#teams.mutate((teams) => teams.map((other) => (other.id === team.id && other.version <= team.version ? team : other)));
  }
}

define('sideline-admin-teams', AdminTeams);
