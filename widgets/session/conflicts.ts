import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import type { Conflict, SessionDocument } from './document.ts';

/** What two people wrote at once and nobody could put together: shown, and decided by whoever sees it. */
export function conflictNotices(locale: Locale, doc: SessionDocument): TemplateResult | typeof nothing {
  if (doc.conflicts.length === 0) return nothing;
  return html`${doc.conflicts.map((conflict) => notice(locale, doc, conflict))}`;
}

function notice(locale: Locale, doc: SessionDocument, { field, mine, theirs }: Conflict): TemplateResult {
  const t = locale.t.bind(locale);
  const texts = typeof mine === 'string' && typeof theirs === 'string' ? { mine, theirs } : undefined;
  const name = t(`live.field.${field}`);
  return html`<div class="callout warn conflict" role="alert">
    ${texts ? html`<p class="strong">${name}. ${t('live.conflict')}</p><p class="prose">${texts.theirs}</p>` : html`<p class="strong">${t('live.conflictField', { field: name })}</p>`}
    <div class="buttons">
      <button type="button" @click=${() => doc.decide(field, mine)}>${t('live.keepMine')}</button>
      <button type="button" @click=${() => doc.decide(field, theirs)}>${t('live.takeTheirs')}</button>
      ${texts ? html`<button type="button" @click=${() => doc.decide(field, `${texts.theirs}\n\n${texts.mine}`)}>${t('live.keepBoth')}</button>` : nothing}
    </div>
  </div>`;
}
