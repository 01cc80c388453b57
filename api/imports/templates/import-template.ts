import type { DataValidation } from 'hucre';
import type { ImportKind } from '../kinds/import-kind.ts';
import { TEMPLATE_COLUMNS, type TemplateColumn } from './template-columns.ts';

/** Rows below the header in which words are offered. */
const OFFERED_ROWS = 10_000;

/** A workbook to fill in: a frozen header that the import maps without a question, an example, and lists of the words it knows. */
export async function importTemplate(kind: ImportKind): Promise<Uint8Array> {
  const labels = new Map(kind.fields.map((field) => [field.name, field.label]));
  const columns = TEMPLATE_COLUMNS[kind.name];
  const header = columns.map(({ field, unit }) => `${labels.get(field) ?? field}${unit === undefined ? '' : ` (${unit})`}`);
  // With the first workbook, not with the process.
  const { colToLetter, writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    sheets: [{
      name: kind.label,
      columns: columns.map(({ isDate }, i) => ({ width: Math.max(14, (header[i] ?? '').length + 2), ...(isDate ? { numFmt: 'yyyy-mm-dd' } : {}) })),
      rows: [header, columns.map(cellOf)],
      freezePane: { rows: 1 },
      dataValidations: columns.flatMap(({ words }, i) => (words === undefined ? [] : [listOf(words, colToLetter(i))])),
    }],
  });
}

const cellOf = ({ example, isDate }: TemplateColumn): string | number | Date | null => (isDate && typeof example === 'string' ? new Date(`${example}T00:00:00Z`) : example);

function listOf(words: readonly string[], column: string): DataValidation {
  // A warning, not a wall: the import knows more words than a list should have.
  return { type: 'list', values: [...words], range: `${column}2:${column}${OFFERED_ROWS}`, allowBlank: true, showErrorMessage: true, errorStyle: 'warning', errorTitle: 'Another word', errorMessage: `Known are ${words.join(', ')}.` };
}
