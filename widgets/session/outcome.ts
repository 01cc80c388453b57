import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import '../shared/strings/session-outcome.ts';
import './answers.ts';
import { columnsStyles } from './columns.styles.ts';
import './comments.ts';
import type { SessionDocument } from './document.ts';
import { loadSession } from './load-sessions.ts';
import { sessionRecord } from './record.ts';
import type { Session } from './session-model.ts';
import { SessionPart } from './session-part.ts';

const completing = (): Promise<unknown> => import('./completing.ts');

type ActionItem = components['schemas']['ActionItem'];

/** What was agreed: written while the session runs, read and answered afterwards. */
export class SessionOutcome extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, columnsStyles];

  static override properties = { doc: { attribute: false } };

  /** What is written together while the session is live. */
  declare doc: SessionDocument | undefined;

  readonly #actions = this.resource<string, readonly ActionItem[]>({
    key: () => this.coaching.id,
    load: async (client, sessionId, signal) => (await body(client.http.GET('/api/action-items', { params: { query: { sessionId, limit: 100 } }, signal }))).data,
  });

  readonly #next = this.resource<string, Session>({ key: () => this.coaching.followUpSessionId ?? undefined, load: loadSession });

  constructor() {
    super();
    const changed = (item: ActionItem): void => {
      if (item.sessionId === this.coaching.id) void this.#actions.refresh();
    };
    this.live({ 'actionItem:created': changed, 'actionItem:updated': changed });
  }

  protected override updated(): void {
    if (this.coaching.status === 'live' && this.runs) this.need(completing);
  }

  protected override render(): TemplateResult {
    if (this.coaching.status === 'completed') return this.#record();
    if (!this.runs) return html`<section><p class="quiet small">${this.locale.t('outcome.still', { name: this.coaching.facilitator.name })}</p></section>`;
    if (!customElements.get('sideline-session-completing')) return this.coming(completing);
    return html`<sideline-session-completing .coaching=${this.coaching} .doc=${this.doc} .actions=${this.#actions.data}></sideline-session-completing>`;
  }

  #record(): TemplateResult {
    return html`<sideline-session-answers .coaching=${this.coaching}></sideline-session-answers>
      ${sessionRecord({ locale: this.locale, session: this.coaching, actions: this.#actions.data, next: this.#next.data, openFollowUp: (id) => this.tell('session-go', { id }) })}
      <sideline-session-comments .coaching=${this.coaching}></sideline-session-comments>`;
  }
}

define('sideline-session-complete', SessionOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-complete': SessionOutcome;
  }
}
