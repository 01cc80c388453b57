import { createHash } from 'node:crypto';
import { cut } from '../../../text/cut.ts';
import type { ImportMapping } from '../../mapping/import-mapping.ts';
import { addressIn, type CellValue, type SourceRow } from '../../parsing/row-source.ts';
import type { CellFault } from '../../rows.ts';
import { textOf } from '../../values/text.ts';
import type { CellReader } from './cell-readers.ts';

const shownCharacters = 200;

/** One row of a file seen through its mapping: cells by the names of their fields, and what is wrong with them. */
export class RowCells {
  readonly faults: CellFault[] = [];
  readonly #columns: ImportMapping['columns'];
  readonly #row: SourceRow;

  constructor(columns: ImportMapping['columns'], row: SourceRow) {
    this.#columns = columns;
    this.#row = row;
  }

  /** Whether the file has a column for the field. */
  has(field: string): boolean {
    return typeof this.#columns[field] === 'number';
  }

  cell(field: string): CellValue | undefined {
    const column = this.#columns[field];
    return typeof column === 'number' ? this.#row.cells[column] : undefined;
  }

  /** The cell's value; null where it is blank or at fault, which is noted. */
  value<T>(field: string, read: CellReader<T>): T | null {
    const reading = read(this.cell(field));
    if ('value' in reading) return reading.value;
    this.fault(field, reading.code, reading.message);
    return null;
  }

  /** As {@link value}; a blank cell is a fault too, unless another fault of the field is known. */
  required<T>(field: string, read: CellReader<T>, message: string): T | null {
    const value = this.value(field, read);
    if (value === null && !this.isFaulty(field)) this.fault(field, 'missing', message);
    return value;
  }

  /** Adds the values of those fields that have a column. */
  addTo<T>(data: Record<string, unknown>, fields: Readonly<Record<string, CellReader<T>>>): void {
    for (const [field, read] of Object.entries(fields)) if (this.has(field)) data[field] = this.value(field, read);
  }

  isFaulty(...fields: readonly string[]): boolean {
    return this.faults.some(({ field }) => fields.includes(field));
  }

  fault(field: string, code: string, message: string): void {
    const column = this.#columns[field];
    const cell = typeof column === 'number' ? addressIn(this.#row, column) : null;
    const value = cell === null ? null : cut(textOf(this.cell(field)), shownCharacters);
    this.faults.push({ field, cell, value, code, message });
  }
}

/** Identifies a row by what it says. Trailing blanks do not count. */
export function rowHash(cells: SourceRow['cells']): string {
  const hash = createHash('sha256');
  // A sparse array is visited by its filled cells only.
  cells.forEach((cell, column) => {
    const text = textOf(cell);
    if (text !== '') hash.update(`${column}\u001f${text}\u001e`);
  });
  return `row:${hash.digest('hex').slice(0, 32)}`;
}
