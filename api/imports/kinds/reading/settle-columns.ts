import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import { isBlank } from '../../parsing/row-source.ts';
import { textOf } from '../../values/text.ts';
import type { NeededColumn, TableSample } from '../import-kind.ts';

/** Asks for the columns that were not found and were not said to be missing. */
export function columnQuestions(columns: ImportMapping['columns'], header: TableSample['header'], needed: readonly NeededColumn[]): ImportQuestion[] {
  const choices = header.flatMap((cell, column) => (isBlank(cell) ? [] : [{ value: column, label: textOf(cell) }]));
  return needed.flatMap(({ fields, message, none }) => {
    const isThere = fields.some((field) => typeof columns[field] === 'number');
    const isRefused = none !== undefined && fields.some((field) => columns[field] === null);
    const [field] = fields;
    if (isThere || isRefused || field === undefined) return [];
    const all = none === undefined ? choices : [...choices, { value: null, label: none }];
    return [{ code: 'column_missing', field, message, answer: `/columns/${field}`, choices: all }];
  });
}
