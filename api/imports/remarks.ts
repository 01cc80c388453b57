import { cut } from '../text/cut.ts';
import type { ImportMapping } from './mapping/import-mapping.ts';

/** What was made of a file unasked: whoever agrees to the preview should know it. */
export interface ImportRemark {
  readonly code: 'columns_unread' | 'totals_skipped' | 'example_skipped' | 'overlaps_merged';
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

/** Follows the rows that are left out of an import without being rejected. */
export class SkippedRows {
  readonly #skipped: Record<'totals_skipped' | 'example_skipped', { count: number; rows: number[] }> = { totals_skipped: { count: 0, rows: [] }, example_skipped: { count: 0, rows: [] } };

  add(code: 'totals_skipped' | 'example_skipped', rowNumber: number): void {
    const skipped = this.#skipped[code];
    skipped.count += 1;
    if (skipped.rows.length < namedRows) skipped.rows.push(rowNumber);
  }

  remarks(): ImportRemark[] {
    const { totals_skipped: totals, example_skipped: examples } = this.#skipped;
    return [
      ...remark('totals_skipped', totals, `${counted(totals.count, 'row sums', 'rows sum')} up others and ${totals.count === 1 ? 'is' : 'are'} left out`),
      ...remark('example_skipped', examples, `The example of the template was left in the file and is left out`),
    ];
  }
}

function remark(code: ImportRemark['code'], { count, rows }: { count: number; rows: readonly number[] }, sentence: string): ImportRemark[] {
  return count === 0 ? [] : [{ code, message: `${sentence}: ${inRows(rows, count)}.`, rows }];
}

/** `row 9`, `rows 9, 14 and 3 more`. */
export function inRows(rows: readonly number[], count: number): string {
  const more = count > rows.length ? ` and ${count - rows.length} more` : '';
  return `${count === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more}`;
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
