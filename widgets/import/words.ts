import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import { pointerTo, type Decisions, type Value } from './decisions.ts';
import { labelOf, type Import, type KindInfo } from './import-model.ts';

export interface WordsOptions {
  locale: Locale;
  item: Import;
  kind: KindInfo;
  decisions: Decisions;
  decide: (pointer: string, value: Value | undefined) => void;
}

/** Words and names that were given a meaning for this file: seen, and taken back. */
export function wordsList({ locale, item, kind, decisions, decide }: WordsOptions): TemplateResult | typeof nothing {
  const t = locale.t.bind(locale);
  const words = Object.entries(item.decided.values ?? {}).flatMap(([field, meanings]) =>
    Object.entries(meanings).map(([word, meaning]) => ({ pointer: pointerTo('values', field, word), word, text: t('import.wordMeans', { word, field: labelOf(kind, field), meaning: meaningOf(locale, meaning) }) })));
  const shown = words.filter(({ pointer }) => !decisions.has(pointer));
  if (shown.length === 0) return nothing;
  return html`<section class="words" aria-labelledby="words"><h4 class="small" id="words">${t('import.words')}</h4>
    <ul>${shown.map(({ pointer, word, text }) => html`<li><span>${text}</span>
      <button type="button" class="link" aria-label=${t('import.forgetNamed', { name: word })} @click=${() => decide(pointer, undefined)}>${t('import.forget')}</button></li>`)}</ul>
  </section>`;
}

function meaningOf(locale: Locale, meaning: Value): string {
  if (typeof meaning === 'boolean') return locale.t(meaning ? 'import.yes' : 'import.no');
  return meaning === null ? locale.t('common.missing') : String(meaning);
}
