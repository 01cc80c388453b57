import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import { outcomesOf, type Outcome } from './bulk-outcome.ts';
import { Confirm } from '../shared/confirm.ts';
import type { Team } from './load.ts';
import { grantable, managesPeople, type Agent } from './permissions.ts';

type Changes = components['schemas']['UpdateAgentData'];

const FIELDS = ['department', 'teamId', 'role', 'isActive'] as const;
type Field = (typeof FIELDS)[number];

/** One change made to everybody selected, and how it went for each. */
export class AdminBulk extends AdminPart {
  static override properties = {
    people: { attribute: false },
    teams: { attribute: false },
    departments: { attribute: false },
    field: { state: true },
    value: { state: true },
    working: { state: true },
    problem: { state: true },
    outcomes: { state: true },
  };

  declare people: readonly Agent[];
  declare teams: readonly Team[];
  declare departments: readonly string[];
  declare private field: Field;
  declare private value: string;
  declare private working: boolean;
  declare private problem: string;
  declare private outcomes: readonly Outcome[] | undefined;

  readonly #confirm = new Confirm(this);

  constructor() {
    super();
    this.people = [];
    this.teams = [];
    this.departments = [];
    this.field = 'department';
    this.value = '';
    this.working = false;
    this.problem = '';
  }

  override get dirty(): boolean {
    return false; // nothing is written here that would be worth keeping
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<form class="bulk" part="bulk" novalidate aria-label=${t('admin.bulk.title', { n: this.people.length })} @submit=${(event: Event) => (event.preventDefault(), void this.#apply())}>
        <p class="line"><span class="strong">${t('admin.bulk.title', { n: this.people.length })}</span>
          <button type="button" class="link end" @click=${() => this.tell('clear')}>${t('admin.bulk.clear')}</button></p>
        <div class="line">
          <select aria-label=${t('admin.bulk.field')} @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value as Field)}>
            ${this.#fields().map((field) => html`<option value=${field} .selected=${field === this.field}>${t(`admin.bulk.${field}`)}</option>`)}
          </select>
          ${this.#input()}
          <button type="submit" class="primary" ?disabled=${this.working || !this.#ready}>${this.working ? t('admin.saving') : t('admin.bulk.apply', { n: this.people.length })}</button>
        </div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        ${this.outcomes ? this.#told(this.outcomes) : nothing}
      </form>
      ${this.#confirm.render()}`;
  }

  #told(outcomes: readonly Outcome[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const refused = outcomes.filter(({ refusal }) => refusal !== undefined);
    return html`<div role="status"><p class=${refused.length ? '' : 'outcome done'}>${t('admin.bulk.done', { done: outcomes.length - refused.length, refused: refused.length })}</p>
      ${refused.length ? html`<ul class="refusals">${refused.map(({ name, refusal }) => html`<li><b>${name}</b> <span class="fault">${refusal}</span></li>`)}</ul>` : nothing}</div>`;
  }

  #input(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const label = t(`admin.bulk.${this.field}`);
    if (this.field === 'department') {
      return html`<input type="text" maxlength="100" list="departments" aria-label=${label} .value=${this.value} @input=${(event: Event) => (this.value = (event.target as HTMLInputElement).value)} />
        <datalist id="departments">${this.departments.map((name) => html`<option value=${name}></option>`)}</datalist>`;
    }
    return html`<select aria-label=${label} @change=${(event: Event) => (this.value = (event.target as HTMLSelectElement).value)}>
      ${this.#choices().map(([value, word]) => html`<option value=${value} .selected=${value === this.value}>${word}</option>`)}
    </select>`;
  }

  #fields(): readonly Field[] {
    const { me } = this.session;
    return me && managesPeople(me) ? FIELDS : ['department'];
  }

  #choices(): readonly (readonly [string, string])[] {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    switch (this.field) {
      case 'teamId':
        return [['', t('admin.person.noTeam')], ...this.teams.filter(({ isActive }) => isActive).map(({ id, name }) => [id, name] as const)];
      case 'role':
        return (me ? grantable(me) : []).map((role) => [role, t(`role.${role}`)] as const);
      case 'isActive':
        return [['false', t('admin.person.deactivate')], ['true', t('admin.person.reactivate')]];
      case 'department':
        return [];
    }
  }

  get #ready(): boolean {
    return this.field !== 'department' || this.value.trim() !== '';
  }

  #choose(field: Field): void {
    this.field = field;
    this.value = this.#choices()[0]?.[0] ?? '';
    this.problem = '';
  }

  #changes(): Changes {
    if (this.field === 'isActive') return { isActive: this.value === 'true' };
    if (this.field === 'teamId') return { teamId: this.value || null };
    return { [this.field]: this.value.trim() };
  }

  async #apply(): Promise<void> {
    const { client, people } = this;
    if (!client || this.working || !this.#ready || !(await this.#sure())) return;
    this.working = true;
    this.problem = '';
    this.outcomes = undefined;
    try {
      const { errors } = await body(client.http.PUT('/api/agents/bulk', { body: { agentIds: people.map(({ id }) => id), updates: this.#changes() } }));
      this.outcomes = outcomesOf(people, errors);
      this.tell('applied', this.outcomes);
    } catch (error) {
      this.problem = this.locale.t('admin.bulk.failed', { detail: problemText(this.locale, toApiError(error)) });
    } finally {
      this.working = false;
    }
  }

  /** Ending many people's work at once is asked about; the rest is as easily changed back. */
  async #sure(): Promise<boolean> {
    if (this.field !== 'isActive' || this.value === 'true') return true;
    const t = this.locale.t.bind(this.locale);
    const n = this.people.length;
    return this.#confirm.ask({ title: t('admin.bulk.deactivateAsk', { n }), text: t('admin.person.deactivateText'), yes: t('admin.person.deactivate'), no: t('common.cancel'), danger: true });
  }
}

define('sideline-admin-bulk', AdminBulk);
