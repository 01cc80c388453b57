import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from './locale.ts';
import './strings/evidence.ts';

export type ImportedFrom = components['schemas']['ImportedFrom'];

/** The widest of the tables it stands in. */
const COLUMNS = 7;

/** What the provenance of an interaction says of a file; nothing where none brought it. */
export function importedFrom({ importId, fileName = null, sheet = null, row, mayOpen = false }: components['schemas']['Interaction']['provenance']): ImportedFrom | undefined {
  return importId === undefined || row === undefined ? undefined : { importId, fileName, sheet, row, mayOpen };
}

/** A row of a table below the one that came with it: file, sheet and row, as a way there for who may go it. */
export function fromFile(locale: Locale, from: ImportedFrom, open: () => void): TemplateResult {
  const words = placeText(locale, from);
  return html`<tr class="from"><td colspan=${COLUMNS}>${from.mayOpen ? html`<button type="button" class="link" @click=${open}>${words}</button>` : words}</td></tr>`;
}

/** E.g. `imported, calls.xlsx, sheet June, row 3`. */
export function placeText(locale: Locale, { fileName, sheet, row }: Pick<ImportedFrom, 'fileName' | 'sheet' | 'row'>): string {
  const t = locale.t.bind(locale);
  return [t('evidence.imported'), fileName, sheet === null ? null : t('evidence.sheet', { name: sheet }), t('evidence.row', { n: row })].filter(Boolean).join(', ');
}
