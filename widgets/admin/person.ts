import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import type { EventMeta } from '../provider/realtime.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { avatar } from '../shared/avatar.ts';
import { problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import { clashNotice } from './clash-notice.ts';
import { Confirm } from '../shared/confirm.ts';
import { authorOf, saveEdited, type Author } from './editing.ts';
import { missing, selectField, textField, textOf } from './fields.ts';
import { Form } from './form.ts';
import './identities.ts';
import type { Team } from './load.ts';
import type { Flat } from './merge.ts';
import { newPassword } from './new-password.ts';
import { editableFields, grantable, isAdmin, managesPeople, mayDeactivate, PERSON_FIELDS, type Agent, type PersonField } from './permissions.ts';
import './password-link.ts';
import { saveBar } from './save-bar.ts';

type Schemas = components['schemas'];

const NEW: Flat = { fullName: '', role: 'cs', department: '', teamId: null, username: '', email: '', phone: '', password: '' };
const REQUIRED = ['fullName', 'department', 'username', 'email'] as const;

/** One person: created, changed, deactivated and brought back. */
export class AdminPerson extends AdminPart {
  static override properties = {
    guard: { attribute: false },
    personId: { attribute: false },
    teams: { attribute: false },
    departments: { attribute: false },
    saved: { state: true },
    problem: { state: true },
    working: { state: true },
  };

  declare personId: number | 'new';
  declare teams: readonly Team[];
  declare departments: readonly string[];
  declare private saved: boolean;
  declare private problem: string;
  declare private working: boolean;

  readonly #form = new Form(this);
  readonly #confirm = new Confirm(this);
  readonly #announcer = new Announcer(this);
  /** Made anew for each person to create: the same request sent twice creates one. */
  #key = crypto.randomUUID();
  #shownVersion: string | undefined;
  #authors = new Map<number, Author>();
  readonly #person = this.resource<number, Agent>({
    key: () => (this.personId === 'new' ? undefined : this.personId),
    load: (client, id, signal) => body(client.http.GET('/api/agents/{id}', { params: { path: { id } }, signal })),
  });

  constructor() {
    super();
    this.teams = [];
    this.departments = [];
    this.saved = false;
    this.problem = '';
    this.working = false;
    this.live({ agent_updated: (person, meta) => this.#changedElsewhere(person, meta) });
  }

  override get dirty(): boolean {
    return this.#form.dirty || this.partIsDirty('sideline-admin-identities') || this.partIsDirty('sideline-admin-password');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('personId')) this.#begin();
    const person = this.#person.data;
    const version = person && `${person.id} ${person.version}`;
    if (this.personId === 'new' || !person || version === this.#shownVersion) return;
    this.#shownVersion = version;
    const { by, at } = this.#authors.get(person.version) ?? {};
    if (this.#form.started) this.#form.rebase(toForm(person), by, at);
    else this.#form.start(toForm(person));
  }

  protected override render(): TemplateResult {
    const blocked = this.blocked();
    if (blocked) return blocked;
    if (this.personId === 'new') return this.#newPerson();
    return html`${this.show(this.#person, (person) => this.#edit(person))} ${this.#confirm.render()} ${this.#announcer.render()}`;
  }

  #newPerson(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (!this.#form.started) return html``;
    return html`<div class="detail-head"><h2>${t('admin.person.new')}</h2></div>
      <form novalidate aria-label=${t('admin.person.new')} @submit=${this.#onSubmit}>
        <div class="grid">${PERSON_FIELDS.map((field) => this.#field(field, false))} ${this.#passwordField()}</div>
        ${saveBar({ locale: this.locale, form: this.#form, label: t('admin.create'), saved: false, always: true, known: [...PERSON_FIELDS, 'password'] })}
      </form>`;
  }

  #edit(person: Agent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    const editable = me ? editableFields(me, person) : [];
    const contact = person.username !== null; // the directory keeps it from those who need not know it
    const fields = PERSON_FIELDS.filter((field) => contact || !['username', 'email', 'phone'].includes(field));
    return html`<div class="detail-head">${avatar(person.fullName)}
        <div><h2 class="ellipsis">${person.fullName}</h2><p class="quiet small">${this.#facts(person)}</p></div>
        ${person.isActive ? nothing : html`<span class="badge">${t('admin.people.inactive')}</span>`}
      </div>
      ${clashNotice(this.locale, this.#form, { label: (key) => t(`admin.person.${key as PersonField}`), value: (key, value) => this.#word(key as PersonField, value) })}
      <form novalidate aria-label=${person.fullName} @submit=${this.#onSubmit}>
        <div class="grid">${fields.map((field) => this.#field(field, !editable.includes(field)))}</div>
        ${editable.length > 0
          ? saveBar({ locale: this.locale, form: this.#form, saved: this.saved, known: PERSON_FIELDS })
          : html`<p class="hint">${t('admin.person.readOnly')}</p>`}
      </form>
      ${me && (managesPeople(me) || editable.length > 0) ? html`<sideline-admin-identities .personId=${person.id}></sideline-admin-identities>` : nothing}
      ${me && isAdmin(me) && person.isActive && person.id !== me.agent.id ? html`<sideline-admin-password .person=${person}></sideline-admin-password>` : nothing}
      ${me && mayDeactivate(me, person) ? this.#access(person) : nothing}`;
  }

  #facts(person: Agent): string {
    const t = this.locale.t.bind(this.locale);
    const joined = t('admin.person.joined', { day: this.locale.day(person.joinedOn) });
    if (person.username === null) return joined;
    return `${joined} · ${person.lastLoginAt ? t('admin.person.lastLogin', { when: this.locale.instant(person.lastLoginAt) }) : t('admin.person.neverLogin')}`;
  }

  #field(key: PersonField, locked: boolean): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const common = { locale: this.locale, form: this.#form, key, label: t(`admin.person.${key}`), locked };
    switch (key) {
      case 'role':
        return selectField({ ...common, required: true, options: this.#roles().map((role) => ({ value: role, label: t(`role.${role}`) })) });
      case 'teamId':
        return selectField({ ...common, required: true, options: [{ value: null, label: t('admin.person.noTeam') }, ...this.#teamChoices()] });
      case 'department':
        return textField({ ...common, required: true, rule: this.#ruleOf(key), maxlength: 100, suggestions: this.departments });
      case 'fullName':
      case 'username':
        return textField({ ...common, required: true, rule: this.#ruleOf(key), maxlength: key === 'username' ? 50 : 255 });
      case 'email':
        return textField({ ...common, required: true, type: 'email', rule: this.#ruleOf(key), maxlength: 255 });
      case 'phone':
        return textField({ ...common, type: 'tel', rule: this.#ruleOf(key), maxlength: 20 });
    }
  }

  /** A rule is read where it is broken; before that it is noise, except for the user name. */
  #ruleOf(key: 'fullName' | 'username' | 'email' | 'phone' | 'department'): string | undefined {
    const rule = this.locale.t(`admin.person.rule.${key}`);
    return this.#form.problems.has(key) || (key === 'username' && this.personId === 'new') ? rule : undefined;
  }

  #passwordField(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const form = this.#form;
    return html`<div class="with-button beside wide">
      ${textField({ locale: this.locale, form, key: 'password', label: t('admin.person.password'), required: true, rule: t('admin.person.rule.password'), maxlength: 200, autocomplete: 'new-password' })}
      <button type="button" @click=${() => form.set('password', newPassword())}>${t('admin.person.generate')}</button>
    </div>`;
  }

  #roles(): Agent['role'][] {
    const { me } = this.session;
    const given = me ? [...grantable(me)] : [];
    const current = this.#person.data?.role;
    return this.personId === 'new' || !current || given.includes(current) ? given : [current];
  }

  #teamChoices(): { value: string; label: string }[] {
    const choices = this.teams.filter((team) => team.isActive || team.id === this.#form.draft['teamId']).map(({ id, name }) => ({ value: id, label: name }));
    const person = this.#person.data;
    if (person?.teamId && !choices.some(({ value }) => value === person.teamId)) choices.push({ value: person.teamId, label: person.teamName ?? '' });
    return choices;
  }

  #access(person: Agent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section class="block" aria-label=${t('admin.person.access')}>
      <h3>${t('admin.person.access')}</h3>
      <div class="line">
        ${person.isActive
          ? html`<button type="button" class="danger" ?disabled=${this.working} @click=${() => void this.#deactivate(person)}>${t('admin.person.deactivate')}</button><span class="hint">${t('admin.person.deactivateHint')}</span>`
          : html`<button type="button" ?disabled=${this.working} @click=${() => void this.#reactivate(person)}>${t('admin.person.reactivate')}</button><span class="hint">${t('admin.person.reactivateHint')}</span>`}
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
    </section>`;
  }

  #word(key: PersonField, value: unknown): string {
    const t = this.locale.t.bind(this.locale);
    if (key === 'role') return t(`role.${value as Agent['role']}`);
    if (key === 'teamId') return this.#teamChoices().find((choice) => choice.value === value)?.label ?? t('admin.person.noTeam');
    return textOf(value) || t('admin.none');
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.#form.undecided) void (this.personId === 'new' ? this.#create() : this.#save());
  };

  #begin(): void {
    this.saved = false;
    this.problem = '';
    this.#authors = new Map();
    this.#shownVersion = undefined;
    this.#key = crypto.randomUUID();
    this.#form.forget();
    if (this.personId === 'new') this.#form.start(NEW);
  }

  async #create(): Promise<void> {
    const { client } = this;
    const faults = missing(this.locale, this.#form, [...REQUIRED, 'password']);
    this.#form.refuse(faults);
    if (!client || faults.size > 0) return this.focusFault();
    const { teamId, phone, ...rest } = this.#form.draft;
    const data = { ...rest, ...(teamId ? { teamId } : {}), ...(phone ? { phone } : {}) } as Schemas['CreateAgentData'];
    let created: Agent | undefined;
    const error = await this.#form.save(async () => {
      created = await body(client.http.POST('/api/agents', { params: { header: { 'Idempotency-Key': this.#key } }, body: trimmed(data) }));
    });
    // A refused request was answered: the corrected one is another.
    if (error && error.status > 0) this.#key = crypto.randomUUID();
    if (error || !created) return this.focusFault();
    this.#form.start(this.#form.draft);
    this.#announcer.now(this.locale.t('admin.person.created', { name: created.fullName }));
    this.tell('created', created);
  }

  async #save(): Promise<void> {
    const { client } = this;
    const current = this.#person.data;
    const faults = missing(this.locale, this.#form, REQUIRED.filter((key) => key in this.#form.changes));
    this.#form.refuse(faults);
    if (!client || !current || faults.size > 0) return this.focusFault();
    const path = { id: current.id };
    const error = await saveEdited({
      form: this.#form,
      current,
      put: ({ version }) => body(client.http.PUT('/api/agents/{id}', { params: { path, header: { 'If-Match': `"${version}"` } }, body: trimmed(this.#form.changes) })),
      fetch: () => body(client.http.GET('/api/agents/{id}', { params: { path } })),
      toForm,
      author: ({ version }) => this.#authors.get(version) ?? {},
      saved: (person) => this.#show(person),
    });
    this.saved = !error;
    if (error) return this.focusFault();
    this.#announcer.now(this.locale.t('admin.saved'));
  }

  async #deactivate(person: Agent): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    const name = person.fullName;
    const yes = await this.#confirm.ask({ title: t('admin.person.deactivateAsk', { name }), text: t('admin.person.deactivateText'), yes: t('admin.person.deactivate'), no: t('common.cancel'), danger: true });
    if (!yes) return;
    await this.#setActive(person, false, async (client, params) => {
      await body(client.http.DELETE('/api/agents/{id}', { params }));
      return body(client.http.GET('/api/agents/{id}', { params }));
    });
  }

  async #reactivate(person: Agent): Promise<void> {
    await this.#setActive(person, true, (client, params) => body(client.http.PUT('/api/agents/{id}', { params, body: { isActive: true } })));
  }

  async #setActive({ id, fullName }: Agent, isActive: boolean, change: (client: SidelineClient, params: { path: { id: number } }) => Promise<Agent>): Promise<void> {
    if (!this.client || this.working) return;
    this.problem = '';
    this.working = true;
    try {
      this.#show(await change(this.client, { path: { id } }));
      this.#announcer.now(this.locale.t(isActive ? 'admin.person.reactivated' : 'admin.person.deactivated', { name: fullName }));
    } catch (error) {
      this.problem = problemText(this.locale, toApiError(error));
    } finally {
      this.working = false;
    }
  }

  #show(person: Agent): void {
    this.#person.mutate(() => person);
    this.tell('saved', person);
  }

  /** An event may be older than what was read, and one's own save comes back as one. */
  #changedElsewhere(person: Agent, meta: EventMeta): void {
    const current = this.#person.data;
    if (person.id !== current?.id || person.version <= current.version) return;
    this.#authors.set(person.version, authorOf(meta));
    this.#person.mutate(() => person);
  }
}

function toForm(person: Agent): Record<PersonField, string | null> {
  const { fullName, role, department, teamId, username, email, phone } = person;
  return { fullName, role, department, teamId, username, email, phone: phone ?? '' };
}

/** Blanks around a word are never meant. */
function trimmed<T extends object>(data: T): T {
  return Object.fromEntries(Object.entries(data).map(([key, value]: [string, unknown]) => [key, typeof value === 'string' && key !== 'password' ? value.trim() : value])) as T;
}

define('sideline-admin-person', AdminPerson);
