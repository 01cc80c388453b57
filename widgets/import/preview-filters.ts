import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';
import { fieldLabel, labelOf, type KindInfo, type RowAction } from './import-model.ts';

type Counts = components['schemas']['ImportPreviewCounts'];

/** Which rows are looked at; all of it must hold. */
export interface Filters {
  readonly action?: RowAction | undefined;
  /** Rows in which this field changes or is at fault. */
  readonly field?: string | undefined;
  /** Why they are rejected. */
  readonly code?: string | undefined;
  readonly search?: string | undefined;
  /** The one with this number. */
  readonly row?: number | undefined;
}

export const NO_FILTERS: Filters = {};

/** Filters as a request asks for them: what is not set is not there. */
export function queryOf(filters: Filters): { [Name in keyof Filters]: NonNullable<Filters[Name]> } {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

export interface FilterOptions {
  locale: Locale;
  kind: KindInfo | undefined;
  filters: Filters;
  counts: Counts | undefined;
  change: (filters: Filters) => void;
}

interface Choice {
  readonly label: string;
  readonly field: string;
  readonly code?: string;
}

/** Reasons of the rejected rows, fields of the changed ones, and words in any of them. */
export function filterBar(options: FilterOptions): TemplateResult {
  const { locale, filters, change } = options;
  const search = (event: Event): void => change({ ...filters, search: (event.target as HTMLInputElement).value.trim() || undefined });
  return html`<div class="filters">
    <div class="find">${icon('search', 14)}<input type="search" maxlength="100" aria-label=${locale.t('import.search')} placeholder=${locale.t('import.search')} .value=${live(filters.search ?? '')} @change=${search} @search=${search} /></div>
    ${filters.action === 'rejected' ? choice(options, locale.t('import.reason'), locale.t('import.anyReason'), reasonChoices(options)) : nothing}
    ${filters.action === 'changed' ? choice(options, locale.t('import.change'), locale.t('import.anyChange'), changeChoices(options)) : nothing}
  </div>`;
}

function choice({ filters, change }: FilterOptions, label: string, every: string, choices: readonly Choice[]): TemplateResult | typeof nothing {
  if (choices.length < 2 && filters.field === undefined) return nothing;
  const at = choices.findIndex(({ field, code }) => field === filters.field && code === filters.code);
  const set = (event: Event): void => {
    const chosen = choices[Number((event.target as HTMLSelectElement).value)];
    change({ ...filters, field: chosen?.field, code: chosen?.code });
  };
  return html`<label><span class="quiet small">${label}</span>
    <select .value=${live(String(at))} @change=${set}>
      <option value="-1" ?selected=${at < 0}>${every}</option>
      ${choices.map((one, index) => html`<option value=${index} ?selected=${index === at}>${one.label}</option>`)}
    </select></label>`;
}

function reasonChoices({ locale, kind, counts }: FilterOptions): Choice[] {
  return (counts?.reasons ?? []).map(({ code, field, rows: n }) => {
    const [label, reason] = [fieldLabel(kind, field), reasonWord(locale, code)];
    return { code, field, label: label ? locale.t('import.reasonOf', { field: label, reason, n }) : locale.t('import.reasonOfRow', { reason, n }) };
  });
}

function changeChoices({ locale, kind, counts }: FilterOptions): Choice[] {
  return (counts?.changes ?? []).map(({ field, rows }) => ({ field, label: locale.t('import.changeOf', { field: labelOf(kind, field), n: rows }) }));
}

/** A reason that has no words of its own yet is said by its code. */
function reasonWord(locale: Locale, code: string): string {
  const key = `import.because.${code}`;
  const words = locale.t(key as MessageKey);
  return words === key ? code.replaceAll('_', ' ') : words;
}
