import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from './api-error.ts';
import { avatar, avatarStyles } from './avatar.ts';
import { define, SidelineElement } from './element.ts';
import { findStyles } from './find.styles.ts';
import { icon } from './icons.ts';
import { apartFrom } from './namesakes.ts';
import './strings/picker.ts';

type Agent = components['schemas']['Agent'];
type Role = components['schemas']['Role'];
export type PersonRef = components['schemas']['PersonRef'];

const TYPING_MS = 250;
const FOUND = 8;

const pickerStyles = css`
  :host {
    container-type: normal;
    background: none;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .chips > li {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    max-width: 100%;
    padding-inline-start: 10px;
    border: 1px solid var(--_line-strong);
    border-radius: 14px;
    font-size: var(--_text-sm);
  }
  .chips button {
    min-height: 24px;
    min-width: 24px;
  }
  .chips:has(li) + .find {
    margin-block-start: var(--_2);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
  }
  .hint {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .results {
    margin-block-start: var(--_1);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
  }
  .results li + li {
    border-block-start: 1px solid var(--_line);
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: flex-start;
    gap: 10px;
    width: 100%;
    min-width: 0;
    min-height: 40px;
    padding: 6px var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
  }
  .who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .sub {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
`;

/**
 * People chosen by name.
 *
 * @fires picked - detail: everybody chosen
 */
export class PersonPicker extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, findStyles, pickerStyles];
  static override properties = { label: {}, chosen: { attribute: false }, roles: { attribute: false }, single: { type: Boolean }, query: { state: true }, invalid: { type: Boolean } };

  declare label: string;
  declare chosen: readonly PersonRef[];
  /** Only people of these roles are found. */
  declare roles: readonly Role[] | undefined;
  /** Whoever is chosen next takes the place of who was. */
  declare single: boolean;
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
    this.single = false;
    this.invalid = false;
    this.query = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<ul class="chips" aria-label=${this.label}>
        ${this.chosen.map((person) => html`<li><span class="ellipsis">${person.name}</span>
          <button type="button" class="plain icon" aria-label=${t('picker.remove', { name: person.name })} @click=${() => this.#remove(person)}>${icon('close', 12)}</button></li>`)}
      </ul>
      <div class="find">${icon('search', 14)}
        <input type="search" maxlength="100" aria-label="${this.label}: ${t('picker.search')}" placeholder=${t('picker.search')} aria-invalid=${this.invalid ? 'true' : 'false'}
          .value=${this.query} @input=${this.#onType} @keydown=${this.#onKey} />
      </div>
      ${this.query ? this.#results() : nothing}`;
  }

  #results(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const found = this.#matches();
    return html`<p class=${found.length ? 'sr' : 'hint'} role="status">${this.#found.data === undefined ? '' : found.length ? t('picker.found', { n: found.length }) : t('picker.nobody')}</p>
      ${found.length === 0
        ? nothing
        : html`<ul class="results">${found.map((person) => html`<li><button type="button" class="row" aria-label=${t('picker.add', { name: this.#called(person) })} @click=${() => this.#add(person)}>
            ${avatar(person.fullName)}<span class="who"><span class="ellipsis">${person.fullName}</span>
            <span class="sub ellipsis">${[t(`role.${person.role}`), person.teamName ?? person.department, apartFrom(this.#found.data ?? [], person)].filter(Boolean).join(' · ')}</span></span>${icon('plus', 14)}</button></li>`)}</ul>`}`;
  }

  #called(person: Agent): string {
    const apart = apartFrom(this.#found.data ?? [], person);
    return apart ? `${person.fullName} (${apart})` : person.fullName;
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
    this.#pick([...(this.single ? [] : this.chosen), { id, name: fullName }]);
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
    this.dispatchEvent(new CustomEvent('picked', { detail: chosen }));
  }
}

define('sideline-person-picker', PersonPicker);
