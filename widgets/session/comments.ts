import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { SessionPart } from './session-part.ts';

type Comment = components['schemas']['SessionComment'];

/** What was said about the session, the oldest first; opened on request. */
export class SessionComments extends SessionPart {
  static override styles: CSSResultGroup = [
    SessionPart.styles,
    css`
      :host {
        container-type: normal;
        background: none;
      }
      .comments {
        display: grid;
        gap: var(--_2);
        padding-block: var(--_2);
        font-size: var(--_text-sm);
      }
      .comments .text {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      form {
        display: grid;
        gap: var(--_1);
        justify-items: start;
      }
    `,
  ];
  static override properties = { open: { state: true }, draft: { state: true } };

  declare private open: boolean;
  declare private draft: string;

  readonly #comments = this.resource<string, readonly Comment[]>({
    key: () => (this.open ? this.coaching.id : undefined),
    load: async (client, id, signal) => (await body(client.http.GET('/api/coaching-sessions/{id}/comments', { params: { path: { id }, query: { limit: 100 } }, signal }))).data,
  });

  constructor() {
    super();
    this.open = false;
    this.draft = '';
    this.live({
      'session:commented': (comment) => {
        if (comment.sessionId === this.coaching.id) this.#came(comment);
      },
    });
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const count = Math.max(this.coaching.commentCount, this.#comments.data?.length ?? 0);
    return html`<section><details @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
      <summary>${count === 0 ? t('session.comments.none') : t('session.comments', { n: count })}</summary>
      ${this.open ? this.show(this.#comments, (comments) => this.#list(comments), () => html`<p class="quiet small" role="status">${t('common.loading')}</p>`) : nothing}
    </details></section>`;
  }

  #list(comments: readonly Comment[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<ul class="comments" role="list">
        ${comments.map(({ author, content, createdAt }) => html`<li><p class="quiet small">${t('session.comments.by', { name: author.name, when: this.locale.instant(createdAt) })}</p><p class="text">${content}</p></li>`)}
      </ul>
      <form @submit=${this.#onSubmit}>
        <textarea rows="2" maxlength="5000" aria-label=${t('session.comments.add')} placeholder=${t('session.comments.add')} .value=${this.draft} @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}></textarea>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <div class="buttons"><button type="submit" ?disabled=${this.busy || !this.draft.trim()}>${t('session.comments.send')}</button><span class="hint">${t('session.comments.who')}</span></div>
      </form>`;
  }

  #came(comment: Comment): void {
    this.#comments.mutate((comments) => (comments.some(({ id }) => id === comment.id) ? comments : [...comments, comment]));
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const content = this.draft.trim();
    const params = { path: { id: this.coaching.id }, header: { 'Idempotency-Key': crypto.randomUUID() } };
    void this.act((client) => body(client.http.POST('/api/coaching-sessions/{id}/comments', { params, body: { content } }))).then((comment) => {
      if (!comment) return;
      this.draft = '';
      this.#came(comment);
    });
  };
}

define('sideline-session-comments', SessionComments);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-comments': SessionComments;
  }
}
