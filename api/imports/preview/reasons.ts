import { fold } from '../values/text.ts';
import type { CellFault } from '../rows.ts';

/** Header of the column that a file of rejected rows ends with. An upload that has it takes no notice of the column. */
export const REASON_HEADER = 'Reason (rejected by Sideline)';

const folded = fold(REASON_HEADER);

/** @param text of a header; where it has two rows, a group may stand before the name */
export const isReasonHeader = (text: string): boolean => fold(text).endsWith(folded);

/** What is wrong with a row, cell by cell: `C3: “never” is not a date. J3 “9”: …` */
export function reasonsText(errors: readonly CellFault[]): string {
  return errors.map(reasonText).join(' ');
}

function reasonText({ cell, value, message }: CellFault): string {
  if (cell === null) return message;
  const isSaid = value === null || value === '' || message.includes(value);
  return `${cell}${isSaid ? '' : ` “${value}”`}: ${message}`;
}
