import type { ImportMapping, ImportQuestion, MappingOptions } from '../../mapping/import-mapping.ts';
import { isDurationUnit, unitOfHeader, type DurationUnit } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import type { NeededColumn, TableSample } from '../import-kind.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { areDayFractions, bareNumbers, unitQuestion } from '../reading/settle-units.ts';
import { durationFields, type DurationField } from './interaction-fields.ts';

type Settled = { options: MappingOptions; questions: ImportQuestion[] };

export const needed: readonly NeededColumn[] = [
  { fields: ['startedAt', 'date'], message: 'No column with the date was found. Which one says when an interaction began?' },
  { fields: ['agent'], message: 'No column with the agent was found. Which one names who handled an interaction?', none: 'None: the file names no agents' },
];

/** Reads from the content of the columns what the mapping leaves open: the order of dates, the units of durations. */
export async function settleInteractions(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled> {
  const questions = columnQuestions(columns, sample.header, needed);
  const units = settleUnits(columns, given, sample, questions);
  const dated = typeof columns['startedAt'] === 'number' ? 'startedAt' : 'date';
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns[dated], dated, sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions };
}

function settleUnits(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample, questions: ImportQuestion[]): Record<string, DurationUnit> {
  const units: Record<string, DurationUnit> = Object.fromEntries(Object.entries(given.units ?? {}).filter((entry): entry is [string, DurationUnit] => isDurationUnit(entry[1])));
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

/**
 * Fractions below 1 are days, as Excel counts them. Nobody talks for less than a minute on the median call, so
 * talk times beyond 60 are seconds; smaller ones could be minutes. Waits are seconds.
 *
 * @returns null when it cannot be told.
 */
function unitOfNumbers(field: DurationField, numbers: readonly number[]): DurationUnit | null {
  if (numbers.length === 0) return 'seconds';
  if (areDayFractions(numbers)) return 'days';
  if (field === 'waitSeconds') return 'seconds';
  const sorted = [...numbers].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  return median >= 60 ? 'seconds' : null;
}
