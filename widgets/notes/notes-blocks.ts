import { html, type TemplateResult } from 'lit';
import { empty, skeleton } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import { NO_FILTERS, type Filters } from './notes-model.ts';

/** Why there is nothing to show, and the way to something. */
export function noNotes(locale: Locale, filters: Filters, ways: { clear: () => void; all: () => void }): TemplateResult {
  const t = locale.t.bind(locale);
  const narrowed = JSON.stringify({ ...filters, shown: '' }) !== JSON.stringify({ ...NO_FILTERS, shown: '' });
  if (narrowed) return empty(t('notes.emptyFilter'), { label: t('notes.clear'), run: ways.clear });
  if (filters.shown === 'open') return empty(t('notes.empty'), { label: t('notes.all'), run: ways.all });
  return empty(t('notes.emptyAll'));
}

export function noteBones(locale: Locale): TemplateResult {
  return skeleton(locale, 5, () => html`<div class="bones"><div class="line"><span class="bone grow"></span><span class="bone short"></span></div><span class="bone"></span></div>`);
}
