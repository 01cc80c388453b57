import type { ImportMapping, ImportQuestion, MappingOptions, ValueUnit } from '../../mapping/import-mapping.ts';
import { unitOfHeader } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import type { NeededColumn, TableSample } from '../import-kind.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { areDayFractions, bareNumbers, unitQuestion } from '../reading/settle-units.ts';

export const needed: readonly NeededColumn[] = [
  { fields: ['agent'], message: 'No column with the agent was found. Who was there?' },
  { fields: ['login'], message: 'No column with the login was found. Since when was somebody there?' },
  { fields: ['logout', 'duration'], message: 'No column with the logout was found. Until when was somebody there?' },
];

/** Reads from the content of the columns what the mapping leaves open: the order of dates, what bare numbers of the duration count. */
export async function settlePresence(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<{ options: MappingOptions; questions: ImportQuestion[] }> {
  const questions = columnQuestions(columns, sample.header, needed);
  const units: Record<string, ValueUnit> = { ...given.units };
  const { duration } = columns;
  if (typeof duration === 'number' && units['duration'] === undefined) {
    const header = textOf(sample.header[duration]);
    const unit = unitOfHeader(words(header)) ?? unitOfNumbers(bareNumbers(sample, duration));
    if (unit) units['duration'] = unit;
    else questions.push(unitQuestion('duration', header));
  }
  const dated = typeof columns['date'] === 'number' ? 'date' : 'login';
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns[dated], dated, sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions };
}

/** A day has 24 hours: larger numbers count minutes or seconds, and more than a day of minutes are seconds. */
function unitOfNumbers(numbers: readonly number[]): ValueUnit | null {
  if (numbers.length === 0) return 'seconds';
  if (areDayFractions(numbers)) return 'days';
  const largest = Math.max(...numbers);
  if (largest > 24 * 60) return 'seconds';
  return largest <= 24 && numbers.some((number) => !Number.isInteger(number)) ? 'hours' : null;
}
