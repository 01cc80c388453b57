import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import { localTime, type SessionRequest } from './requests-model.ts';

/** A leader's answer while it is being given. */
export interface AnswerDraft {
  readonly requestId: string;
  readonly how: 'schedule' | 'decline';
  readonly reason: string;
  /** As `datetime-local` holds it. */
  readonly when: string;
  readonly minutes: number;
}

const LENGTHS = [15, 20, 30, 45, 60, 90] as const;
const DEFAULT_LENGTH = 30;

/** @param now times that suited and are over are not proposed */
export function startAnswer(request: SessionRequest, how: AnswerDraft['how'], now: number): AnswerDraft {
  const suits = request.preferredTimes.find((time) => Date.parse(time) > now);
  return { requestId: request.id, how, reason: '', when: suits ? localTime(suits) : '', minutes: DEFAULT_LENGTH };
}

export interface AnswerFormOptions {
  locale: Locale;
  request: SessionRequest;
  draft: AnswerDraft;
  problem: string;
  sending: boolean;
  change: (change: Partial<AnswerDraft>) => void;
  send: () => void;
  close: () => void;
}

export function answerForm(options: AnswerFormOptions): TemplateResult {
  const { locale, draft, problem, sending, send, close } = options;
  const t = locale.t.bind(locale);
  const schedules = draft.how === 'schedule';
  const word = schedules ? (sending ? 'requests.scheduling' : 'requests.scheduleYes') : sending ? 'requests.declining' : 'requests.declineYes';
  return html`<form class="form" part="answer-form" novalidate @submit=${(event: Event) => {
    event.preventDefault();
    send();
  }}>
    ${schedules ? scheduleFields(options) : declineFields(options)}
    <p id="problem" class="problem" role="alert">${problem}</p>
    <div class="line">
      <button type="submit" class=${schedules ? 'primary' : 'danger'} ?disabled=${sending}>${t(word)}</button>
      <button type="button" class="plain" @click=${close}>${t('common.cancel')}</button>
    </div>
  </form>`;
}

function scheduleFields({ locale, request, draft, problem, sending, change }: AnswerFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<h3>${t('requests.scheduleTitle', { name: request.agentName })}</h3>
    ${request.preferredTimes.length > 0
      ? html`<div class="chips" role="group" aria-label=${t('requests.times')}>
          ${request.preferredTimes.map((time) => html`<button type="button" class="chip" aria-pressed=${draft.when === localTime(time) ? 'true' : 'false'}
            @click=${() => change({ when: localTime(time) })}><bdi>${locale.instant(time)}</bdi></button>`)}
        </div>`
      : nothing}
    <div class="fields">
      <label>${t('requests.when')}
        <input id="when" type="datetime-local" required .value=${live(draft.when)} ?readonly=${sending} aria-invalid=${problem ? 'true' : 'false'} aria-describedby="problem"
          @input=${(event: Event) => change({ when: (event.target as HTMLInputElement).value })} /></label>
      <label>${t('requests.minutes')}
        <select @change=${(event: Event) => change({ minutes: Number((event.target as HTMLSelectElement).value) })}>
          ${LENGTHS.map((minutes) => html`<option value=${minutes} .selected=${minutes === draft.minutes}>${locale.number(minutes)}</option>`)}
        </select></label>
    </div>`;
}

function declineFields({ locale, request, draft, problem, sending, change }: AnswerFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<h3>${t('requests.declineTitle', { name: request.agentName })}</h3>
    <label>${t('requests.reason')}
      <textarea id="reason" rows="3" maxlength="2000" required .value=${live(draft.reason)} ?readonly=${sending} aria-invalid=${problem ? 'true' : 'false'} aria-describedby="problem"
        @input=${(event: Event) => change({ reason: (event.target as HTMLTextAreaElement).value })}></textarea></label>`;
}
