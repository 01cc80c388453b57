import type { ImportMapping, ImportQuestion, MappingOptions, ValueUnit } from '../../mapping/import-mapping.ts';
import { unitOfHeader } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import type { NeededColumn, TableSample } from '../import-kind.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { areDayFractions, bareNumbers, unitQuestion } from '../reading/settle-units.ts';
import { timeFields, type TimeField } from './performance-fields.ts';

export const needed: readonly NeededColumn[] = [
  { fields: ['agent'], message: 'No column with the agent was found. Whose figures are these?' },
  { fields: ['date'], message: 'No column with the day was found. Which day are the figures of?' },
];

/** Hours a day has: whoever is online for longer counts something else. */
const HOURS = 24;

/** Reads from the content of the columns what the mapping leaves open: the order of dates, what bare numbers count. */
export async function settlePerformance(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<{ options: MappingOptions; questions: ImportQuestion[] }> {
  const questions = columnQuestions(columns, sample.header, needed);
  const units: Record<string, ValueUnit> = { ...given.units };
  for (const field of timeFields) {
    const column = columns[field];
    if (typeof column !== 'number' || units[field] !== undefined) continue;
    const header = textOf(sample.header[column]);
    const unit = unitOfHeader(words(header)) ?? unitOfNumbers(field, bareNumbers(sample, column));
    if (unit) units[field] = unit;
    else questions.push(unitQuestion(field, header));
  }
  const sla = columns['slaCompliance'];
  if (typeof sla === 'number') units['slaCompliance'] ??= isShareOfOne(bareNumbers(sample, sla)) ? 'fraction' : 'percent';
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns['date'], 'date', sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions };
}

/**
 * What bare numbers of time count. Hours online are hours up to a day, minutes up to a day of minutes, seconds beyond;
 * a mean of more than a minute's worth is given in seconds, what is less could be minutes.
 *
 * @returns null when it cannot be told
 */
function unitOfNumbers(field: TimeField, numbers: readonly number[]): ValueUnit | null {
  if (numbers.length === 0) return 'seconds';
  if (areDayFractions(numbers) && field !== 'avgResponseTime') return 'days';
  const sorted = [...numbers].sort((a, b) => a - b);
  if (field === 'onlineHours') {
    const largest = sorted.at(-1) ?? 0;
    return largest <= HOURS ? 'hours' : largest <= HOURS * 60 ? 'minutes' : 'seconds';
  }
  return (sorted[sorted.length >> 1] ?? 0) >= 60 ? 'seconds' : null;
}

const isShareOfOne = (numbers: readonly number[]): boolean => numbers.length > 0 && numbers.every((number) => number <= 1);
