import type { ImportKindName } from '../kinds/kind-names.ts';
import type { ImportMapping } from '../mapping/import-mapping.ts';
import type { SourceRow } from '../parsing/row-source.ts';
import { textOf } from '../values/text.ts';
import { EXAMPLE_PERSON, TEMPLATE_COLUMNS } from './template-columns.ts';

/**
 * Whether a row is the example that a template comes with: about its person, and most of its other cells as they were. Dates and
 * decimals may have been written anew by the program that saved the file.
 */
export function isExampleRow({ cells }: Pick<SourceRow, 'cells'>, kind: ImportKindName, columns: ImportMapping['columns']): boolean {
  const person = columns['agent'] ?? columns['fullName'];
  if (typeof person !== 'number' || cells[person] !== EXAMPLE_PERSON) return false;
  const others = TEMPLATE_COLUMNS[kind].flatMap(({ field, example }) => {
    const column = columns[field];
    return example === null || typeof column !== 'number' || column === person ? [] : [textOf(cells[column]) === String(example)];
  });
  return others.filter(Boolean).length * 2 > others.length;
}
