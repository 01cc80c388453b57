import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import type { KeptLetter } from '../controllers/outbox.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText, skeleton } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { figure } from '../shared/figure.ts';
import type { SidelineClient } from '../provider/client.ts';
import { linkIcon } from './action-icons.ts';
import { lettersOf, threadOf, type ActionItem } from './actions-model.ts';
import { contactWords, evidenceForm, NO_EVIDENCE, toEvidence, type Contact, type EvidenceDraft } from './evidence-form.ts';
import { dayOf } from './days.ts';
import { threadStyles } from './thread.styles.ts';

type Schemas = components['schemas'];
type Comment = Schemas['ActionItemComment'];
type Evidence = Schemas['ActionItemEvidence'];
type Entry = { readonly at: string } & ({ readonly comment: Comment } | { readonly evidence: Evidence });

interface Thread {
  readonly entries: readonly Entry[];
  /** How many there are, read or not. */
  readonly total: number;
}

const PAGE = 100;

/** What was said about an item, and what shows that it is done, as one conversation in the order of time. */
class SidelineActionThread extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, threadStyles];
  static override properties = { item: { attribute: false }, adding: { state: true }, evidence: { state: true }, said: { state: true }, problem: { state: true }, sending: { state: true } };

  declare item: ActionItem;
  /** Whether evidence is being added. */
  declare private adding: boolean;
  declare private evidence: EvidenceDraft;
  declare private said: string;
  declare private problem: string;
  declare private sending: boolean;

  readonly #thread = this.resource<{ id: string }, Thread>({
    key: () => ({ id: this.item.id }),
    load: (client, { id }, signal) => loadThread(client, id, signal),
  });
  readonly #definitions = this.resource<{ for: string }, Schemas['MetricDefinitions']>({
    key: () => (this.adding || this.#thread.data?.entries.some((entry) => 'evidence' in entry && entry.evidence.metric) ? { for: 'names' } : undefined),
    load: (client, _key, signal) => body(client.http.GET('/api/metrics/definitions', { signal })),
  });
  /** The contacts that are evidence, by name; one that is gone keeps its remark. */
  readonly #named = this.resource<readonly string[], readonly Contact[]>({
    key: () => this.#thread.data?.entries.flatMap((entry) => ('evidence' in entry && entry.evidence.interactionId) || []),
    load: async (client, ids, signal) => {
      const found = await Promise.all(ids.map((id) => body(client.http.GET('/api/interactions/{id}', { params: { path: { id } }, signal })).catch(() => undefined)));
      return found.filter((contact) => contact !== undefined);
    },
  });
  readonly #contacts = this.resource<{ agentId: number }, readonly Contact[]>({
    key: () => (this.adding && this.evidence.kind === 'interaction' ? { agentId: this.item.agentId } : undefined),
    load: async (client, { agentId }, signal) => (await body(client.http.GET('/api/interactions', { params: { query: { agentId, limit: 30 } }, signal }))).data,
  });

  constructor() {
    super();
    this.adding = false;
    this.evidence = NO_EVIDENCE;
    this.said = '';
    this.problem = '';
    this.sending = false;
  }

  /** To where one writes. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.say textarea')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before: ActionItem | undefined = changed.get('item');
    if (before?.id === this.item.id && (before.commentCount !== this.item.commentCount || before.evidenceCount !== this.item.evidenceCount)) void this.#thread.refresh();
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section aria-label=${t('actions.thread')}>
      ${this.show(this.#thread, (thread) => this.#entries(thread), () => skeleton(this.locale, 1))}
      ${this.#kept.map((kept) => this.#waiting(kept))}
      <div class="say" @keydown=${this.#onKey}>
        <textarea rows="1" maxlength="5000" aria-label=${t('actions.comment')} placeholder=${t('actions.commentHint')} .value=${live(this.said)} ?readonly=${this.sending}
          @input=${(event: Event) => (this.said = (event.target as HTMLTextAreaElement).value)}></textarea>
        <button type="button" part="comment-button" ?disabled=${this.sending || !this.said.trim()} @click=${() => void this.#say()}>${t('actions.send')}</button>
      </div>
      <button type="button" class="link show" part="evidence-button" aria-expanded=${this.adding ? 'true' : 'false'} @click=${() => (this.adding = !this.adding)}>${linkIcon(12)}${t('actions.showEvidence')}</button>
      ${this.adding ? this.#evidenceForm() : nothing}
      <p class="problem" role="alert">${this.problem}</p>
    </section>`;
  }

  get #kept(): readonly KeptLetter[] {
    return lettersOf(this.outbox).filter(({ letter, refusal }) => letter.about === threadOf(this.item.id) && refusal === null);
  }

  #entries({ entries, total }: Thread): TemplateResult {
    if (entries.length === 0) return this.#kept.length > 0 ? html`${nothing}` : html`<p class="quiet small">${this.locale.t('actions.threadEmpty')}</p>`;
    return html`<ol role="list">${entries.map((entry) => ('comment' in entry ? this.#comment(entry.comment) : this.#evidence(entry.evidence)))}</ol>
      ${total > entries.length ? html`<p class="quiet small">${this.locale.t('common.rows', { n: total })}</p>` : nothing}`;
  }

  #comment({ author, createdAt, text }: Comment): TemplateResult {
    return html`<li><p class="by">${this.#by(author.name, createdAt)}</p><p class="text">${text}</p></li>`;
  }

  #evidence({ addedBy, createdAt, ...evidence }: Evidence): TemplateResult {
    return html`<li class="evidence"><p class="by">${linkIcon(12)}${this.#by(addedBy.name, createdAt)}</p>
      ${this.#shown(evidence)} ${evidence.text ? html`<p class="text">${evidence.text}</p>` : nothing}</li>`;
  }

  #shown({ kind, url, interactionId, metric, from, to, value, n }: Omit<Evidence, 'addedBy' | 'createdAt'>): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    if (kind === 'link' && url) return html`<p class="text"><a href=${url} target="_blank" rel="noopener noreferrer">${url}</a></p>`;
    if (kind === 'interaction') {
      const contact = this.#named.data?.find(({ id }) => id === interactionId);
      return html`<p class="text">${contact ? contactWords(this.locale, contact) : t('actions.contact')}</p>`;
    }
    if (kind !== 'metric' || !metric || !from || !to) return nothing;
    const definition = this.#definitions.data?.metrics.find(({ id }) => id === metric);
    return html`<p class="text">${definition?.name ?? metric} <b>${definition ? figure(this.locale, value, definition.unit) : t('common.missing')}</b>
      <span class="quiet small">${t('common.n', { n: n ?? 0 })} · ${t('actions.progress.since', { from: dayOf(this.locale, from), to: dayOf(this.locale, to) })}</span></p>`;
  }

  #waiting({ letter: { body: written } }: KeptLetter): TemplateResult {
    const text = [written['text'], written['url']].filter((part) => typeof part === 'string').join(' ');
    return html`<div class="kept"><p class="by">${this.locale.t('actions.notSent')}</p><p class="text">${text}</p></div>`;
  }

  #by(name: string, at: string): TemplateResult {
    return html`<b>${name}</b> <time class="quiet" datetime=${at} title=${this.locale.instant(at)}>${this.locale.ago(Date.parse(at), Date.now())}</time>`;
  }

  #evidenceForm(): TemplateResult {
    return evidenceForm({
      locale: this.locale,
      draft: this.evidence,
      contacts: this.#contacts.data,
      metrics: (this.#definitions.data?.metrics ?? []).filter(({ direction }) => direction !== 'neutral'),
      sending: this.sending,
      change: (change) => {
        this.evidence = { ...this.evidence, ...change };
        this.problem = '';
      },
      add: () => void this.#add(),
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.#say();
  };

  async #say(): Promise<void> {
    const text = this.said.trim();
    if (text && (await this.#post('comments', { text }))) this.said = '';
  }

  async #add(): Promise<void> {
    const evidence = toEvidence(this.evidence);
    if (!evidence || !(await this.#post('evidence', evidence))) return;
    this.evidence = NO_EVIDENCE;
    this.adding = false;
  }

  /** @returns whether it was sent or kept; what was refused stays where it was written */
  async #post(place: 'comments' | 'evidence', content: Readonly<Record<string, unknown>>): Promise<boolean> {
    if (!this.outbox || this.sending) return false;
    this.problem = '';
    this.sending = true;
    try {
      const { answer } = await this.outbox.post({ method: 'POST', path: `/api/action-items/${this.item.id}/${place}`, body: content, about: threadOf(this.item.id) });
      if (answer) await this.#thread.refresh();
      return true;
    } catch (error) {
      this.problem = this.locale.t('actions.failed', { detail: problemText(this.locale, toApiError(error)) });
      return false;
    } finally {
      this.sending = false;
    }
  }
}

async function loadThread(client: SidelineClient, id: string, signal: AbortSignal): Promise<Thread> {
  const params = { path: { id }, query: { limit: PAGE } };
  const comments = await body(client.http.GET('/api/action-items/{id}/comments', { params, signal }));
  const evidence = await body(client.http.GET('/api/action-items/{id}/evidence', { params, signal }));
  const entries: Entry[] = [
    ...comments.data.map((comment) => ({ at: comment.createdAt, comment })),
    ...evidence.data.map((piece) => ({ at: piece.createdAt, evidence: piece })),
  ];
  return { entries: entries.sort((a, b) => a.at.localeCompare(b.at)), total: comments.meta.total + evidence.meta.total };
}

define('sideline-action-thread', SidelineActionThread);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-action-thread': SidelineActionThread;
  }
}
