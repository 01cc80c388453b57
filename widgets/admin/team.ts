import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import type { EventMeta } from '../provider/realtime.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import { clashNotice } from './clash-notice.ts';
import { authorOf, saveEdited, type Author } from './editing.ts';
import { faultText, missing, textField, textOf } from './fields.ts';
import { Form } from './form.ts';
import type { Team } from './load.ts';
import type { Flat } from './merge.ts';
import { managesPeople, type Role } from './permissions.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import '../shared/person-picker.ts';
import { saveBar } from './save-bar.ts';
import './team-members.ts';
import './team-settings.ts';

const NEW: Flat = { name: '', department: '', leaders: [], isActive: true };
const FIELDS = ['name', 'department', 'leaderIds', 'isActive'] as const;
const LEADING: readonly Role[] = ['team_leader', 'manager', 'admin'];

type View = 'team' | 'members' | 'settings';

/** One team: its name and leaders, who belongs to it, and what it decides for itself. */
export class AdminTeam extends AdminPart {
  static override properties = {
    guard: { attribute: false },
    teamId: { attribute: false },
    departments: { attribute: false },
    view: { state: true },
    saved: { state: true },
  };

  declare teamId: string;
  declare departments: readonly string[];
  declare private view: View;
  declare private saved: boolean;

  readonly #form = new Form(this);
  readonly #announcer = new Announcer(this);
  #key = crypto.randomUUID();
  #shownVersion: string | undefined;
  #authors = new Map<number, Author>();
  readonly #team = this.resource<string, Team>({
    key: () => (this.teamId === 'new' ? undefined : this.teamId),
    load: (client, id, signal) => body(client.http.GET('/api/teams/{id}', { params: { path: { id } }, signal })),
  });

  constructor() {
    super();
    this.departments = [];
    this.view = 'team';
    this.saved = false;
    this.live({ 'team:updated': (team, meta) => this.#changedElsewhere(team, meta) });
  }

  override get dirty(): boolean {
    return this.#form.dirty || this.partIsDirty('sideline-admin-members, sideline-admin-settings');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('teamId')) this.#begin();
    const team = this.#team.data;
    const version = team && `${team.id} ${team.version}`;
    if (this.teamId === 'new' || !team || version === this.#shownVersion) return;
    this.#shownVersion = version;
    const { by, at } = this.#authors.get(team.version) ?? {};
    if (this.#form.started) this.#form.rebase(toForm(team), by, at);
    else this.#form.start(toForm(team));
  }

  protected override render(): TemplateResult {
    const blocked = this.blocked();
    if (blocked) return blocked;
    const t = this.locale.t.bind(this.locale);
    if (this.teamId === 'new') return html`<div class="detail-head"><h2>${t('admin.team.new')}</h2></div> ${this.#profile(true)}`;
    return html`${this.show(this.#team, (team) => this.#opened(team))} ${this.#announcer.render()}`;
  }

  #opened(team: Team): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="detail-head"><div><h2 class="ellipsis">${team.name}</h2><p class="quiet small">${t('admin.teams.size', { n: team.memberCount })} · ${team.department}</p></div>
        ${team.isActive ? nothing : html`<span class="badge">${t('admin.teams.unused')}</span>`}</div>
      ${this.#views()} ${this.#view(team)}`;
  }

  /** Leaders find the settings alone: the rest is the managers'. */
  #views(): TemplateResult | typeof nothing {
    const { me } = this.session;
    if (!me || !managesPeople(me)) return nothing;
    const t = this.locale.t.bind(this.locale);
    return html`<div class="views" role="group">${(['team', 'members', 'settings'] as const).map((view) => html`<button type="button"
      aria-pressed=${view === this.view ? 'true' : 'false'} @click=${() => void this.#show(view)}>${t(`admin.team.view.${view}`)}</button>`)}</div>`;
  }

  #view(team: Team): TemplateResult {
    const { me } = this.session;
    if (!me || !managesPeople(me) || this.view === 'settings') return html`<sideline-admin-settings .teamId=${team.id}></sideline-admin-settings>`;
    if (this.view === 'members') return html`<sideline-admin-members .team=${team} @saved=${(event: CustomEvent<Team>) => this.#keep(event.detail)}></sideline-admin-members>`;
    return this.#profile(false);
  }

  #profile(isNew: boolean): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const form = this.#form;
    const fault = (key: string): string | undefined => (form.problems.has(key) ? t('admin.team.rule.name') : undefined);
    return html`${clashNotice(this.locale, form, { label: (key) => this.#label(key), value: (key, value) => this.#word(key, value) })}
      <form novalidate aria-label=${t('admin.team.view.team')} @submit=${this.#onSubmit}>
        <div class="grid">
          ${textField({ locale: this.locale, form, key: 'name', label: t('admin.team.name'), required: true, maxlength: 100, rule: fault('name') })}
          ${textField({ locale: this.locale, form, key: 'department', label: t('admin.team.department'), required: true, maxlength: 100, rule: fault('department'), suggestions: this.departments })}
          <div class="field wide">
            <span class="strong small">${t('admin.team.leaders')}</span>
            <sideline-person-picker label=${t('admin.team.leaders')} .roles=${LEADING} .chosen=${form.draft['leaders']} ?invalid=${form.problems.has('leaderIds')}
              @picked=${(event: CustomEvent<PersonRef[]>) => form.set('leaders', event.detail)}></sideline-person-picker>
            ${this.#leadersFault()}
          </div>
          ${isNew ? nothing : html`<div class="field wide"><label class="check"><input type="checkbox" role="switch" .checked=${form.draft['isActive'] === true}
            @change=${(event: Event) => form.set('isActive', (event.target as HTMLInputElement).checked)} />${t('admin.team.isActive')}</label><p class="rule">${t('admin.team.isActiveHint')}</p></div>`}
        </div>
        ${saveBar({ locale: this.locale, form, saved: this.saved, known: FIELDS, ...(isNew ? { label: t('admin.create'), always: true } : {}) })}
      </form>`;
  }

  #leadersFault(): TemplateResult {
    const fault = this.#form.problems.get('leaderIds');
    const t = this.locale.t.bind(this.locale);
    return fault ? html`<p class="fault" role="alert">${faultText({ label: t('admin.team.leaders') }, fault)}</p>` : html`<p class="rule">${t('admin.team.leadersHint')}</p>`;
  }

  #label(key: string): string {
    return this.locale.t(`admin.team.${key as 'name' | 'department' | 'leaders' | 'isActive'}`);
  }

  #word(key: string, value: unknown): string {
    const t = this.locale.t.bind(this.locale);
    if (key === 'leaders') return (value as PersonRef[]).map(({ name }) => name).join(', ') || t('admin.none');
    if (key === 'isActive') return t(value ? 'admin.team.yes' : 'admin.team.no');
    return textOf(value);
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.#form.undecided) void (this.teamId === 'new' ? this.#create() : this.#save());
  };

  #begin(): void {
    this.saved = false;
    this.view = 'team';
    this.#authors = new Map();
    this.#shownVersion = undefined;
    this.#key = crypto.randomUUID();
    this.#form.forget();
    if (this.teamId === 'new') this.#form.start(NEW);
  }

  async #create(): Promise<void> {
    const { client } = this;
    if (!client || !(await this.#complete())) return;
    const { name, department, leaders } = this.#form.draft as { name: string; department: string; leaders: PersonRef[] };
    let created: Team | undefined;
    const error = await this.#form.save(async () => {
      created = await body(client.http.POST('/api/teams', { params: { header: { 'Idempotency-Key': this.#key } }, body: { name: name.trim(), department: department.trim(), leaderIds: leaders.map(({ id }) => id) } }));
    });
    if (error && error.status > 0) this.#key = crypto.randomUUID();
    if (error || !created) return this.focusFault();
    this.#form.start(this.#form.draft);
    this.#announcer.now(this.locale.t('admin.team.created', { name: created.name }));
    this.tell('created', created);
  }

  async #save(): Promise<void> {
    const { client } = this;
    const current = this.#team.data;
    if (!client || !current || !(await this.#complete())) return;
    const path = { id: current.id };
    const error = await saveEdited({
      form: this.#form,
      current,
      put: ({ version }) => body(client.http.PUT('/api/teams/{id}', { params: { path, header: { 'If-Match': `"${version}"` } }, body: toBody(this.#form.changes) })),
      fetch: () => body(client.http.GET('/api/teams/{id}', { params: { path } })),
      toForm,
      author: ({ version }) => this.#authors.get(version) ?? {},
      saved: (team) => this.#keep(team),
    });
    this.saved = !error;
    if (error) return this.focusFault();
    this.#announcer.now(this.locale.t('admin.saved'));
  }

  async #complete(): Promise<boolean> {
    const faults = missing(this.locale, this.#form, ['name', 'department']);
    this.#form.refuse(faults);
    if (faults.size > 0) await this.focusFault();
    return faults.size === 0;
  }

  async #show(view: View): Promise<void> {
    if (view === this.view || (this.dirty && !(await this.guard()))) return;
    this.#form.reset();
    this.view = view;
  }

  #keep(team: Team): void {
    this.#team.mutate(() => team);
    this.tell('saved', team);
  }

  #changedElsewhere(team: Team, meta: EventMeta): void {
    const current = this.#team.data;
    if (team.id !== current?.id || team.version <= current.version) return;
    this.#authors.set(team.version, authorOf(meta));
    this.#team.mutate(() => team);
  }
}

function toForm({ name, department, leaders, isActive }: Team): object {
  return { name, department, leaders: leaders.map(({ id, name: called }) => ({ id, name: called })), isActive };
}

function toBody({ leaders, ...fields }: Flat): object {
  const texts = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]));
  return leaders ? { ...texts, leaderIds: (leaders as PersonRef[]).map(({ id }) => id) } : texts;
}

define('sideline-admin-team', AdminTeam);
