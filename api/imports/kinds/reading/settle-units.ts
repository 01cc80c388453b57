import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import { isMoment } from '../../parsing/row-source.ts';
import { parseNumber } from '../../values/numbers.ts';
import type { TableSample } from '../import-kind.ts';

/** Numbers of a column that carry no format and no unit of their own; zeros say nothing of the unit. */
export function bareNumbers(sample: TableSample, column: number): number[] {
  return sample.rows.flatMap((cells) => {
    const cell = cells[column];
    const number = isMoment(cell) ? null : parseNumber(cell);
    return number === null || number === 0 ? [] : [number];
  });
}

/** Excel counts time in days: a column of fractions below 1 holds such times. */
export const areDayFractions = (numbers: readonly number[]): boolean => numbers.length > 0 && numbers.every((number) => number < 1);

export function unitQuestion(field: string, header: string): ImportQuestion {
  const choices = [
    { value: 'seconds', label: 'Seconds' },
    { value: 'minutes', label: 'Minutes' },
  ];
  return { code: 'duration_unit', field, message: `Does “${header}” count seconds or minutes?`, answer: `/options/units/${field}`, choices };
}
