import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { isOrderAmbiguous, orderEvidence, type DateOrder } from '../../values/dates.ts';
import type { TableSample } from '../import-kind.ts';

/**
 * Whether the dates of a column begin with the day or with the month, by what the whole column shows.
 *
 * @param column of the dates; undefined or null without one
 * @param field the question is about
 * @returns null when it does not matter, or has to be asked: then a question is added
 */
export async function settleDateOrder(column: number | null | undefined, field: string, sample: TableSample, questions: ImportQuestion[]): Promise<DateOrder | null> {
  if (typeof column !== 'number') return null;
  const seen = new Set<DateOrder>();
  let ambiguous = false;
  const look = (cell: CellValue): boolean => {
    const order = orderEvidence(cell);
    if (order) seen.add(order);
    ambiguous ||= isOrderAmbiguous(cell);
    return seen.size > 0;
  };
  for (const cells of sample.rows) look(cells[column] ?? null);
  if (ambiguous && seen.size === 0) await sample.scan(column, look);
  const [order = null] = seen;
  if (seen.size > 1) questions.push(orderQuestion('date_order_mixed', field, 'Some dates begin with the day, others with the month. Which order is meant? Rows in the other order are rejected.'));
  else if (ambiguous && !order) questions.push(orderQuestion('date_order', field, 'Every date could begin with the day or with the month. Which is meant?'));
  return order;
}

function orderQuestion(code: string, field: string, message: string): ImportQuestion {
  const choices = [
    { value: 'dmy', label: 'Day first: 3/4/2021 is 3 April' },
    { value: 'mdy', label: 'Month first: 3/4/2021 is March 4' },
  ];
  return { code, field, message, answer: '/options/dateOrder', choices };
}
