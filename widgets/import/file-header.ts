import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Import, KindInfo } from './import-model.ts';

export interface HeaderDeeds {
  /** Back to all imports; this one stays as it is. */
  leave: () => void;
  /** Throws away what was not agreed to. */
  discard: (() => void) | undefined;
}

function periodText(locale: Locale, { from, to }: NonNullable<Import['period']>): string {
  return from === to ? locale.day(from) : locale.t('import.period', { from: locale.day(from), to: locale.day(to) });
}

/** Which file this is, what is in it, and which days it covers. */
export function fileHeader(locale: Locale, item: Import, kind: KindInfo | undefined, { leave, discard }: HeaderDeeds): TemplateResult {
  const t = locale.t.bind(locale);
  const facts = [
    kind?.label ?? '',
    item.counts.rows > 0 ? t('import.rows', { n: item.counts.rows }) : '',
    item.period ? periodText(locale, item.period) : '',
    item.mapping?.sheet ? t('import.sheet', { name: item.mapping.sheet }) : '',
  ];
  return html`<div class="file" part="file">
    <button type="button" class="plain icon back" aria-label=${t('import.toList')} @click=${leave}>${icon('back')}</button>
    <div><h2 class="ellipsis" tabindex="-1" title=${item.fileName}>${item.fileName}</h2><p class="quiet small">${facts.filter(Boolean).join(' · ')}</p></div>
    ${discard ? html`<button type="button" class="plain" @click=${discard}>${t('import.discard')}</button>` : nothing}
  </div>`;
}
