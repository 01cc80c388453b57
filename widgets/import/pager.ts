import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

export interface Pages {
  readonly total: number;
  readonly page: number;
  readonly limit: number;
  readonly totalPages: number;
}

/** Which part of a long list is shown, and the ways to the others; nothing where all of it is. */
export function pager(locale: Locale, { total, page, limit, totalPages }: Pages, go: (page: number) => void): TemplateResult | typeof nothing {
  if (totalPages < 2) return nothing;
  const t = locale.t.bind(locale);
  const from = (page - 1) * limit + 1;
  return html`<nav class="pager" aria-label=${t('import.pages')}>
    <button type="button" class="plain icon back" aria-label=${t('import.previous')} aria-disabled=${page <= 1 ? 'true' : 'false'} @click=${() => page > 1 && go(page - 1)}>${icon('back')}</button>
    <span class="small" role="status">${t('import.range', { from, to: Math.min(total, page * limit), total })}</span>
    <button type="button" class="plain icon" aria-label=${t('import.next')} aria-disabled=${page >= totalPages ? 'true' : 'false'} @click=${() => page < totalPages && go(page + 1)}>${icon('forward')}</button>
  </nav>`;
}
