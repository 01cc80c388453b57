import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import { pointerTo, valueAt, type Decisions, type Value } from './decisions.ts';
import { labelOf, type Import, type KindInfo } from './import-model.ts';

export interface WordsOptions {
  locale: Locale;
  item: Import;
  kind: KindInfo;
  decisions: Decisions;
  /** Names of the people that names of the file were said to be, by their id. */
  people: ReadonlyMap<number, string>;
  decide: (pointer: string, value: Value | undefined) => void;
}

interface Meaning {
  readonly pointer: string;
  readonly word: string;
  readonly text: string;
}

/** Words and names of the file that were given a meaning, now or for an earlier file: seen, and what is said of this one taken back. */
export function wordsList({ locale, item, kind, decisions, people, decide }: WordsOptions): TemplateResult | typeof nothing {
  const t = locale.t.bind(locale);
  const shown = [...wordsOf(locale, item, kind), ...namesOf(locale, item, people)].filter(({ pointer }) => !decisions.has(pointer));
  if (shown.length === 0) return nothing;
  return html`<section class="words" aria-labelledby="words"><h4 class="small" id="words">${t('import.words')}</h4>
    <ul>${shown.map(({ pointer, word, text }) => html`<li><span>${text}</span>
      ${valueAt(item.decided, pointer) === undefined
        ? html`<span class="quiet small">${t('import.remembered')}</span>`
        : html`<button type="button" class="link" aria-label=${t('import.forgetNamed', { name: word })} @click=${() => decide(pointer, undefined)}>${t('import.forget')}</button>`}</li>`)}</ul>
  </section>`;
}

function wordsOf(locale: Locale, { mapping }: Import, kind: KindInfo): Meaning[] {
  return Object.entries(mapping?.values ?? {}).flatMap(([field, meanings]) =>
    Object.entries(meanings).map(([word, meaning]) => ({ pointer: pointerTo('values', field, word), word, text: locale.t('import.wordMeans', { word, field: labelOf(kind, field), meaning: meaningOf(locale, meaning) }) })));
}

function namesOf(locale: Locale, { mapping }: Import, people: ReadonlyMap<number, string>): Meaning[] {
  return Object.entries(mapping?.people ?? {}).map(([word, id]) => {
    const person = id === 0 ? locale.t('import.leftOut') : id === null ? locale.t('import.nobody') : (people.get(id) ?? `${id}`);
    return { pointer: pointerTo('people', word), word, text: locale.t('import.nameMeans', { word, person }) };
  });
}

function meaningOf(locale: Locale, meaning: Value): string {
  if (typeof meaning === 'boolean') return locale.t(meaning ? 'import.yes' : 'import.no');
  return meaning === null ? locale.t('common.missing') : String(meaning);
}
