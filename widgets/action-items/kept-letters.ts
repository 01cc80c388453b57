import { html, nothing, type TemplateResult } from 'lit';
import type { KeptLetter, Outbox } from '../controllers/outbox.ts';
import type { Locale } from '../shared/locale.ts';
import { lettersOf, NEW_ACTION } from './actions-model.ts';

/** Items that were written here and have not arrived, and whatever only its author can decide on. */
export function keptLetters(locale: Locale, outbox: Outbox | undefined): TemplateResult | typeof nothing {
  const letters = lettersOf(outbox);
  const undecided = letters.filter((kept) => outbox?.isUndecided(kept));
  const waiting = letters.filter((kept) => kept.letter.about === NEW_ACTION && outbox?.pending.includes(kept) && !undecided.includes(kept));
  if (!outbox || (undecided.length === 0 && waiting.length === 0)) return nothing;
  return html`<div class="kept" part="kept">
    ${undecided.map((kept) => decide(locale, kept, outbox))}
    ${waiting.length === 0
      ? nothing
      : html`<p class="small strong">${locale.t('actions.keptTitle', { n: waiting.length })}</p>
          <ul role="list">${waiting.map(({ letter }) => html`<li class="ellipsis">${letter.body['title']}</li>`)}</ul>`}
  </div>`;
}

function decide(locale: Locale, kept: KeptLetter, outbox: Outbox): TemplateResult {
  const t = locale.t.bind(locale);
  const { title, text, url, status } = kept.letter.body;
  const what = title ?? text ?? url ?? (typeof status === 'string' ? t(`actions.status.${status as 'done'}`) : '');
  return html`<div class="undecided">
    <p>${kept.refusal === null ? t('actions.uncertain') : t('actions.refused', { detail: kept.refusal })}</p>
    <p class="ellipsis">“${what}”</p>
    <div class="line">
      <button type="button" @click=${() => void outbox.sendAgain(kept.key)}>${t('actions.sendAgain')}</button>
      <button type="button" class="plain" @click=${() => void outbox.discard(kept.key)}>${t('actions.discard')}</button>
    </div>
  </div>`;
}
