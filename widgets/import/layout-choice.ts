import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import { isLayout, type Decisions, type Value } from './decisions.ts';
import type { Import } from './import-model.ts';

export interface LayoutOptions {
  locale: Locale;
  item: Import;
  decisions: Decisions;
  decide: (pointer: string, value: Value) => void;
}

interface Choice {
  readonly value: Value;
  readonly label: string;
}

/** Which sheet, which row names the columns, which of several tables: found by content, and anybody's to correct. */
export function layoutChoice(options: LayoutOptions): TemplateResult | typeof nothing {
  const { locale, item, decisions } = options;
  if (!item.detected) return nothing;
  const t = locale.t.bind(locale);
  const sheets = item.detected.sheets.map(({ name, hidden }) => ({ value: name, label: hidden ? t('import.layoutHidden', { name: name ?? '' }) : (name ?? '') }));
  const tables = item.detected.tables.map(({ column, label }): Choice => ({ value: column, label }));
  const choices = [
    sheets.length > 1 ? choice(options, '/sheet', t('import.layoutSheet'), sheets) : nothing,
    // The rows of another sheet are seen once that one is read.
    decisions.has('/sheet') ? nothing : choice(options, '/headerRow', t('import.layoutHeader'), headerRows(options)),
    tables.length > 1 && !decisions.has('/sheet') && !decisions.has('/headerRow') ? choice(options, '/table', t('import.layoutTable'), [...tables, { value: null, label: t('import.layoutWhole') }]) : nothing,
  ];
  return html`<div class="layout" role="group" aria-label=${t('import.layout')}>${choices}</div>
    ${isLayout(decisions) ? html`<p class="quiet small pad">${t('import.layoutChanged')}</p>` : nothing}`;
}

function headerRows({ locale, item }: LayoutOptions): Choice[] {
  const said = item.mapping?.headerRow ?? null;
  const rows = (item.detected?.firstRows ?? []).map(({ rowNumber, text }) => ({ value: rowNumber, label: locale.t('import.layoutRow', { row: rowNumber, text }) }));
  return said === null || rows.some(({ value }) => value === said) ? rows : [...rows, { value: said, label: locale.number(said) }];
}

function choice({ locale, item, decisions, decide }: LayoutOptions, pointer: '/sheet' | '/headerRow' | '/table', label: string, choices: readonly Choice[]): TemplateResult {
  const current = decisions.has(pointer) ? decisions.get(pointer) : item.mapping?.[pointer.slice(1) as 'sheet' | 'headerRow' | 'table'];
  const at = choices.findIndex(({ value }) => value === current);
  const change = (event: Event): void => {
    const chosen = choices[Number((event.target as HTMLSelectElement).value)];
    if (chosen) decide(pointer, chosen.value);
  };
  return html`<label><span class="quiet small">${label}</span>
    <select .value=${live(String(at))} @change=${change}>
      ${at < 0 ? html`<option value="-1" disabled selected>${locale.t('import.pleaseChoose')}</option>` : nothing}
      ${choices.map((one, index) => html`<option value=${index} ?selected=${index === at}>${one.label}</option>`)}
    </select>
  </label>`;
}
