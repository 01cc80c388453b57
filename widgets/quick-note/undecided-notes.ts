import { html, type TemplateResult } from 'lit';
import type { KeptNote, Outbox } from '../controllers/outbox.ts';
import type { Locale } from '../shared/locale.ts';

/** Notes the server refused, or that may have arrived long ago: only their author can say what becomes of them. */
export function undecidedNotes(locale: Locale, outbox: Outbox): TemplateResult[] {
  return outbox.undecided.map((kept) => undecided(locale, kept, outbox));
}

function undecided(locale: Locale, kept: KeptNote, outbox: Outbox): TemplateResult {
  const why = kept.refusal === null ? locale.t('note.uncertain') : locale.t('note.refused', { detail: kept.refusal });
  return html`<div class="undecided">
    <p>${why}</p>
    <p class="ellipsis">“${kept.draft.content}”</p>
    <div class="line">
      <button type="button" @click=${() => void outbox.sendAgain(kept.key)}>${locale.t('note.sendAgain')}</button>
      <button type="button" class="plain" @click=${() => void outbox.discard(kept.key)}>${locale.t('note.discard')}</button>
    </div>
  </div>`;
}
