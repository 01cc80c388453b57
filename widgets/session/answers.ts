import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { icon, warningShape } from '../shared/icons.ts';
import '../shared/strings/session-outcome.ts';
import { asked, attends, isOverdue, type Attendee } from './session-model.ts';
import { SessionPart } from './session-part.ts';

type Schemas = components['schemas'];
type Dispute = Schemas['SessionDispute'];

const OUTCOMES = ['upheld', 'amended', 'rejected'] as const satisfies readonly Schemas['DisputeOutcome'][];

/** What those who were coached answered, what they are asked, and who decides where they disagree. */
export class SessionAnswers extends SessionPart {
  static override styles: CSSResultGroup = [
    SessionPart.styles,
    css`
      :host {
        container-type: normal;
        background: none;
      }
      .callout textarea {
        max-width: 44rem;
      }
      .answers,
      .answers > li,
      .before {
        display: grid;
        gap: var(--_1);
        font-size: var(--_text-sm);
      }
      .answers {
        gap: var(--_2);
      }
      .before {
        margin-block-end: var(--_3);
      }
      .answers .line svg {
        flex: none;
      }
      blockquote {
        margin: 0;
        padding-inline-start: var(--_3);
        border-inline-start: 2px solid var(--_line-strong);
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      .outcomes {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--_3);
        margin: 0;
        padding: 0;
        border: 0;
      }
    `,
  ];
  static override properties = { disagreeing: { state: true }, comment: { state: true }, deciding: { state: true }, outcome: { state: true }, resolution: { state: true }, amended: { state: true } };

  declare private disagreeing: boolean;
  declare private comment: string;
  /** The attendee whose dispute is being decided here. */
  declare private deciding: number | undefined;
  declare private outcome: Schemas['DisputeOutcome'];
  declare private resolution: string;
  declare private amended: string | undefined;

  constructor() {
    super();
    this.disagreeing = false;
    this.comment = '';
    this.outcome = 'rejected';
    this.resolution = '';
  }

  protected override render(): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    const { me } = this;
    if (!me) return nothing;
    const mine = asked(me, this.coaching);
    const known = this.coaching.attendees.filter(({ acknowledgement }) => acknowledgement && acknowledgement.status !== 'none');
    const told = known.filter(({ id }) => !(mine && id === me.agent.id));
    if (!mine && told.length === 0) return nothing;
    return html`<section aria-label=${t('answer.title')}>
      ${mine ? this.#ask(me.agent.fullName, mine) : nothing}
      ${told.length > 0 ? html`<ul class="answers" role="list">${told.map((attendee) => this.#answer(attendee))}</ul>` : nothing}
      ${this.announcer.render()}
    </section>`;
  }

  #ask(name: string, { dueAt, dispute }: Schemas['SessionAcknowledgement']): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const late = isOverdue(dueAt, Date.now());
    const when = dueAt ? this.#due(dueAt) : '';
    return html`${dispute ? html`<div class="before">${this.#disputed(name, dispute, true)}</div>` : nothing}<div class="callout ask">
      <p class=${late ? 'late' : 'strong'}>${late ? warningShape(10) : nothing}${t(late ? 'answer.askLate' : 'answer.ask', { when })}</p>
      ${this.disagreeing
        ? html`<textarea rows="3" maxlength="5000" aria-label=${t('answer.why')} placeholder=${t('answer.why')} aria-invalid=${this.problem ? 'true' : 'false'} .value=${live(this.comment)} @input=${this.#onComment}></textarea>
            <p class="hint">${t('answer.whyHint', { name: this.coaching.facilitator.name })}</p>`
        : html`<textarea rows="1" maxlength="5000" aria-label=${t('answer.comment')} placeholder="${t('answer.comment')} (${t('common.optional')})" .value=${live(this.comment)} @input=${this.#onComment}></textarea>`}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="buttons">
        ${this.disagreeing
          ? html`<button type="button" class="primary" ?disabled=${this.busy} @click=${() => void this.#dispute()}>${t('answer.sendDispute')}</button>
              <button type="button" class="plain" @click=${() => this.#disagree(false)}>${t('common.cancel')}</button>`
          : html`<button type="button" class="primary" part="acknowledge-button" ?disabled=${this.busy} @click=${() => void this.#acknowledge()}>${icon('check', 14)}${t('answer.acknowledge')}</button>
              <button type="button" part="dispute-button" ?disabled=${this.busy} @click=${() => this.#disagree(true)}>${t('answer.dispute')}</button>`}
      </div>
    </div>`;
  }

  #answer({ id, name, acknowledgement }: Attendee): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    if (!acknowledgement) return nothing;
    const { status, dueAt, at, comment, dispute } = acknowledgement;
    const own = id === this.me?.agent.id;
    if (status === 'disputed' && dispute) return html`<li>${this.#disputed(name, dispute, own)} ${this.#decidable(id, dispute)}</li>`;
    if (status === 'acknowledged') {
      return html`<li><p class="line good">${icon('check', 14)}<span>${t(own ? 'answer.acknowledgedOwn' : 'answer.acknowledged', { name, when: at ? this.locale.instant(at) : '' })}</span></p>
        ${comment ? html`<blockquote>${comment}</blockquote>` : nothing} ${dispute ? this.#disputed(name, dispute, own) : nothing}</li>`;
    }
    const late = isOverdue(dueAt, Date.now());
    return html`<li><p class="line ${late ? 'late' : ''}">${late ? warningShape(10) : nothing}<span>${t(late ? 'answer.overdue' : 'answer.pending', { name, when: dueAt ? this.#due(dueAt) : '' })}</span></p>
      ${dispute ? this.#disputed(name, dispute, own) : nothing}</li>`;
  }

  /** What was said against the record, and what became of it. */
  #disputed(name: string, dispute: Dispute, own: boolean): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const open = dispute.outcome === null;
    const late = open && isOverdue(dispute.dueAt, Date.now());
    return html`<p class="line strong">${warningShape(10)}<span>${t(open ? (own ? 'answer.disputedOwn' : 'answer.disputed') : own ? 'answer.disputedOwnBefore' : 'answer.disputedBefore', { name })}</span></p>
      <blockquote>${dispute.comment}</blockquote>
      ${open
        ? html`<p class=${late ? 'late' : 'quiet'}>${late ? warningShape(10) : nothing}${t(late ? 'answer.decidesLate' : 'answer.decides', { name: dispute.owner.name, when: this.#due(dispute.dueAt) })}</p>`
        : this.#resolved(name, dispute)}`;
  }

  #due(iso: string): string {
    return this.locale.due(iso, this.me?.installation.businessTimezone);
  }

  #decidable(id: number, dispute: Dispute): TemplateResult | typeof nothing {
    return dispute.outcome === null && this.#mayDecide(dispute) ? this.#decision(id) : nothing;
  }

  #resolved(name: string, { outcome, resolution, resolvedBy, resolvedAt }: Dispute): TemplateResult | typeof nothing {
    if (!outcome) return nothing;
    const t = this.locale.t.bind(this.locale);
    const by = resolvedBy && resolvedAt ? t('answer.by', { name: resolvedBy.name, when: this.locale.instant(resolvedAt) }) : '';
    return html`<p><b>${t(`answer.outcome.${outcome}`, { name })}</b> <span class="quiet">${by}</span></p>${resolution ? html`<blockquote>${resolution}</blockquote>` : nothing}`;
  }

  /** Its owner, managers and administrators; the server decides again, also for who holds the session. */
  #mayDecide({ owner }: Dispute): boolean {
    const { me } = this;
    return me !== undefined && !attends(me, this.coaching) && (owner.id === me.agent.id || me.agent.role === 'manager' || me.agent.role === 'admin');
  }

  #decision(agentId: number): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.deciding !== agentId) return html`<div class="buttons"><button type="button" part="decide-button" @click=${() => (this.deciding = agentId)}>${t('answer.decide')}</button></div>`;
    return html`<div class="callout">
      <fieldset class="outcomes"><legend class="sr">${t('answer.decide')}</legend>
        ${OUTCOMES.map((outcome) => html`<label class="check"><input type="radio" name="outcome" .checked=${live(outcome === this.outcome)} @change=${() => (this.outcome = outcome)} />${t(`answer.outcome.${outcome}`, { name: this.coaching.attendees.find(({ id }) => id === agentId)?.name ?? '' })}</label>`)}
      </fieldset>
      ${this.outcome === 'amended'
        ? html`<textarea rows="4" maxlength="20000" aria-label=${t('answer.amendedSummary')} .value=${live(this.amended ?? this.coaching.summary)} @input=${(event: Event) => (this.amended = textOf(event))}></textarea>`
        : nothing}
      <textarea rows="2" maxlength="5000" aria-label=${t('answer.resolution')} placeholder=${t('answer.resolution')} .value=${live(this.resolution)} @input=${(event: Event) => (this.resolution = textOf(event))}></textarea>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="buttons"><button type="button" class="primary" ?disabled=${this.busy} @click=${() => void this.#decide(agentId)}>${t('answer.decide')}</button>
        <button type="button" class="plain" @click=${() => (this.deciding = undefined)}>${t('common.cancel')}</button></div>
    </div>`;
  }

  readonly #onComment = (event: Event): void => {
    this.comment = textOf(event);
    this.problem = '';
  };

  #disagree(yes: boolean): void {
    this.disagreeing = yes;
    this.problem = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.ask textarea')?.focus());
  }

  async #acknowledge(): Promise<void> {
    const comment = this.comment.trim();
    const params = { path: { id: this.coaching.id } };
    if (await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/acknowledge', { params, body: comment ? { comment } : {} })))) this.#answered();
  }

  async #dispute(): Promise<void> {
    const comment = this.comment.trim();
    if (!comment) return void (this.problem = this.locale.t('answer.whyMissing'));
    const params = { path: { id: this.coaching.id } };
    if (await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/dispute', { params, body: { comment } })))) this.#answered();
  }

  /** Whoever is asked again, because the record was changed, answers anew. */
  #answered(): void {
    this.disagreeing = false;
    this.comment = '';
  }

  async #decide(agentId: number): Promise<void> {
    const { outcome } = this;
    const resolution = this.resolution.trim();
    const summary = this.amended?.trim();
    if (!resolution) return void (this.problem = this.locale.t('answer.resolutionMissing'));
    if (outcome === 'amended' && (!summary || summary === this.coaching.summary)) return void (this.problem = this.locale.t('answer.amendMissing'));
    const data = { agentId, outcome, resolution, ...(outcome === 'amended' && summary ? { summary } : {}) };
    const params = { path: { id: this.coaching.id } };
    if (await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/dispute/resolve', { params, body: data })))) this.deciding = undefined;
  }
}

const textOf = (event: Event): string => (event.target as HTMLTextAreaElement).value;

define('sideline-session-answers', SessionAnswers);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-answers': SessionAnswers;
  }
}
