import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import { NOTE_TYPES } from '../quick-note/note-form.ts';
import { narrowings, SHOWN, type Filters } from './notes-model.ts';

const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW'] as const;

export interface ToolsOptions {
  locale: Locale;
  filters: Filters;
  /** How many notes there are; nothing while nobody knows. */
  total: number | undefined;
  typed: string;
  filtering: boolean;
  /** Offered for one's own choice: the page or the role left it open whose notes. */
  people: boolean;
  categories: readonly string[];
  type: (event: Event) => void;
  searchKey: (event: KeyboardEvent) => void;
  flip: () => void;
  choose: (change: Partial<Filters>) => void;
  /** The way to a new note, where it is known about whom. */
  write: TemplateResult | typeof nothing;
}

/** Search, what is shown, and the filters behind their button. */
export function noteTools(options: ToolsOptions): TemplateResult {
  const { locale, filters, total } = options;
  const t = locale.t.bind(locale);
  const set = narrowings(filters);
  return html`<div class="tools" part="tools">
    <div class="find">
      ${icon('search', 14)}
      <input type="search" maxlength="100" aria-label=${t('notes.searchLabel')} placeholder=${t('notes.search')} .value=${options.typed}
        @input=${options.type} @keydown=${options.searchKey} />
    </div>
    <button type="button" class="filter-button ${set > 0 ? 'on' : ''}" part="filter-button" aria-expanded=${options.filtering ? 'true' : 'false'} aria-controls="filters"
      aria-label=${set > 0 ? t('notes.filterActive', { n: set }) : t('notes.filter')} @click=${options.flip}>${icon('tune', 14)}${t('notes.filter')}${set > 0 ? ` · ${set}` : nothing}</button>
    ${options.write}
    <div class="switch shown" role="group" aria-label=${t('notes.shown')}>
      ${SHOWN.map((shown) => html`<button type="button" aria-pressed=${shown === filters.shown ? 'true' : 'false'} @click=${() => options.choose({ shown })}>${t(`notes.${shown}`)}</button>`)}
    </div>
    <span class="count small quiet" role="status">${total === undefined ? nothing : t('notes.total', { n: total })}</span>
  </div>
  <div id="filters" class="filters" role="group" aria-label=${t('notes.filter')} ?hidden=${!options.filtering}>${options.filtering ? filterFields(options) : nothing}</div>`;
}

function filterFields({ locale, filters, people, categories, choose }: ToolsOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const any = ['', t('notes.any')] as const;
  const select = <K extends 'noteType' | 'priority' | 'category'>(key: K, label: string, values: readonly (readonly [Filters[K], string])[]): TemplateResult => html`<label>${label}
    <select @change=${(event: Event) => choose({ [key]: (event.target as HTMLSelectElement).value })}>
      ${values.map(([value, word]) => html`<option value=${value} .selected=${value === filters[key]}>${word}</option>`)}
    </select></label>`;
  return html`
    ${select('noteType', t('note.type'), [any, ...NOTE_TYPES.map((type) => [type, t(`note.type.${type}`)] as const)])}
    ${select('priority', t('note.priority'), [any, ...PRIORITIES.map((priority) => [priority, t(`note.priority.${priority}`)] as const)])}
    ${select('category', t('note.category'), [any, ...categories.map((category) => [category, category] as const)])}
    ${people
      ? html`<div class="person"><span>${t('notes.person')}</span>
          <sideline-person-picker single label=${t('notes.person')} .chosen=${filters.person ? [filters.person] : []}
            @picked=${(event: CustomEvent<PersonRef[]>) => choose({ person: event.detail[0] })}></sideline-person-picker></div>`
      : nothing}
  `;
}
