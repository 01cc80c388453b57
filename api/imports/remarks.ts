import { cut } from '../text/cut.ts';
import type { ImportMapping, MappingOptions } from './mapping/import-mapping.ts';
import type { SourceRow } from './parsing/row-source.ts';

/** What was made of a file unasked: whoever agrees to the preview should know it. */
export interface ImportRemark {
  readonly code: 'columns_unread' | 'totals_skipped' | 'headers_skipped' | 'footers_skipped' | 'example_skipped' | 'figures_missing' | 'overlaps_merged' | 'beside_other_history' | 'nobody_named' | 'counted_from_interactions' | 'people_recalled' | 'days_as_columns' | 'known_by_content' | 'rows_hidden' | 'hidden_skipped' | 'columns_hidden';
  /** A sentence. */
  readonly message: string;
  /** The first of the rows it is about, as the spreadsheet shows them. */
  readonly rows: readonly number[];
}

const namedRows = 20;
const namedColumns = 12;
const namedCharacters = 60;

/** `1 row`, `2 rows`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

type Noticed = 'known_by_content' | 'rows_hidden' | 'hidden_skipped' | 'totals_skipped' | 'headers_skipped' | 'footers_skipped' | 'example_skipped' | 'figures_missing' | 'nobody_named';

/** Follows the rows that somebody should know of although they are not rejected: those that are left out, and nobody's. */
export class NoticedRows {
  /** Columns nobody sees in the workbook. */
  hiddenColumns: ReadonlySet<number> = new Set();
  readonly #noticed = new Map<Noticed, { count: number; last: number; rows: number[] }>();

  add(code: Noticed, rowNumber: number): void {
    const noticed = this.#noticed.get(code) ?? { count: 0, last: 0, rows: [] };
    // Several rows may come from one of the file.
    if (noticed.last === rowNumber) return;
    noticed.last = rowNumber;
    noticed.count += 1;
    if (noticed.rows.length < namedRows) noticed.rows.push(rowNumber);
    this.#noticed.set(code, noticed);
  }

  /** Notes what of a row nobody sees in the workbook. @returns whether the row is left out for that */
  leavesOut({ rowNumber, isHidden = false, hiddenColumns }: Pick<SourceRow, 'rowNumber' | 'isHidden' | 'hiddenColumns'>, hidden: MappingOptions['hidden']): boolean {
    if (hiddenColumns) this.hiddenColumns = hiddenColumns;
    const isLeftOut = isHidden && hidden === 'exclude';
    if (isHidden) this.add(isLeftOut ? 'hidden_skipped' : 'rows_hidden', rowNumber);
    return isLeftOut;
  }

  remarks(): ImportRemark[] {
    return [
      ...this.#remark('totals_skipped', (count) => `${counted(count, 'row sums', 'rows sum')} up others and ${count === 1 ? 'is' : 'are'} left out`),
      ...this.#remark('headers_skipped', (count) => `${counted(count, 'row repeats', 'rows repeat')} the header and ${count === 1 ? 'is' : 'are'} left out`),
      ...this.#remark('footers_skipped', (count) => `${counted(count, 'row is a line', 'rows are lines')} of text below the table and ${count === 1 ? 'is' : 'are'} left out`),
      ...this.#remark('figures_missing', (count) => `${counted(count, 'row has', 'rows have')} no figure at all and ${count === 1 ? 'is' : 'are'} left out`),
      ...this.#remark('example_skipped', () => 'The example of the template was left in the file and is left out'),
      ...this.#remark('known_by_content', () => 'No id tells which row is which, so they are known by all that they say. The same file again brings nothing new; a row that says anything else by then comes in beside the one that is here'),
      ...this.#remark('rows_hidden', (count) => `${counted(count, 'row', 'rows')} nobody sees in the workbook, because of a filter or hidden, ${count === 1 ? 'is' : 'are'} read like the others`),
      ...this.#remark('hidden_skipped', (count) => `${counted(count, 'row', 'rows')} nobody sees in the workbook, because of a filter or hidden, ${count === 1 ? 'is' : 'are'} left out as was asked`),
      ...this.#remark('nobody_named', (count) => `${counted(count, 'row names', 'rows name')} nobody and ${count === 1 ? 'is' : 'are'} nobody’s`),
    ];
  }

  #remark(code: Noticed, sentence: (count: number) => string): ImportRemark[] {
    const noticed = this.#noticed.get(code);
    return noticed ? [{ code, message: `${sentence(noticed.count)}: ${inRows(noticed.rows, noticed.count)}.`, rows: noticed.rows }] : [];
  }
}

/** `row 9`, `rows 9, 14 and 3 more`. */
export function inRows(rows: readonly number[], count: number): string {
  const more = count > rows.length ? ` and ${count - rows.length} more` : '';
  return `${count === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more}`;
}

/** Who was taken to be meant because somebody had decided so for an earlier file: next month another may be meant. */
export function recalledPeople(recalled: readonly { readonly name: string; readonly person: string }[]): ImportRemark[] {
  if (recalled.length === 0) return [];
  const named = recalled.slice(0, namedColumns).map(({ name, person }) => `“${cut(name, namedCharacters)}” is ${person}`);
  const more = recalled.length > namedColumns ? ` and ${recalled.length - namedColumns} more` : '';
  return [{ code: 'people_recalled', message: `As decided for an earlier file, ${named.join(', ')}${more}.`, rows: [] }];
}

/** The columns with a header that nothing is read from. */
export function unreadColumns(headers: readonly { readonly column: number; readonly letters: string; readonly text: string }[], columns: ImportMapping['columns']): ImportRemark[] {
  const used = new Set(Object.values(columns));
  const unread = headers.filter(({ column }) => !used.has(column));
  if (unread.length === 0) return [];
  const named = unread.slice(0, namedColumns).map(({ text, letters }) => `${cut(text, namedCharacters)} (${letters})`);
  const more = unread.length > namedColumns ? ` and ${unread.length - namedColumns} more` : '';
  return [{ code: 'columns_unread', message: `${counted(unread.length, 'column is', 'columns are')} not read: ${named.join(', ')}${more}.`, rows: [] }];
}

/** The columns nobody sees in the workbook that something is read from all the same. */
export function hiddenColumns(hidden: ReadonlySet<number>, headers: readonly { readonly column: number; readonly letters: string; readonly text: string }[], columns: ImportMapping['columns']): ImportRemark[] {
  const used = new Set(Object.values(columns));
  const read = headers.filter(({ column }) => used.has(column) && hidden.has(column));
  if (read.length === 0) return [];
  const named = read.slice(0, namedColumns).map(({ text, letters }) => `${cut(text, namedCharacters)} (${letters})`);
  const more = read.length > namedColumns ? ` and ${read.length - namedColumns} more` : '';
  return [{ code: 'columns_hidden', message: `${counted(read.length, 'column is', 'columns are')} read although nobody sees ${read.length === 1 ? 'it' : 'them'} in the workbook: ${named.join(', ')}${more}.`, rows: [] }];
}
