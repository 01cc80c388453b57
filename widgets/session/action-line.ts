import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { body } from '../shared/api-error.ts';
import { addDays } from '../shared/business-day.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/session-live.ts';
import { toLocal } from './session-model.ts';
import { SessionPart } from './session-part.ts';

const DEFAULT_DAYS = 14;

/**
 * An action item agreed on the spot: one line, Enter makes it.
 *
 * @fires created - detail: the item
 */
export class SessionActionLine extends SessionPart {
  static override styles: CSSResultGroup = [
    SessionPart.styles,
    css`
      :host {
        container-type: normal;
        background: none;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
        margin-block-start: var(--_2);
      }
      form input[type='text'] {
        flex: 1 1 11rem;
        width: auto;
        min-width: 0;
      }
      form input[type='date'] {
        flex: 0 1 8.5rem;
        width: auto;
      }
      form select {
        flex: 0 1 9rem;
        width: auto;
      }
    `,
  ];
  static override properties = { what: { state: true }, due: { state: true }, whose: { state: true } };

  declare private what: string;
  declare private due: string;
  declare private whose: number | undefined;

  /** The same line sent twice is one item. */
  #key = crypto.randomUUID();

  constructor() {
    super();
    this.what = '';
    this.due = addDays(toLocal(new Date().toISOString()).date, DEFAULT_DAYS);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { attendees } = this.coaching;
    return html`<form @submit=${this.#onSubmit}>
        <input type="text" maxlength="200" autocomplete="off" aria-label=${t('action.title')} placeholder=${t('action.add')} .value=${live(this.what)} @input=${(event: Event) => (this.what = textOf(event))} />
        ${attendees.length > 1
          ? html`<select aria-label=${t('action.whose')} @change=${(event: Event) => (this.whose = Number(textOf(event)))}>${attendees.map(({ id, name }) => html`<option value=${id} .selected=${id === this.#agentId}>${name}</option>`)}</select>`
          : nothing}
        <input type="date" required aria-label=${t('action.due')} .value=${live(this.due)} @change=${(event: Event) => (this.due = textOf(event))} />
        <button type="submit" ?disabled=${this.busy || !this.what.trim()}>${icon('plus', 14)}<span class="sr">${t('action.add')}</span></button>
      </form>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing} ${this.announcer.render()}`;
  }

  get #agentId(): number | undefined {
    return this.whose ?? this.coaching.attendees[0]?.id;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#make();
  };

  async #make(): Promise<void> {
    const title = this.what.trim();
    const agentId = this.#agentId;
    if (!title || !this.due || agentId === undefined) return;
    const header = { 'Idempotency-Key': this.#key };
    const item = await this.act((client) => body(client.http.POST('/api/action-items', { params: { header }, body: { agentId, title, dueDate: this.due, sessionId: this.coaching.id } })));
    if (!item) return;
    this.#key = crypto.randomUUID();
    this.what = '';
    this.announcer.now(this.locale.t('action.made', { title }));
    this.dispatchEvent(new CustomEvent('created', { detail: item }));
    this.renderRoot.querySelector('input')?.focus();
  }
}

const textOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

define('sideline-session-action-line', SessionActionLine);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-action-line': SessionActionLine;
  }
}
