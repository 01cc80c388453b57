import { html, nothing, type TemplateResult } from 'lit';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { body } from '../shared/api-error.ts';
import { empty } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/admin-templates.ts';
import { AdminPart } from './admin-part.ts';
import { fillStyles } from './admin.styles.ts';
import { everyPage, loadTeams } from './load.ts';
import { OpenedRow } from './opened-row.ts';
import { makesTemplate } from './permissions.ts';
import { KINDS, type Template } from './template-form.ts';
import './template.ts';
import type { TeamChoice } from './template.ts';

/** Templates of sessions, agendas and notes that one sees; one of them opened. */
export class AdminTemplates extends AdminPart {
  static override styles = [AdminPart.styles, fillStyles];
  static override properties = { guard: { attribute: false }, opened: { attribute: false }, query: { state: true } };

  /** The template shown beside the list: its id, or `new`. */
  declare opened: string | undefined;
  declare private query: string;

  readonly #templates = this.resource<'templates', readonly Template[]>({
    key: () => 'templates',
    load: (client, _key, signal) => everyPage((page) => body(client.http.GET('/api/coaching-templates', { params: { query: { page, limit: 100 } }, signal }))),
  });
  /** For whom one may make one. */
  readonly #teams = this.resource<'teams', readonly TeamChoice[]>({
    key: () => 'teams',
    load: async (client, _key, signal) => (await loadTeams(client, signal)).filter(({ id }) => this.session.me && makesTemplate(this.session.me, id)).map(({ id, name }) => ({ id, name })),
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#found.map(({ id }) => id),
    element: (id) => this.renderRoot.querySelector<HTMLElement>(`[data-template="${id}"]`),
  });
  readonly #beside = new OpenedRow<string>(this, this.#focus, (id) => this.#found.some((template) => template.id === id));

  constructor() {
    super();
    this.query = '';
  }

  override get dirty(): boolean {
    return this.partIsDirty('sideline-admin-template');
  }

  /** By kind, in the order of the kinds. */
  get #found(): readonly Template[] {
    const query = this.query.trim().toLocaleLowerCase();
    const found = (this.#templates.data ?? []).filter(({ name, description, teamName }) => `${name} ${description ?? ''} ${teamName ?? ''}`.toLocaleLowerCase().includes(query));
    return KINDS.flatMap((kind) => found.filter((template) => template.kind === kind));
  }

  protected override render(): TemplateResult {
    return html`<div class="split" ?data-open=${this.opened !== undefined} @keydown=${this.#beside.onKey}>
      <div class="list-pane" part="list">${this.#tools()} ${this.show(this.#templates, (templates) => this.#list(templates))}</div>
      <div class="detail-pane" part="detail" tabindex="-1">${this.#detail()}</div>
    </div>`;
  }

  #tools(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="tools">
      <div class="find">${icon('search', 14)}
        <input type="search" aria-label=${t('template.search')} placeholder=${t('template.search')} .value=${this.query} @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)} />
      </div>
      ${this.#mayMake ? html`<button type="button" class="primary" @click=${() => void this.#beside.open('new')}>${icon('plus', 14)}${t('template.new')}</button>` : nothing}
    </div>`;
  }

  get #mayMake(): boolean {
    const { me } = this.session;
    return me !== undefined && (makesTemplate(me, null) || (this.#teams.data ?? []).length > 0);
  }

  #list(templates: readonly Template[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (templates.length === 0) return empty(t('template.empty'));
    const found = this.#found;
    if (found.length === 0) return empty(t('template.nothing'), { label: t('admin.people.clear'), run: () => (this.query = '') });
    return html`<ul class="rows" aria-label=${t('template.list')}>${found.map((template) => this.#row(template))}</ul>`;
  }

  #row({ id, kind, name, teamName }: Template): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<li class=${id === this.opened ? 'chosen' : ''}>
      <button type="button" class="row" part="row" data-template=${id} tabindex=${this.#focus.tabIndex(id)} aria-current=${id === this.opened ? 'true' : nothing}
        @focus=${() => this.#focus.focused(id)} @click=${() => void this.#beside.open(id)}>
        <span class="who"><span class="name ellipsis">${name}</span><span class="sub ellipsis">${t(`template.kind.${kind}`)} · ${teamName ?? t('template.everybody')}</span></span>
      </button>
    </li>`;
  }

  #detail(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.opened === undefined) return html`<p class="choose">${t('template.choose')}</p>`;
    return html`<button type="button" class="plain back" @click=${() => void this.#beside.close()}>${icon('back', 14)}${t('common.back')}</button>
      <sideline-admin-template .templateId=${this.opened} .teams=${this.#teams.data ?? []}
        @created=${(event: CustomEvent<Template>) => this.#created(event.detail)} @saved=${() => void this.#templates.refresh()} @deleted=${() => this.#deleted()}></sideline-admin-template>`;
  }

  #created(template: Template): void {
    this.#templates.mutate((templates) => [...templates, template].sort((a, b) => a.name.localeCompare(b.name)));
    this.opened = template.id;
  }

  #deleted(): void {
    const { opened } = this;
    this.#templates.mutate((templates) => templates.filter(({ id }) => id !== opened));
    void this.#beside.leave();
  }
}

define('sideline-admin-templates', AdminTemplates);
