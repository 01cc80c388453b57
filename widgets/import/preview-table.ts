import { html, nothing, type TemplateResult } from 'lit';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';
import { FIELDS, type Row, type RowAction, type RowPage } from './import-model.ts';

/** Values that say how another one was read, not something of their own. */
const DERIVED = new Set(['precision', 'businessDate', 'ratingOriginal', 'ratingScale', 'agentId']);
const SHOWN_FIRST = ['startedAt', 'agent', 'channel', 'outcome', 'waitSeconds', 'talkSeconds', 'rating'];

/** The rows as they would be written; refused ones with each cell's reason. */
export function previewTable(locale: Locale, page: RowPage, action: RowAction, timeZone: string): TemplateResult {
  if (page.data.length === 0) return html`<p class="quiet pad">${locale.t(`import.none.${action}`)}</p>`;
  const table = action === 'rejected' ? rejected(locale, page.data) : accepted(locale, page.data, timeZone);
  return html`<div class="wide-table" tabindex="0" role="region" aria-label=${`${locale.t('import.preview')}: ${locale.t(`import.action.${action}`)}`}>${table}</div>
    ${page.meta.total > page.data.length
      ? html`<p class="quiet small pad">${locale.t('import.shown', { n: page.data.length, total: page.meta.total })}</p>`
      : nothing}`;
}

function accepted(locale: Locale, rows: readonly Row[], timeZone: string): TemplateResult {
  const fields = columnsOf(rows);
  return html`<table>
    <thead>
      <tr><th class="number">${locale.t('import.row')}</th>${fields.map((field) => html`<th>${fieldName(locale, field)}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows.map((row) => html`<tr>
        <td class="number quiet">${locale.number(row.rowNumber)}</td>
        ${fields.map((field) => cell(locale, row, field, timeZone))}
      </tr>`)}
    </tbody>
  </table>`;
}

/** A changed cell is marked in place and says what is stored now. */
function cell(locale: Locale, row: Row, field: string, timeZone: string): TemplateResult {
  const change = row.changes?.[field];
  const value = shown(locale, field, row.values?.[field], timeZone);
  if (!change) return html`<td>${value}</td>`;
  const was = locale.t('import.was', { value: shown(locale, field, change.old, timeZone) });
  return html`<td class="changed"><ins>${value}</ins> <small>${was}</small></td>`;
}

function rejected(locale: Locale, rows: readonly Row[]): TemplateResult {
  return html`<table>
    <tbody>
      ${rows.map((row) => html`<tr>
        <td class="number quiet">${locale.t('import.row')} ${locale.number(row.rowNumber)}</td>
        <td>
          <ul>
            ${(row.errors ?? []).map((error) => html`<li class="refused">
              <b>${fieldName(locale, error.field)}</b>${error.value === null ? nothing : html` “${error.value}”`}: ${error.message}
              ${error.cell ? html`<small>${locale.t('import.cell', { cell: error.cell })}</small>` : nothing}
            </li>`)}
          </ul>
          <p class="quiet small ellipsis">${(row.raw ?? []).join(' · ')}</p>
        </td>
      </tr>`)}
    </tbody>
  </table>`;
}

/** Fields that any of the rows fills, the telling ones first. */
function columnsOf(rows: readonly Row[]): string[] {
  const filled = new Set(rows.flatMap((row) => Object.entries(row.values ?? {}).flatMap(([field, value]) => (value === null ? [] : [field]))));
  const rank = (field: string): number => (SHOWN_FIRST.includes(field) ? SHOWN_FIRST.indexOf(field) : SHOWN_FIRST.length);
  return [...filled].filter((field) => !DERIVED.has(field)).sort((a, b) => rank(a) - rank(b));
}

export function fieldName(locale: Locale, field: string): string {
  return (FIELDS as readonly string[]).includes(field) ? locale.t(`import.field.${field}` as MessageKey) : field;
}

/** A value as a person would say it; times as they stand in the file, which is the business's time zone. */
export function shown(locale: Locale, field: string, value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return locale.t('common.missing');
  if (typeof value === 'boolean') return locale.t(value ? 'import.yes' : 'import.no');
  if (field === 'startedAt' && typeof value === 'string') return locale.instant(value, timeZone);
  if (field.endsWith('Seconds') && typeof value === 'number') return figure(locale, value, 'seconds');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
