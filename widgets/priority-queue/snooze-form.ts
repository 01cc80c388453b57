import { html, type TemplateResult } from 'lit';
import { addDays } from '../shared/business-day.ts';
import type { Locale } from '../shared/locale.ts';

export interface SnoozeDraft {
  /** Business day on which the person is back. */
  until: string;
  reason: string;
}

const OFFERED_DAYS = [1, 7, 14] as const;
const MAX_DAYS = 180;

export function newSnooze(today: string): SnoozeDraft {
  return { until: addDays(today, 7), reason: '' };
}

export interface SnoozeFormOptions {
  locale: Locale;
  name: string;
  today: string;
  draft: SnoozeDraft;
  problem: string;
  change: (change: Partial<SnoozeDraft>) => void;
  save: () => void;
  cancel: () => void;
}

/** How long, and why: a snooze without a reason would leave the next leader guessing. */
export function snoozeForm({ locale, name, today, draft, problem, change, save, cancel }: SnoozeFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const submit = (event: Event): void => {
    event.preventDefault();
    save();
  };
  return html`<form class="snooze" aria-label=${t('queue.snoozeTitle', { name })} @submit=${submit}>
    <div class="line wrap">
      <span class="small quiet" id="until">${t('queue.snoozeUntil')}</span>
      ${OFFERED_DAYS.map((days) => html`<button type="button" class="chip" aria-pressed=${draft.until === addDays(today, days) ? 'true' : 'false'}
        @click=${() => change({ until: addDays(today, days) })}>${t('queue.snoozeDays', { n: days })}</button>`)}
      <input type="date" aria-labelledby="until" required min=${addDays(today, 1)} max=${addDays(today, MAX_DAYS)} .value=${draft.until}
        @change=${(event: Event) => change({ until: (event.target as HTMLInputElement).value })} />
    </div>
    <input type="text" class="reason" maxlength="500" aria-label=${t('queue.snoozeReason')} placeholder=${t('queue.snoozeReason')}
      aria-invalid=${problem ? 'true' : 'false'} aria-describedby="snooze-problem" .value=${draft.reason}
      @input=${(event: Event) => change({ reason: (event.target as HTMLInputElement).value })} />
    <p class="problem" id="snooze-problem" role="alert">${problem}</p>
    <div class="line">
      <button type="submit" class="primary">${t('queue.snooze')}</button>
      <button type="button" class="plain" @click=${cancel}>${t('common.cancel')}</button>
    </div>
  </form>`;
}
