import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

/** What somebody is asking for; kept while the form is closed without sending. */
export interface AskDraft {
  readonly topic: string;
  readonly message: string;
  /** As `datetime-local` holds them. */
  readonly times: readonly string[];
}

export const emptyAsk: AskDraft = { topic: '', message: '', times: [''] };

/** As many as the contract takes. */
const MOST_TIMES = 5;

export interface AskFormOptions {
  locale: Locale;
  draft: AskDraft;
  problem: string;
  sending: boolean;
  change: (change: Partial<AskDraft>) => void;
  send: () => void;
  close: () => void;
}

export function askForm({ locale, draft, problem, sending, change, send, close }: AskFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const value = (event: Event): string => (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  return html`<form class="form" part="ask-form" novalidate @submit=${(event: Event) => {
    event.preventDefault();
    send();
  }}>
    <h3>${t('requests.askTitle')}</h3>
    <label>${t('requests.topic')}
      <input id="topic" maxlength="200" required autocomplete="off" .value=${live(draft.topic)} aria-invalid=${problem ? 'true' : 'false'} aria-describedby="problem" ?readonly=${sending}
        @input=${(event: Event) => change({ topic: value(event) })} /></label>
    <label>${t('requests.message')} <span class="quiet">(${t('common.optional')})</span>
      <textarea rows="3" maxlength="5000" .value=${live(draft.message)} ?readonly=${sending} @input=${(event: Event) => change({ message: value(event) })}></textarea></label>
    <fieldset>
      <legend>${t('requests.times')} <span class="quiet">(${t('common.optional')})</span></legend>
      ${draft.times.map((time, i) => html`<div class="line">
        <input type="datetime-local" aria-label=${t('requests.time', { n: i + 1 })} .value=${live(time)} ?readonly=${sending}
          @input=${(event: Event) => change({ times: draft.times.with(i, value(event)) })} />
        ${draft.times.length > 1
          ? html`<button type="button" class="plain icon" aria-label=${t('requests.removeTime', { n: i + 1 })} @click=${() => change({ times: draft.times.toSpliced(i, 1) })}>${icon('close', 14)}</button>`
          : nothing}
      </div>`)}
      ${draft.times.length < MOST_TIMES
        ? html`<button type="button" class="plain" @click=${() => change({ times: [...draft.times, ''] })}>${icon('plus', 14)}${t('requests.addTime')}</button>`
        : nothing}
    </fieldset>
    <p id="problem" class="problem" role="alert">${problem}</p>
    <div class="line">
      <button type="submit" class="primary" ?disabled=${sending}>${t(sending ? 'requests.sending' : 'requests.send')}</button>
      <button type="button" class="plain" @click=${close}>${t('common.cancel')}</button>
    </div>
  </form>`;
}
