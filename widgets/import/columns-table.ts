import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import { FIELDS, fieldOf, type Field, type Import, type Row } from './import-model.ts';
import { fieldName, shown } from './preview-table.ts';

const SAMPLES = 3;

export interface ColumnsOptions {
  locale: Locale;
  item: Import;
  /** Rows to take sample values from. */
  rows: readonly Row[];
  timeZone: string;
  change: (column: number, field: Field | '') => void;
}

/** Their header, our field, three values as they were read. */
export function columnsTable(options: ColumnsOptions): TemplateResult {
  const { locale, item, change } = options;
  const t = locale.t.bind(locale);
  return html`<table class="columns">
    <thead>
      <tr><th>${t('import.theirs')}</th><th>${t('import.ours')}</th><th>${t('import.samples')}</th></tr>
    </thead>
    <tbody>
      ${(item.detected?.headers ?? []).map(({ column, letters, text }) => {
        const field = fieldOf(item.mapping, column);
        return html`<tr>
          <td><span class="quiet small">${letters}</span> ${text}</td>
          <td>
            <select aria-label=${t('import.columnFor', { name: text || letters })} .value=${live(field ?? '')}
              @change=${(event: Event) => change(column, (event.target as HTMLSelectElement).value as Field | '')}>
              <option value="">${t('import.unused')}</option>
              ${FIELDS.map((name) => html`<option value=${name} ?selected=${name === field}>${fieldName(locale, name)}</option>`)}
            </select>
          </td>
          <td class="quiet small">${field ? samples(field, options) : nothing}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function samples(field: Field, { locale, rows, timeZone }: ColumnsOptions): string {
  const values = rows.flatMap((row) => {
    const value = sample(locale, field, row, timeZone);
    return value === locale.t('common.missing') ? [] : [value];
  });
  return [...new Set(values)].slice(0, SAMPLES).join(', ');
}

/** What became of the column in a row: some columns are read together, or under another name. */
function sample(locale: Locale, field: Field, row: Row, timeZone: string): string {
  const startedAt = row.values?.['startedAt'];
  if (field === 'externalId') return row.externalId ?? locale.t('common.missing');
  if (field === 'answered') return shown(locale, 'outcome', row.values?.['outcome'], timeZone);
  if (field === 'date' && typeof startedAt === 'string') return locale.shortDay(startedAt, timeZone);
  if (field === 'time' && typeof startedAt === 'string') return locale.time(startedAt, timeZone);
  return shown(locale, field, row.values?.[field], timeZone);
}
