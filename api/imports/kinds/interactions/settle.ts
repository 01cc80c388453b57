import type { ImportMapping, ImportQuestion, MappingOptions } from '../../mapping/import-mapping.ts';
import { isBlank, isMoment, type CellValue } from '../../parsing/row-source.ts';
import { isOrderAmbiguous, orderEvidence, type DateOrder } from '../../values/dates.ts';
import { unitOfHeader, type DurationUnit } from '../../values/durations.ts';
import { parseNumber } from '../../values/numbers.ts';
import { textOf, words } from '../../values/text.ts';
import type { TableSample } from '../import-kind.ts';
import { durationFields, type DurationField } from './interaction-fields.ts';

type Settled = { options: MappingOptions; questions: ImportQuestion[] };

/** Reads from the content of the columns what the mapping leaves open: the order of dates, the units of durations. */
export async function settleInteractions(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled> {
  const questions = columnQuestions(columns, sample.header);
  const units = settleUnits(columns, given, sample, questions);
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns, sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions };
}

function columnQuestions(columns: ImportMapping['columns'], header: TableSample['header']): ImportQuestion[] {
  const questions: ImportQuestion[] = [];
  const choices = header.flatMap((cell, column) => (isBlank(cell) ? [] : [{ value: column, label: textOf(cell) }]));
  if (typeof columns['startedAt'] !== 'number' && typeof columns['date'] !== 'number') {
    const message = 'No column with the date was found. Which one says when an interaction began?';
    questions.push({ code: 'column_missing', field: 'startedAt', message, answer: '/columns/startedAt', choices });
  }
  if (columns['agent'] === undefined) {
    const message = 'No column with the agent was found. Which one names who handled an interaction?';
    const none = { value: null, label: 'None: the file names no agents' };
    questions.push({ code: 'column_missing', field: 'agent', message, answer: '/columns/agent', choices: [...choices, none] });
  }
  return questions;
}

async function settleDateOrder(columns: ImportMapping['columns'], sample: TableSample, questions: ImportQuestion[]): Promise<DateOrder | null> {
  const column = columns['startedAt'] ?? columns['date'];
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
  if (seen.size > 1) questions.push(orderQuestion('date_order_mixed', 'Some dates begin with the day, others with the month. Which order is meant? Rows in the other order are rejected.'));
  else if (ambiguous && !order) questions.push(orderQuestion('date_order', 'Every date could begin with the day or with the month. Which is meant?'));
  return order;
}

function orderQuestion(code: string, message: string): ImportQuestion {
  const choices = [
    { value: 'dmy', label: 'Day first: 3/4/2021 is 3 April' },
    { value: 'mdy', label: 'Month first: 3/4/2021 is March 4' },
  ];
  return { code, field: 'startedAt', message, answer: '/options/dateOrder', choices };
}

function settleUnits(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample, questions: ImportQuestion[]): Record<string, DurationUnit> {
  const units: Record<string, DurationUnit> = { ...given.units };
  let talkUnit: DurationUnit = 'seconds';
  for (const field of durationFields) {
    const column = columns[field];
    if (typeof column !== 'number') continue;
    const header = textOf(sample.header[column]);
    const unit = units[field] ?? unitOfHeader(words(header)) ?? unitOfNumbers(field, bareNumbers(sample, column));
    units[field] = unit ?? (field === 'talkSeconds' ? 'seconds' : talkUnit);
    if (field === 'talkSeconds') talkUnit = units[field];
    if (unit === null && field === 'talkSeconds') questions.push(unitQuestion(field, header));
  }
  return units;
}

/** Numbers that carry no format and no unit of their own. */
function bareNumbers(sample: TableSample, column: number): number[] {
  return sample.rows.flatMap((cells) => {
    const cell = cells[column];
    const number = isMoment(cell) ? null : parseNumber(cell);
    return number === null || number === 0 ? [] : [number];
  });
}

/**
 * Fractions below 1 are days, as Excel counts them. Nobody talks for less than a minute on the median call, so
 * talk times beyond 60 are seconds; smaller ones could be minutes. Waits are seconds.
 *
 * @returns null when it cannot be told.
 */
function unitOfNumbers(field: DurationField, numbers: readonly number[]): DurationUnit | null {
  if (numbers.length === 0) return 'seconds';
  if (numbers.every((number) => number < 1)) return 'days';
  if (field === 'waitSeconds') return 'seconds';
  const sorted = [...numbers].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  return median >= 60 ? 'seconds' : null;
}

function unitQuestion(field: DurationField, header: string): ImportQuestion {
  const choices = [
    { value: 'seconds', label: 'Seconds' },
    { value: 'minutes', label: 'Minutes' },
  ];
  return { code: 'duration_unit', field, message: `Does “${header}” count seconds or minutes?`, answer: `/options/units/${field}`, choices };
}
