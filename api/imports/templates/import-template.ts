import type { DataValidation } from 'hucre';
import type { ImportKind } from '../kinds/import-kind.ts';
import { TEMPLATE_COLUMNS, type TemplateColumn } from './template-columns.ts';

/** Rows below the header in which values are looked at. */
const OFFERED_ROWS = 10_000;
/** Rows whose cells have their format before anything is in them; so a telephone number keeps its first zero. */
const FORMATTED_ROWS = 2_000;
/** A day as spreadsheets count them: 1 January 2000. */
const FIRST_DAY = '36526';

/** A workbook to fill in: a frozen header that the import maps without a question, `*` at what is needed, an example, and what each column may hold. */
export async function importTemplate(kind: ImportKind): Promise<Uint8Array> {
  const labels = new Map(kind.fields.map((field) => [field.name, field.label]));
  const columns = TEMPLATE_COLUMNS[kind.name];
  const isNeeded = neededIn(kind);
  const header = columns.map(({ field, unit }) => `${labels.get(field) ?? field}${unit === undefined ? '' : ` (${unit})`}${isNeeded(field) ? ' *' : ''}`);
  const unfilled = Array.from({ length: FORMATTED_ROWS }, () => columns.map(() => null));
  // With the first workbook, not with the process.
  const { colToLetter, writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    sheets: [{
      name: kind.label,
      columns: columns.map(({ isDate, isText }, i) => ({ width: Math.max(14, (header[i] ?? '').length + 2), ...(isDate ? { numFmt: 'yyyy-mm-dd' } : isText ? { numFmt: '@' } : {}) })),
      rows: [header, columns.map(cellOf), ...unfilled],
      freezePane: { rows: 1 },
      dataValidations: columns.flatMap((column, i) => validationOf(column, colToLetter(i))),
    }],
  });
}

const cellOf = ({ example, isDate }: TemplateColumn): string | number | Date | null => (isDate && typeof example === 'string' ? new Date(`${example}T00:00:00Z`) : example);

/** Whether a file cannot do without the field; of several of which one will do, the first. */
function neededIn({ needed }: ImportKind): (field: string) => boolean {
  const names = new Set(needed.flatMap(({ fields, none }) => (none === undefined ? fields.slice(0, 1) : [])));
  return (field) => names.has(field);
}

/** A warning, not a wall: the import knows more words, and more ways to write a value, than a template should ask for. */
function validationOf({ words, isDate, isTime, unit, between }: TemplateColumn, column: string): DataValidation[] {
  const shown = { range: `${column}2:${column}${OFFERED_ROWS}`, allowBlank: true, showErrorMessage: true, errorStyle: 'warning' } as const;
  if (words) return [{ ...shown, type: 'list', values: [...words], errorTitle: 'Another word', errorMessage: `Known are ${words.join(', ')}.` }];
  if (isDate) return [{ ...shown, type: 'date', operator: 'greaterThanOrEqual', formula1: FIRST_DAY, errorTitle: 'No date', errorMessage: 'A day, such as 2026-01-15.' }];
  if (isTime) return [{ ...shown, type: 'time', operator: 'between', formula1: '0', formula2: '1', errorTitle: 'No time', errorMessage: 'Hours, minutes and seconds, such as 8:30:00.' }];
  const [least, most] = between ?? (unit ? [0, null] : [null, null]);
  if (least === null) return [];
  const expected = `A number ${most === null ? `of ${least} or more` : `from ${least} to ${most}`}${unit ? `, in ${unit}` : ''}.`;
  return [{ ...shown, type: 'decimal', operator: most === null ? 'greaterThanOrEqual' : 'between', formula1: String(least), ...(most === null ? {} : { formula2: String(most) }), errorTitle: 'No such number', errorMessage: expected }];
}
