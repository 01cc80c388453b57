import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { findStyles } from '../shared/find.styles.ts';
import { saveFile } from '../shared/save-file.ts';
import type { components } from '../../api/http/contract.types.ts';
import { ACTIONS, type RowAction, type RowPage } from './import-model.ts';
import { ImportPart } from './import-part.ts';
import { pager } from './pager.ts';
import { filterBar, NO_FILTERS, queryOf, type Filters } from './preview-filters.ts';
import { previewStyles } from './preview.styles.ts';
import { previewTable } from './preview-table.ts';

type Counts = components['schemas']['ImportPreviewCounts'];

const ROWS = 20;

/** What becomes of each row: counts that add up, the rows behind each of them, and the rejected ones to take away. */
export class ImportPreview extends ImportPart {
  static override styles: CSSResultGroup = [ImportPart.styles, findStyles, previewStyles];
  static override properties = { ...ImportPart.properties, row: { attribute: false }, filters: { state: true }, page: { state: true }, problem: { state: true }, saving: { state: true } };

  /** The row that is shown first, alone. */
  declare row: number | undefined;
  declare private filters: Filters;
  declare private page: number;
  declare private problem: string;
  declare private saving: boolean;

  /** Asked again when the mapping changes: every new version of the import is another preview. */
  readonly #counts = this.resource<{ id: string; version: number; filters: Filters }, Counts>({
    key: () => ({ id: this.item.id, version: this.item.version, filters: { ...this.filters, action: undefined, row: undefined } }),
    load: (client, { id, filters: { action: _all, row: _one, ...filters } }, signal) => body(client.http.GET('/api/imports/{id}/preview/counts', { params: { path: { id }, query: queryOf(filters) }, signal })),
  });
  readonly #rows = this.resource<{ id: string; version: number; filters: Filters; page: number }, RowPage>({
    key: () => ({ id: this.item.id, version: this.item.version, filters: this.filters, page: this.page }),
    load: (client, { id, filters, page }, signal) => body(client.http.GET('/api/imports/{id}/preview', { params: { path: { id }, query: { ...queryOf(filters), page, limit: ROWS } }, signal })),
  });
  /** What is shown until the next page is there: nothing jumps. */
  #shown: RowPage | undefined;
  #unfiltered: Counts | undefined;
  #isBrought = false;

  constructor() {
    super();
    this.filters = NO_FILTERS;
    this.page = 1;
    this.problem = '';
    this.saving = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('item') && changed.get('item') !== undefined && (changed.get('item') as ImportPart['item']).version !== this.item.version) this.#filter(NO_FILTERS);
    if (changed.has('row') && this.row !== undefined) this.#filter({ row: this.row });
    this.#shown = this.#rows.data ?? this.#shown;
    const { field, code, search } = this.filters;
    if (field === undefined && code === undefined && search === undefined) this.#unfiltered = this.#counts.data ?? this.#unfiltered;
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { filters } = this;
    return html`<section aria-labelledby="preview">
      <h3 class="section-title" id="preview" tabindex="-1">${t(this.item.status === 'staged' ? 'import.preview' : 'import.whatChanged')}</h3>
      <p class="sr">${t('import.reconciles', this.item.counts)}</p>
      ${this.#remarks()}
      ${filters.row === undefined ? nothing : this.#alone(filters.row)}
      ${this.#actions()}
      ${filterBar({ locale: this.locale, kind: this.kind, filters, counts: this.#unfiltered, change: (next) => this.#filter(next) })}
      ${filters.action === 'rejected' && this.item.counts.rejected > 0 ? this.#rejectedFile() : nothing}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.#shown && !this.#rows.error ? this.#table(this.#shown) : this.show(this.#rows, (page) => this.#table(page))}
    </section>`;
  }

  /** What was made of the file unasked: columns and rows that are left out. */
  #remarks(): TemplateResult | typeof nothing {
    const { remarks } = this.item;
    return remarks.length === 0 ? nothing : html`<ul class="remarks small" aria-label=${this.locale.t('import.remarks')}>${remarks.map(({ message }) => html`<li>${message}</li>`)}</ul>`;
  }

  /** One row was asked for, from where it is counted. */
  #alone(row: number): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<p class="alone" tabindex="-1">${t('import.onlyRow', { row, name: this.item.fileName })} <button type="button" class="link" @click=${() => this.#filter(NO_FILTERS)}>${t('import.allRows')}</button></p>`;
  }

  /** Whoever asks for a row is brought to it: it stands below what can be done with the whole import. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#isBrought || this.filters.row === undefined || !this.#rows.data) return;
    this.#isBrought = true;
    this.renderRoot.querySelector<HTMLElement>('.alone')?.focus();
  }

  #actions(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { filters } = this;
    const counts = this.#counts.data ?? this.item.counts;
    const button = (action: RowAction | undefined, n: number): TemplateResult => html`<button type="button" class=${action ?? 'all'} aria-pressed=${action === filters.action && filters.row === undefined ? 'true' : 'false'} @click=${() => this.#filter({ action, search: filters.search })}>
      <b class=${n > 0 ? 'some' : ''}>${this.locale.number(n)}</b>${t(`import.action.${action ?? 'all'}`)}</button>`;
    return html`<div class="counts" role="group" aria-label=${t('import.preview')}>${button(undefined, counts.rows)}${ACTIONS.map((action) => button(action, counts[action]))}</div>`;
  }

  #table({ data, meta }: RowPage): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { action } = this.filters;
    const isFiltered = this.filters.field !== undefined || this.filters.code !== undefined || this.filters.search !== undefined || this.filters.row !== undefined;
    if (data.length === 0) return html`<p class="quiet small pad" role="status">${t(isFiltered ? 'import.noneFound' : `import.none.${action ?? 'all'}`)}</p>`;
    const { locale, kind, timeZone } = this;
    return html`<div class="wide-table ${this.#rows.data ? '' : 'coming'}" tabindex="0" role="region" aria-label=${t(`import.action.${action ?? 'all'}`)}>${previewTable({ locale, kind, rows: data, action, timeZone })}</div>
      ${pager(locale, { ...meta, limit: ROWS }, (page) => (this.page = page))}`;
  }

  #rejectedFile(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="take"><button type="button" ?disabled=${this.saving} aria-describedby="mend" @click=${() => void this.#saveRejected()}>${t('import.rejectedFile', { n: this.item.counts.rejected })}</button>
      <p class="quiet small" id="mend">${t('import.rejectedHelp')}</p></div>`;
  }

  async #saveRejected(): Promise<void> {
    const { client, item: { id, fileName } } = this;
    if (!client || this.saving) return;
    this.saving = true;
    this.problem = '';
    try {
      const file = await body(client.http.GET('/api/imports/{id}/rejected', { params: { path: { id } }, parseAs: 'blob' }));
      saveFile(file, rejectedName(fileName));
    } catch (error) {
      this.problem = this.locale.t('import.notDownloaded', { detail: problemText(this.locale, toApiError(error)) });
    } finally {
      this.saving = false;
    }
  }

  #filter(filters: Filters): void {
    this.filters = filters;
    this.page = 1;
  }
}

/** `calls.xlsx` → `calls rejected.xlsx`; what was zipped comes as it was before. */
function rejectedName(fileName: string): string {
  const plain = fileName.replace(/\.gz$/i, '');
  const dot = plain.lastIndexOf('.');
  return dot > 0 ? `${plain.slice(0, dot)} rejected${plain.slice(dot).replace(/^\.xlsm$/i, '.xlsx')}` : `${plain} rejected`;
}

define('sideline-import-preview', ImportPreview);
