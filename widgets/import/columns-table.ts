import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { columnsNow, fieldAt, type Decisions } from './decisions.ts';
import type { Field, Import, KindInfo } from './import-model.ts';
import { readingChoice } from './reading-choice.ts';

/** Guesses below this are worth a look. */
const SURE = 0.75;

export interface ColumnsOptions {
  locale: Locale;
  item: Import;
  kind: KindInfo;
  decisions: Decisions;
  change: (column: number, field: string) => void;
  decide: (pointer: string, value: string | undefined) => void;
}

type Header = NonNullable<Import['detected']>['headers'][number];

/** Their header, three values below it, our field, how sure that is, and how its cells are read. */
export function columnsTable(options: ColumnsOptions): TemplateResult {
  const { locale, item } = options;
  const t = locale.t.bind(locale);
  return html`<div class="heads quiet small" aria-hidden="true"><span>${t('import.theirs')}</span><span>${t('import.ours')}</span><span>${t('import.how')}</span></div>
    <ul class="columns">${(item.detected?.headers ?? []).map((header) => row(options, header))}</ul>`;
}

function row(options: ColumnsOptions, { column, letters, text, samples }: Header): TemplateResult {
  const { locale, item, kind, decisions, change } = options;
  const t = locale.t.bind(locale);
  if (!item.mapping) return html``;
  const columns = columnsNow(item.mapping, decisions);
  const name = fieldAt(columns, column);
  const field = kind.fields.find((one) => one.name === name);
  return html`<li class=${field ? '' : 'unused'}>
    <div class="theirs">
      <p><span class="quiet small letters">${letters}</span> <b>${text}</b></p>
      <p class="quiet small cells" id="samples-${column}">${samples.length > 0 ? samples.join(' · ') : t('import.blank')}</p>
    </div>
    <div class="ours">
      <select aria-label=${t('import.columnFor', { name: text || letters })} aria-describedby="samples-${column} sure-${column}" .value=${live(name ?? '')}
        @change=${(event: Event) => change(column, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${!field}>${t('import.unused')}</option>
        ${kind.fields.map((one) => html`<option value=${one.name} ?selected=${one === field}>${optionText(options, one, columns, column)}</option>`)}
      </select>
      <p class="small" id="sure-${column}">${sureness(options, name, column)}</p>
    </div>
    <div class="how">${field ? readingChoice(options, field) : nothing}</div>
  </li>`;
}

/** Choosing a field that another column has takes it from there: its name says so. */
function optionText({ locale, item }: ColumnsOptions, { name, label }: Field, columns: Readonly<Record<string, number | null>>, column: number): string {
  const at = columns[name];
  const letters = at === column ? undefined : item.detected?.headers.find((header) => header.column === at)?.letters;
  return letters ? locale.t('import.fieldAt', { field: label, letters }) : label;
}

/** Where the meaning of a column comes from: said just now, said before, remembered, or guessed. */
function sureness({ locale, item, decisions }: ColumnsOptions, name: string | undefined, column: number): TemplateResult | typeof nothing {
  const t = locale.t.bind(locale);
  const isTouched = [...decisions.keys()].some((pointer) => pointer.startsWith('/columns/')) && fieldAt(item.mapping?.columns ?? {}, column) !== name;
  if (isTouched) return html`<span class="accent">${t('import.toBeRead')}</span>`;
  if (name === undefined) return nothing;
  if (item.decided.columns?.[name] === column) return html`<span class="quiet">${t('import.chosen')}</span>`;
  const guess = item.detected?.guesses.find((one) => one.field === name && one.column === column);
  if (!guess) return html`<span class="quiet">${t('import.remembered')}</span>`;
  const n = Math.round(guess.confidence * 100);
  return guess.confidence < SURE ? html`<span class="warn">${warningShape()} ${t('import.unsure', { n })}</span>` : html`<span class="quiet">${t('import.sure', { n })}</span>`;
}
