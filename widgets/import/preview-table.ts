import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import { valueText } from './cell-values.ts';
import { fieldLabel, labelOf, matchedPerson, type KindInfo, type Row, type RowAction } from './import-model.ts';

/** Values that say how another one was read, not something of their own. */
const DERIVED = new Set(['precision', 'businessDate', 'ratingOriginal', 'ratingScale', 'agentId', 'agentKey', 'teamId']);
const SHOWN_FIRST = ['startedAt', 'agent', 'fullName', 'date', 'title', 'content', 'channel', 'outcome', 'waitSeconds', 'talkSeconds', 'rating'];

export interface TableOptions {
  locale: Locale;
  kind: KindInfo | undefined;
  rows: readonly Row[];
  /** Rows of one outcome; of all of them, mixed, when left out. */
  action: RowAction | undefined;
  timeZone: string;
}

/** The rows as they would be written; changed cells with what is there now, rejected rows with each cell's reason. */
export function previewTable(options: TableOptions): TemplateResult {
  const { locale, kind, rows, action } = options;
  const t = locale.t.bind(locale);
  const fields = columnsOf(rows);
  return html`<table>
    <thead>
      <tr>
        <th class="number" scope="col">${t('import.row')}</th>
        ${action ? nothing : html`<th scope="col">${t('import.outcome')}</th>`}
        ${action === 'rejected' ? html`<th scope="col">${t('import.reason')}</th>` : fields.map((field) => html`<th scope="col">${labelOf(kind, field)}</th>`)}
      </tr>
    </thead>
    <tbody>${rows.map((row) => tableRow(options, row, fields))}</tbody>
  </table>`;
}

function tableRow(options: TableOptions, row: Row, fields: readonly string[]): TemplateResult {
  const { locale, action } = options;
  return html`<tr>
    <th class="number quiet" scope="row">${locale.number(row.rowNumber)}</th>
    ${action ? nothing : html`<td class="outcome ${row.action}">${locale.t(`import.action.${row.action}`)}</td>`}
    ${row.action === 'rejected' ? reasons(options, row, Math.max(1, fields.length)) : fields.map((field) => cell(options, row, field))}
  </tr>`;
}

/** A changed cell is marked in place and says what is stored now. */
function cell({ locale, kind, timeZone }: TableOptions, row: Row, field: string): TemplateResult {
  const change = row.changes?.[field];
  const text = valueText(locale, kind, field, row.values?.[field], timeZone);
  const person = field === 'agent' ? matchedPerson(row) : undefined;
  const value = person ? html`${text} <span class="quiet small">${locale.t('import.matched', { name: person })}</span>` : text;
  if (!change) return html`<td>${value}</td>`;
  const was = valueText(locale, kind, field, change.old, timeZone);
  return html`<td class="changed"><span class="sr">${locale.t('import.was')} </span><del>${was}</del> <span aria-hidden="true">→</span><span class="sr">, ${locale.t('import.now')} </span> <ins>${value}</ins></td>`;
}

function reasons({ locale, kind }: TableOptions, { errors, raw }: Row, width: number): TemplateResult {
  return html`<td colspan=${width} class="reasons">
    <ul>
      ${(errors ?? []).map((error) => html`<li class="refused">
        ${place(locale, kind, error)}${error.message}
      </li>`)}
    </ul>
    ${raw?.length ? html`<p class="quiet small raw">${raw.filter(Boolean).join(' · ')}</p>` : nothing}
  </td>`;
}

/** Which cell it is about; nothing where it is about the row. */
function place(locale: Locale, kind: KindInfo | undefined, { field, cell, value, message }: NonNullable<Row['errors']>[number]): TemplateResult | typeof nothing {
  const label = fieldLabel(kind, field);
  if (!label && !cell) return nothing;
  return html`${label ? html`<b>${label}</b>` : nothing}${cell ? html` <small>${locale.t('import.cell', { cell })}</small>` : nothing}${value === null || message.includes(value) ? nothing : html` “${value}”`}: `;
}

/** Fields that any of the rows fills, the telling ones first. */
function columnsOf(rows: readonly Row[]): string[] {
  const filled = new Set(rows.flatMap((row) => Object.entries(row.values ?? {}).flatMap(([field, value]) => (value === null && !row.changes?.[field] ? [] : [field]))));
  const rank = (field: string): number => (SHOWN_FIRST.includes(field) ? SHOWN_FIRST.indexOf(field) : SHOWN_FIRST.length);
  return [...filled].filter((field) => !DERIVED.has(field)).sort((a, b) => rank(a) - rank(b));
}
