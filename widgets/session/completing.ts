import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { components } from '../../api/http/contract.types.ts';
import { body, type ApiError } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/note.ts';
import '../shared/strings/session-live.ts';
import '../shared/strings/session-outcome.ts';
import '../shared/strings/session-schedule.ts';
import './action-line.ts';
import { columnsStyles } from './columns.styles.ts';
import { commitmentsEditor } from './commitments-editor.ts';
import { conflictNotices } from './conflicts.ts';
import type { SessionDocument } from './document.ts';
import { clashOf } from './plan.ts';
import { actionLine } from './record.ts';
import { fromLocal, namesOf, suggestedTime, toLocal, type Commitment } from './session-model.ts';
import { SessionPart } from './session-part.ts';
import { writeText } from './shared-text.ts';

type ActionItem = components['schemas']['ActionItem'];
type QuickNote = components['schemas']['QuickNote'];
type FollowUp = { readonly date: string; readonly time: string };

const WEEKS = [2, 4] as const;
const MAX_SUMMARY = 20_000;
const FEW = 5;

/** The end of a session, on one page: what was agreed, what is dealt with, what comes next. */
export class SessionCompleting extends SessionPart {
  static override styles: CSSResultGroup = [
    SessionPart.styles,
    css`
      textarea {
        field-sizing: content;
        min-height: 5rem;
        max-height: 24rem;
      }
      .check {
        align-items: flex-start;
        padding-block: 3px;
      }
      .check input {
        flex: none;
        margin-block-start: 2px;
      }
      .weeks {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      .weeks button[aria-pressed='true'] {
        border-color: var(--_accent);
        background: var(--_accent-soft);
        color: var(--_accent-strong);
      }
      .day {
        display: flex;
        gap: var(--_2);
        margin-block-start: var(--_2);
      }
      .day input {
        width: auto;
      }
      .promise {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: var(--_1);
        margin-block-start: var(--_2);
      }
      .promise input[type='text'] {
        grid-column: 1 / -1;
      }
      .promise select,
      .promise input[type='date'] {
        width: auto;
        min-width: 0;
      }
      .finish {
        padding: var(--_3);
        border-block-start: 1px solid var(--_line);
      }
      .finish .hint {
        flex: 1 1 12rem;
      }
      @container (min-width: 640px) {
        .promise {
          grid-template-columns: minmax(0, 1fr) auto auto auto;
        }
        .promise input[type='text'] {
          grid-column: auto;
        }
      }
    `,
    columnsStyles,
  ];
  static override properties = { doc: { attribute: false }, actions: { attribute: false }, unticked: { state: true }, ticked: { state: true }, followUp: { state: true } };

  declare doc: SessionDocument | undefined;
  declare actions: readonly ActionItem[] | undefined;
  /** Notes decided about here; those on the covered agenda count as dealt with until somebody says otherwise. */
  declare private unticked: ReadonlySet<string>;
  declare private ticked: ReadonlySet<string>;
  declare private followUp: FollowUp | undefined;

  readonly #summary = createRef<HTMLTextAreaElement>();
  readonly #notes = this.resource<readonly number[], readonly QuickNote[]>({
    key: () => this.coaching.attendees.slice(0, FEW).map(({ id }) => id),
    load: async (client, ids, signal) => {
      const pages = await Promise.all(ids.map((agentId) => body(client.http.GET('/api/quick-notes', { params: { query: { agentId, addressed: false, limit: 50 } }, signal }))));
      return pages.flatMap(({ quickNotes }) => quickNotes);
    },
  });

  constructor() {
    super();
    this.unticked = new Set();
    this.ticked = new Set();
  }

  protected override updated(): void {
    if (this.#summary.value) writeText(this.#summary.value, this.coaching.summary);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { coaching } = this;
    return html`${this.doc ? conflictNotices(this.locale, this.doc) : nothing}
      <section aria-label=${t('outcome.summary')}>
        <header><h3><label for="summary">${t('outcome.summary')}</label></h3>
          ${coaching.discussionNotes && !coaching.summary ? html`<button type="button" class="link end" @click=${() => this.doc?.write('summary', coaching.discussionNotes.slice(0, MAX_SUMMARY))}>${t('outcome.takeNotes')}</button>` : nothing}</header>
        <textarea id="summary" ${ref(this.#summary)} rows="4" maxlength=${MAX_SUMMARY} placeholder=${t('outcome.summaryHint')} @input=${(event: Event) => this.doc?.write('summary', (event.target as HTMLTextAreaElement).value)}></textarea>
      </section>
      <section aria-label=${t('outcome.commitments')}><header><h3>${t('outcome.commitments')}</h3></header>
        ${commitmentsEditor(this.locale, coaching, (next: Commitment[]) => this.doc?.write('commitments', next))}</section>
      <div class="columns">
        <section aria-label=${t('outcome.notes')}><header><h3>${t('outcome.notes')}</h3></header>${this.#noteTicks()}</section>
        <section aria-label=${t('outcome.actions')}><header><h3>${t('outcome.actions')}</h3></header>
          <ul class="lines" role="list">${(this.actions ?? []).map((item) => actionLine(this.locale, item))}</ul>
          <sideline-session-action-line .coaching=${coaching}></sideline-session-action-line></section>
      </div>
      <section aria-label=${t('outcome.followUp')}><header><h3>${t('outcome.followUp')}</h3></header>${this.#next()}</section>
      <div class="buttons finish">
        <button type="button" class="primary" part="complete-button" ?disabled=${this.busy || (this.doc?.conflicts.length ?? 0) > 0} @click=${() => void this.#complete()}>${icon('check', 14)}${t(this.busy ? 'outcome.completing' : 'outcome.complete')}</button>
        ${this.problem ? html`<p class="problem hint" role="alert">${this.problem}</p>` : html`<p class="hint">${t('outcome.completeHint', { name: namesOf(coaching) })}</p>`}
      </div>
      ${this.announcer.render()}`;
  }

  #noteTicks(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const notes = this.#notes.data;
    if (!notes) return html`<p class="quiet small">${t('common.loading')}</p>`;
    if (notes.length === 0) return html`<p class="quiet small">${t('outcome.noNotes')}</p>`;
    return html`${notes.map((note) => html`<label class="check"><input type="checkbox" .checked=${live(this.#isDealtWith(note.id))} @change=${(event: Event) => this.#tick(note.id, (event.target as HTMLInputElement).checked)} />
      <span>${note.content} <span class="quiet small">${t(`note.type.${note.noteType}`)}${note.isPrivate ? html`, <b>${t('note.private')}</b>` : nothing}, ${this.locale.ago(Date.parse(note.createdAt), Date.now())}</span></span></label>`)}
      <p class="hint">${t('outcome.notesLater')}</p>`;
  }

  #isDealtWith(id: string): boolean {
    if (this.ticked.has(id)) return true;
    return !this.unticked.has(id) && this.coaching.agenda.some(({ refId, covered }) => covered && refId === id);
  }

  #tick(id: string, yes: boolean): void {
    const [to, from] = yes ? [this.ticked, this.unticked] : [this.unticked, this.ticked];
    const [into, outOf] = [new Set([...to, id]), from.difference(new Set([id]))];
    [this.ticked, this.unticked] = yes ? [into, outOf] : [outOf, into];
  }

  #next(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { time } = toLocal(this.coaching.scheduledAt);
    const choices = WEEKS.map((weeks) => ({ weeks, at: { ...suggestedTime(Date.now(), weeks * 7), time } }));
    const chosen = choices.find(({ at }) => at.date === this.followUp?.date && at.time === this.followUp.time);
    const button = (label: string, pressed: boolean, at: FollowUp | undefined): TemplateResult => html`<button type="button" aria-pressed=${pressed ? 'true' : 'false'} @click=${() => this.#plan(at)}>${label}</button>`;
    return html`<div class="weeks" role="group" aria-label=${t('outcome.followUp')}>
        ${button(t('outcome.followUpNone'), !this.followUp, undefined)}
        ${choices.map(({ weeks, at }) => button(t('outcome.followUpWeeks', { n: weeks }), chosen?.weeks === weeks, at))}
        ${button(t('outcome.followUpOther'), Boolean(this.followUp && !chosen), { ...suggestedTime(Date.now(), 21), time })}
      </div>
      ${this.followUp
        ? html`<div class="day"><input type="date" aria-label=${t('plan.date')} .value=${live(this.followUp.date)} @change=${(event: Event) => this.#plan({ time, ...this.followUp, date: textOf(event) })} />
            <input type="time" step="300" aria-label=${t('plan.time')} .value=${live(this.followUp.time)} @change=${(event: Event) => this.#plan({ date: '', ...this.followUp, time: textOf(event) })} /></div>`
        : nothing}`;
  }

  #plan(at: FollowUp | undefined): void {
    this.followUp = at;
    this.problem = '';
  }

  async #complete(): Promise<void> {
    const { coaching } = this;
    const at = this.followUp && fromLocal(this.followUp.date, this.followUp.time);
    if (this.followUp && !at) return void (this.problem = this.locale.t('plan.incomplete'));
    const addressedNoteIds = (this.#notes.data ?? []).map(({ id }) => id).filter((id) => this.#isDealtWith(id));
    const data: components['schemas']['CompleteSessionData'] = {
      summary: coaching.summary,
      commitments: coaching.commitments,
      ...(addressedNoteIds.length > 0 ? { addressedNoteIds } : {}),
      ...(at ? { followUp: { scheduledAt: at, durationMinutes: coaching.durationMinutes } } : {}),
    };
    const params = { path: { id: coaching.id } };
    await this.doc?.flush(); // the notes of the talk are part of what is completed
    await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/complete', { params, body: data })), (error) => this.#refused(error));
  }

  #refused(error: ApiError): string | undefined {
    const clash = clashOf(error);
    if (!clash) return undefined;
    const end = new Date(Date.parse(clash.scheduledAt) + clash.durationMinutes * 60_000).toISOString();
    return this.locale.t('plan.clash', { name: clash.personName, from: this.locale.time(clash.scheduledAt), to: this.locale.time(end) });
  }
}

const textOf = (event: Event): string => (event.target as HTMLInputElement).value;

define('sideline-session-completing', SessionCompleting);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-completing': SessionCompleting;
  }
}
