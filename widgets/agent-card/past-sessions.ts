import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { skeleton } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/card.ts';

type Schemas = components['schemas'];
type Session = Schemas['CoachingSession'];
type Page = Schemas['CoachingSessionPage'];

/** How many are shown at once; the others are one press away. */
const FIRST = 3;

/**
 * The sessions somebody has had, the latest first, with what was agreed in them.
 *
 * @fires session-asked - for the card around it: a session, or all of them; detail `{sessionId?}`
 */
export class PastSessions extends SidelineElement {
  static override styles: CSSResultGroup = [
    SidelineElement.styles,
    css`
      :host {
        container-type: normal;
        background: none;
      }
      li + li {
        border-block-start: 1px solid var(--_line);
      }
      .row {
        display: grid;
        justify-content: stretch;
        justify-items: start;
        gap: 2px;
        width: 100%;
        padding: var(--_1) 0;
        border: 0;
        border-radius: var(--_radius-small);
        background: none;
        text-align: start;
        font-weight: var(--_regular);
        white-space: normal;
      }
      .agreed {
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = { agentId: { attribute: false } };

  /** Whose. */
  declare agentId: number;

  readonly #past = this.resource<number, Page>({
    key: () => this.agentId,
    load: (client, agentId, signal) => body(client.http.GET('/api/coaching-sessions', { params: { query: { agentId, status: ['completed'], limit: FIRST } }, signal })),
  });

  constructor() {
    super();
    this.live({
      'session:updated': (session) => {
        if (session.status === 'completed' && session.attendees.some(({ id }) => id === this.agentId)) void this.#past.refresh();
      },
    });
  }

  protected override render(): TemplateResult {
    return this.show(this.#past, (page) => this.#list(page), () => skeleton(this.locale, 2));
  }

  #list({ data, meta }: Page): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (data.length === 0) return html`<p class="quiet small">${t('card.noSessions')}</p>`;
    return html`<ul role="list">${data.map((session) => html`<li>${this.#row(session)}</li>`)}</ul>
      ${meta.total > data.length ? html`<button type="button" class="link" @click=${() => this.#ask()}>${t('card.allSessions', { n: meta.total })}</button>` : nothing}`;
  }

  #row(session: Session): TemplateResult {
    const { id, scheduledAt, facilitator, commitments, summary } = session;
    const agreed = commitments.length > 0 ? commitments.map(({ text }) => text).join(' · ') : summary.trim();
    return html`<button type="button" class="row" data-session=${id} @click=${() => this.#ask(id)}>
      <span class="small quiet">${this.locale.t('card.pastSession', { when: this.locale.shortDay(scheduledAt), name: facilitator.name })}</span>
      ${agreed ? html`<span class="agreed">${agreed}</span>` : nothing}
    </button>`;
  }

  #ask(sessionId?: string): void {
    this.dispatchEvent(new CustomEvent('session-asked', { detail: { sessionId } }));
  }
}

define('sideline-past-sessions', PastSessions);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-past-sessions': PastSessions;
  }
}
