import type { ImportMapping, ImportQuestion, MappingOptions } from '../../mapping/import-mapping.ts';
import { isBlank } from '../../parsing/row-source.ts';
import { textOf } from '../../values/text.ts';
import type { NeededColumn, TableSample } from '../import-kind.ts';

/** Asks for the columns that were not found and were not said to be missing. */
export function columnQuestions(columns: ImportMapping['columns'], sample: TableSample, needed: readonly NeededColumn[], { day }: MappingOptions): ImportQuestion[] {
  const choices = sample.header.flatMap((cell, column) => (isBlank(cell) ? [] : [{ value: column, label: textOf(cell) }]));
  return needed.flatMap(({ fields, message, none, isDay }) => {
    const isThere = fields.some((field) => typeof columns[field] === 'number') || (isDay === true && day !== undefined);
    const isRefused = none !== undefined && fields.some((field) => columns[field] === null);
    const [field] = fields;
    if (isThere || isRefused || field === undefined) return [];
    if (isDay === true) return [dayQuestion(field, message, sample, choices)];
    const all = none === undefined ? choices : [...choices, { value: null, label: none }];
    return [{ code: 'column_missing', field, message, answer: `/columns/${field}`, choices: all }];
  });
}

const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * Asks which column has the day, or which one day all rows are of: reports of a day say it in a line above the header.
 *
 * @param columns that might have it
 */
export function dayQuestion(field: string, message: string, { daysAbove }: TableSample, columns: ImportQuestion['choices']): ImportQuestion {
  const days = daysAbove.map(({ day, rowNumber, text }) => ({ value: day, label: `All are of ${inWords.format(new Date(`${day}T00:00:00Z`))}: row ${rowNumber} says “${text}”` }));
  const choices = [...days, ...columns.map((choice) => ({ ...choice, label: `Column “${choice.label}”`, answer: `/columns/${field}` }))];
  return { code: 'day_missing', field, message, answer: '/options/day', choices, input: 'date' };
}
