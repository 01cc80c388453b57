import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../shared/avatar.ts';
import { icon, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { isLate, type SessionRequest } from './requests-model.ts';

export interface EntryOptions {
  locale: Locale;
  request: SessionRequest;
  now: number;
  /** Where the days end at whose end answers are due. */
  businessZone: string | undefined;
  /** Whether it is the reader's own: their name need not be said. */
  own: boolean;
  schedule?: (() => void) | undefined;
  decline?: (() => void) | undefined;
  withdraw?: (() => void) | undefined;
  /** Instead of the buttons, while an answer is being given. */
  form: TemplateResult | undefined;
}

/** One request: who and what, how long it waits, what can be done. */
export function requestEntry(options: EntryOptions): TemplateResult {
  const { locale, request, own, form } = options;
  const t = locale.t.bind(locale);
  return html`<li class="entry ${request.status}" part="request" data-request=${request.id}>
    <div class="head">
      ${own ? nothing : avatar(request.agentName)}
      <div class="what">
        ${own ? nothing : html`<p class="small quiet" part="name">${request.agentName}</p>`}
        <p class="strong topic" part="topic">${request.topic}</p>
      </div>
      ${state(options)}
    </div>
    ${request.message ? html`<p class="text">${request.message}</p>` : nothing}
    <p class="small quiet">${t('requests.asked', { when: locale.instant(request.createdAt) })}${request.status === 'open' && request.preferredTimes.length > 0
      ? html` · ${t('requests.suits', { times: request.preferredTimes.map((time) => locale.instant(time)).join(', ') })}`
      : nothing}</p>
    ${request.declineReason ? html`<p class="text">${t('requests.declinedBecause', { reason: request.declineReason })}</p>` : nothing}
    ${form ?? buttons(options)}
  </li>`;
}

/** Word and shape, so that nothing hangs on red alone. */
function state({ locale, request, now, businessZone }: EntryOptions): TemplateResult {
  const t = locale.t.bind(locale);
  if (request.status === 'open') {
    const late = isLate(request, now);
    const when = locale.due(request.answerDueAt, businessZone);
    return html`<p class="small due ${late ? 'late' : 'quiet'}" part="due">${late ? warningShape(10) : icon('snooze', 12)}<span>${t(late ? 'requests.late' : 'requests.due', { when })}</span></p>`;
  }
  const who = request.answeredBy && request.answeredAt ? t('requests.by', { when: locale.instant(request.answeredAt), name: request.answeredBy.name }) : '';
  return html`<p class="small due quiet" part="due" title=${who}>${request.status === 'scheduled' ? icon('check', 12) : nothing}<span>${t(`requests.status.${request.status}`)}</span></p>`;
}

function buttons({ locale, request, schedule, decline, withdraw }: EntryOptions): TemplateResult | typeof nothing {
  const t = locale.t.bind(locale);
  if (request.status !== 'open' || !(schedule || decline || withdraw)) return nothing;
  return html`<div class="line">
    ${schedule ? html`<button type="button" class="primary" part="schedule-button" @click=${schedule}>${t('requests.schedule')}</button>` : nothing}
    ${decline ? html`<button type="button" part="decline-button" @click=${decline}>${t('requests.decline')}</button>` : nothing}
    ${withdraw ? html`<button type="button" part="withdraw-button" @click=${withdraw}>${t('requests.withdraw')}</button>` : nothing}
  </div>`;
}
