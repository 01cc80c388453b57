import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { avatar } from '../shared/avatar.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { AdminPart } from './admin-part.ts';
import type { Agent, Role } from './permissions.ts';

export type PersonRef = components['schemas']['PersonRef'];

const TYPING_MS = 250;
const FOUND = 8;

/** People chosen by name. Tells `picked` with everybody chosen. */
export class AdminPicker extends AdminPart {
  static override properties = { label: {}, chosen: { attribute: false }, roles: { attribute: false }, query: { state: true }, invalid: { type: Boolean } };

  declare label: string;
  declare chosen: readonly PersonRef[];
  /** Only people of these roles are found. */
  declare roles: readonly Role[] | undefined;
  declare invalid: boolean;
  declare private query: string;

  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #found = this.resource<{ search: string }, readonly Agent[]>({
    key: () => (this.query ? { search: this.query } : undefined),
    load: async (client, { search }, signal) => {
      const { data } = await body(client.http.GET('/api/agents', { params: { query: { search, status: 'active', limit: 50 } }, signal }));
      return data;
    },
  });

  constructor() {
    super();
    this.label = '';
    this.chosen = [];
    this.invalid = false;
    this.query = '';
  }

  override get dirty(): boolean {
    return false; // what is chosen belongs to the form around it
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<ul class="chips" aria-label=${this.label}>
        ${this.chosen.map((person) => html`<li><span class="ellipsis">${person.name}</span>
          <button type="button" class="plain icon" aria-label=${t('admin.picker.remove', { name: person.name })} @click=${() => this.#remove(person)}>${icon('close', 12)}</button></li>`)}
      </ul>
      <div class="find picker-find">${icon('search', 14)}
        <input type="search" maxlength="100" aria-label="${this.label}: ${t('admin.picker.search')}" placeholder=${t('admin.picker.search')} aria-invalid=${this.invalid ? 'true' : 'false'}
          .value=${this.query} @input=${this.#onType} @keydown=${this.#onKey} />
      </div>
      ${this.query ? this.#results() : nothing}`;
  }

  #results(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const found = this.#matches();
    return html`<p class=${found.length ? 'sr' : 'hint'} role="status">${this.#found.data === undefined ? '' : found.length ? t('admin.picker.found', { n: found.length }) : t('admin.picker.nobody')}</p>
      ${found.length === 0
        ? nothing
        : html`<ul class="results">${found.map((person) => html`<li><button type="button" class="row" aria-label=${t('admin.picker.add', { name: person.fullName })} @click=${() => this.#add(person)}>
            ${avatar(person.fullName)}<span class="who"><span class="ellipsis">${person.fullName}</span>
            <span class="sub ellipsis">${t(`admin.role.${person.role}`)} · ${person.teamName ?? person.department}</span></span>${icon('plus', 14)}</button></li>`)}</ul>`}`;
  }

  #matches(): readonly Agent[] {
    return (this.#found.data ?? []).filter(({ id, role }) => !this.chosen.some((person) => person.id === id) && (!this.roles || this.roles.includes(role))).slice(0, FOUND);
  }

  readonly #onType = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => (this.query = typed), TYPING_MS);
  };

  /** Enter takes the only one, instead of sending the form around it; Escape ends the search before it closes anything. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    if (event.key === 'Enter') {
      event.preventDefault();
      const [only, second] = this.#matches();
      if (only && !second) this.#add(only);
    } else if (event.key === 'Escape' && input.value) {
      event.stopPropagation();
      this.#clear();
    }
  };

  #add({ id, fullName }: Agent): void {
    this.#pick([...this.chosen, { id, name: fullName }]);
    this.#clear();
  }

  #clear(): void {
    clearTimeout(this.#typing);
    this.query = '';
    const input = this.renderRoot.querySelector('input');
    if (!input) return;
    input.value = '';
    input.focus();
  }

  #remove(person: PersonRef): void {
    this.#pick(this.chosen.filter(({ id }) => id !== person.id));
    this.renderRoot.querySelector('input')?.focus();
  }

  #pick(chosen: readonly PersonRef[]): void {
    this.chosen = chosen;
    this.tell('picked', chosen);
  }
}

define('sideline-admin-picker', AdminPicker);
