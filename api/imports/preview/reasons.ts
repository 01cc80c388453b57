import { columnLetters } from '../parsing/row-source.ts';
import { columnOf } from '../parsing/xlsx/pivots.ts';
import { fold, tidy } from '../values/text.ts';
import type { CellFault } from '../rows.ts';

/** Header of the column that a file of rejected rows ends with. An upload that has it takes no notice of the column. */
export const REASON_HEADER = 'Reason (rejected by Sideline)';

const folded = fold(REASON_HEADER);

/** @param text of a header; where it has two rows, a group may stand before the name */
export const isReasonHeader = (text: string): boolean => fold(text).endsWith(folded);

/** Where a row stood. */
export interface Origin {
  readonly fileName: string;
  /** As the spreadsheet shows it. */
  readonly rowNumber: number;
}

/**
 * What is wrong with a row, in words that hold in every file it is copied to: `Date: “never” is not a date. Rating “9”: … (Row 3 of calls.csv)`
 * @param headers texts by column
 */
export function reasonsText(errors: readonly CellFault[], headers: readonly string[], { fileName, rowNumber }: Origin): string {
  return [...errors.map((error) => reasonText(error, headers)), `(Row ${rowNumber} of ${fileName})`].join(' ');
}

function reasonText({ cell, value, message }: CellFault, headers: readonly string[]): string {
  if (cell === null) return message;
  const column = columnOf(cell);
  const name = tidy(headers[column] ?? '') || `Column ${columnLetters(column)}`;
  const isSaid = value === null || value === '' || message.includes(value);
  return `${name}${isSaid ? '' : ` “${value}”`}: ${message}`;
}
