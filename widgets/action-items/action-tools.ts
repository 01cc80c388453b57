import { html, nothing, type TemplateResult } from 'lit';
import { empty, skeleton } from '../shared/blocks.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import { NO_FILTERS, SHOWN, type Filters } from './actions-model.ts';

const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW'] as const;

export interface ToolsOptions {
  locale: Locale;
  filters: Filters;
  filtering: boolean;
  /** Offered for one's own choice: the page or the role left it open whose items. */
  people: boolean;
  /** Each as often as it likes; an empty one is none. */
  categories: readonly string[];
  flip: () => void;
  choose: (change: Partial<Filters>) => void;
  add: (() => void) | undefined;
}

/** What is shown, the filters behind their button, and the way to a new item. */
export function actionTools(options: ToolsOptions): TemplateResult {
  const { locale, filters, add } = options;
  const t = locale.t.bind(locale);
  const set = [filters.priority, filters.category, filters.person].filter(Boolean).length;
  return html`<div class="tools" part="tools">
    <div class="switch shown" role="group" aria-label=${t('actions.shown')}>
      ${SHOWN.map((shown) => html`<button type="button" aria-pressed=${shown === filters.shown ? 'true' : 'false'} @click=${() => options.choose({ shown })}>${t(`actions.${shown}`)}</button>`)}
    </div>
    <button type="button" class="filter-button icon ${set > 0 ? 'on' : ''}" part="filter-button" aria-expanded=${options.filtering ? 'true' : 'false'} aria-controls="filters"
      aria-label=${set > 0 ? t('actions.filterActive', { n: set }) : t('actions.filter')} title=${t('actions.filter')} @click=${options.flip}>${icon('tune', 14)}${set > 0 ? set : nothing}</button>
    ${add ? html`<button type="button" class="add" part="add-button" aria-label=${t('actions.add')} aria-keyshortcuts="a" @click=${add}>${icon('plus', 14)}${t('actions.addShort')}</button>` : nothing}
  </div>
  <div id="filters" class="filters" role="group" aria-label=${t('actions.filter')} ?hidden=${!options.filtering}>${options.filtering ? fields(options) : nothing}</div>`;
}

function fields({ locale, filters, people, categories, choose }: ToolsOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const any = ['', t('actions.any')] as const;
  const select = <K extends 'priority' | 'category'>(key: K, label: string, values: readonly (readonly [Filters[K], string])[]): TemplateResult => html`<label>${label}
    <select @change=${(event: Event) => choose({ [key]: (event.target as HTMLSelectElement).value })}>
      ${values.map(([value, word]) => html`<option value=${value} .selected=${value === filters[key]}>${word}</option>`)}
    </select></label>`;
  return html`
    ${select('priority', t('actions.priority'), [any, ...PRIORITIES.map((priority) => [priority, t(`actions.priority.${priority}`)] as const)])}
    ${select('category', t('actions.category'), [any, ...[...new Set(categories)].filter(Boolean).map((category) => [category, category] as const)])}
    ${people
      ? html`<div class="person"><span>${t('actions.person')}</span>
          <sideline-person-picker single label=${t('actions.person')} .chosen=${filters.person ? [filters.person] : []}
            @picked=${(event: CustomEvent<PersonRef[]>) => choose({ person: event.detail[0] })}></sideline-person-picker></div>`
      : nothing}
  `;
}

/** Grey shapes where items will stand. */
export const actionBones = (locale: Locale): TemplateResult =>
  skeleton(locale, 4, () => html`<div class="line"><span class="bone box"></span><span class="bones"><span class="bone"></span><span class="bone grow"></span></span></div>`);

const NOTHING = { todo: 'actions.empty', overdue: 'actions.emptyOverdue', done: 'actions.emptyDone', all: 'actions.emptyAll' } as const;

/** Why there is nothing to show, and the way to something. */
export function noActions(locale: Locale, filters: Filters, ways: { clear: () => void; add: (() => void) | undefined; all: () => void }): TemplateResult {
  const narrowed = JSON.stringify({ ...filters, shown: '' }) !== JSON.stringify({ ...NO_FILTERS, shown: '' });
  if (narrowed) return empty(locale.t('actions.emptyFilter'), { label: locale.t('actions.clear'), run: ways.clear });
  const sentence = locale.t(NOTHING[filters.shown]);
  if (filters.shown === 'overdue' || filters.shown === 'done') return empty(sentence, { label: locale.t('actions.all'), run: ways.all });
  return empty(sentence, ways.add && { label: locale.t('actions.add'), run: ways.add });
}
