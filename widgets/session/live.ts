import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { components } from '../../api/http/contract.types.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { elapsed } from '../controllers/clock.ts';
import { body } from '../shared/api-error.ts';
import { avatar } from '../shared/avatar.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/session-live.ts';
import '../shared/strings/session-outcome.ts';
import './action-line.ts';
import './comments.ts';
import { conflictNotices } from './conflicts.ts';
import type { SessionDocument } from './document.ts';
import { engagement, topics } from './live-fields.ts';
import { liveStyles } from './live.styles.ts';
import { actionLine } from './record.ts';
import { attends, isAhead, type AgendaPoint } from './session-model.ts';
import { SessionPart } from './session-part.ts';
import { writeText } from './shared-text.ts';

type ActionItem = components['schemas']['ActionItem'];

const MAX_NOTES = 50_000;

/** The session while it is held: one document that both write, the agenda as a checklist, and the time. */
export class SessionLive extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, liveStyles];
  static override properties = { doc: { attribute: false } };

  /** What is written together; not there yet while its code is on the way. */
  declare doc: SessionDocument | undefined;

  readonly #notes = createRef<HTMLTextAreaElement>();
  readonly #actions = this.resource<string, readonly ActionItem[]>({
    key: () => this.coaching.id,
    load: async (client, sessionId, signal) => (await body(client.http.GET('/api/action-items', { params: { query: { sessionId, limit: 100 } }, signal }))).data,
  });

  constructor() {
    super();
    new EverySeconds(this, 1); // "saved 2 s ago", and the time that is over
    this.live({
      'actionItem:created': (item) => this.#came(item),
      'actionItem:updated': (item) => this.#came(item),
    });
  }

  protected override updated(): void {
    if (this.#notes.value) writeText(this.#notes.value, this.coaching.discussionNotes);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (!isAhead(this.coaching)) return html`<section><p class="quiet small">${t('live.ended')}</p></section>`;
    return html`${this.#bar()} ${this.doc ? conflictNotices(this.locale, this.doc) : nothing}
      <div class="columns">
        <div>
          <section aria-label=${t('session.agenda')}><header><h3>${t('session.agenda')}</h3></header>${this.#agenda()}</section>
          <section aria-label=${t('outcome.actions')}><header><h3>${t('outcome.actions')}</h3></header>
            <ul class="lines" role="list">${(this.#actions.data ?? []).map((item) => actionLine(this.locale, item))}</ul>
            ${this.runs ? html`<sideline-session-action-line .coaching=${this.coaching} @created=${(event: CustomEvent<ActionItem>) => this.#came(event.detail)}></sideline-session-action-line>` : nothing}
          </section>
        </div>
        <div>
          ${this.#talk()}
          ${this.runs ? html`<section class="fields-section">${topics(this.locale, this.coaching.topicsCovered, (next) => this.doc?.write('topicsCovered', next))}
            ${engagement(this.locale, this.coaching.engagementScore, (next) => this.doc?.write('engagementScore', next))}</section>` : nothing}
        </div>
      </div>
      <sideline-session-comments .coaching=${this.coaching}></sideline-session-comments>
      ${this.runs ? html`<div class="buttons finish"><button type="button" class="primary" part="complete-button" @click=${() => this.tell('session-go', { to: 'complete' })}>${t('live.complete')}<span class="flip">${icon('forward', 14)}</span></button></div>` : nothing}
      ${this.announcer.render()}`;
  }

  /** Time, who is here, and whether everything is stored. */
  #bar(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { startedAt, durationMinutes } = this.coaching;
    const since = this.doc?.startedAtHere ?? startedAt;
    const over = since !== null && Date.now() - Date.parse(since) > durationMinutes * 60_000;
    return html`<div class="live-bar" part="live-bar">
      ${since ? html`<span class="timer ${over ? 'over' : ''}"><b>${elapsed(since, this.locale)}</b> <span>${t(over ? 'live.over' : 'live.timer', { minutes: durationMinutes })}</span></span>` : nothing}
      ${this.#present()} <span class="saved end" role="status">${this.#saved()}</span>
    </div>`;
  }

  #present(): TemplateResult {
    const others = (this.doc?.present ?? []).filter(({ id }) => id !== this.me?.agent.id);
    const names = others.map(({ name }) => name).join(', ');
    if (others.length === 0) return html`<span class="quiet">${this.locale.t('live.alone')}</span>`;
    return html`<span class="present" title=${this.locale.t('live.present', { names })}><span class="dot" aria-hidden="true"></span>${others.slice(0, 3).map(({ name }) => avatar(name))}<span class="names ellipsis">${this.locale.t('live.present', { names })}</span></span>`;
  }

  #saved(): string {
    const t = this.locale.t.bind(this.locale);
    const { doc } = this;
    if (!doc) return '';
    if (doc.unsaved) return t(this.session.online && this.realtime?.state !== 'lost' ? 'live.unsaved' : 'live.waiting');
    if (doc.savedAt === undefined) return '';
    const seconds = Math.max(0, Math.round((Date.now() - doc.savedAt) / 1000));
    return seconds < 60 ? t('live.savedAgo', { seconds }) : t('live.savedAt', { time: this.locale.time(new Date(doc.savedAt).toISOString()) });
  }

  #agenda(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { agenda } = this.coaching;
    return html`${agenda.length === 0 ? html`<p class="quiet small">${t('session.agenda.empty')}</p>` : nothing}
      <ul class="checklist" role="list">
        ${agenda.map((point) => html`<li class=${point.covered ? 'covered' : ''}><label>
          <input type="checkbox" .checked=${point.covered} ?disabled=${!this.runs} aria-label=${t('live.cover', { title: point.title })} @change=${(event: Event) => this.#cover(point, (event.target as HTMLInputElement).checked)} />
          <span class="what">${point.title}${point.detail ? html`<span class="quiet">${point.detail}</span>` : nothing}</span></label></li>`)}
      </ul>
      <form class="add" @submit=${this.#onAdd}><input type="text" maxlength="200" autocomplete="off" aria-label=${t('session.agenda.addLabel')} placeholder=${t('session.agenda.add')} />
        <button type="submit">${icon('plus', 14)}<span class="sr">${t('session.agenda.add')}</span></button></form>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}`;
  }

  #talk(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const writes = this.doc !== undefined && this.me !== undefined && (this.runs || attends(this.me, this.coaching));
    return html`<section class="talk" aria-label=${t('live.notes')}>
      <header><h3>${t('live.notes')}</h3><span class="end quiet">${t('live.notesShared')}</span></header>
      <textarea ${ref(this.#notes)} rows="12" maxlength=${MAX_NOTES} aria-label=${t('live.notes')} placeholder=${t('live.notesHint')} ?readonly=${!writes}
        @input=${(event: Event) => this.doc?.write('discussionNotes', (event.target as HTMLTextAreaElement).value)}></textarea>
    </section>`;
  }

  #cover({ id }: AgendaPoint, covered: boolean): void {
    this.doc?.write('agenda', this.coaching.agenda.map((point) => (point.id === id ? { ...point, covered } : point)));
  }

  /** By its own operation, which never meets another: both may add at once. */
  readonly #onAdd = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).querySelector('input');
    const title = input?.value.trim();
    if (!input || !title) return;
    const params = { path: { id: this.coaching.id }, header: { 'Idempotency-Key': crypto.randomUUID() } };
    void this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/agenda', { params, body: { title } }))).then((session) => {
      if (session) input.value = '';
      input.focus();
    });
  };

  #came(item: ActionItem): void {
    if (item.sessionId !== this.coaching.id) return;
    this.#actions.mutate((items) => (items.some(({ id }) => id === item.id) ? items.map((other) => (other.id === item.id ? item : other)) : [...items, item]));
  }
}

define('sideline-session-live', SessionLive);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-live': SessionLive;
  }
}
