import { cut } from '../text/cut.ts';
import type { RefusedRow, ShownRow } from './import-rows.repository.ts';
import type { SourceRow } from './parsing/row-source.ts';
import { columnOf } from './parsing/xlsx/pivots.ts';
import { isBlank } from './parsing/row-source.ts';
import { textOf } from './values/text.ts';

const rawColumns = 60;
const rawCharacters = 200;

/** The row as it reads, for the person who is to correct it. */
export function rawTexts({ cells: all, addresses }: SourceRow): string[] {
  // What was put together has columns that the file does not have there.
  const cells = addresses === undefined ? all : all.filter((cell) => !isBlank(cell));
  return Array.from({ length: Math.min(cells.length, rawColumns) }, (_, column) => cut(textOf(cells[column]), rawCharacters));
}

/** Rows that were refused when they were compared as they stand in the file, which is read once more down to the last of them. */
export async function asInFile(rows: AsyncIterable<SourceRow>, refused: readonly RefusedRow[]): Promise<ShownRow[]> {
  const byRow = new Map(refused.map((row) => [row.rowNumber, row]));
  const last = refused.at(-1)?.rowNumber ?? 0;
  const shown: ShownRow[] = [];
  for await (const row of rows) {
    const found = byRow.get(row.rowNumber);
    if (found) shown.push({ ordinal: found.ordinal, raw: rawTexts(row), errors: found.errors.map((error) => (error.cell === null ? error : { ...error, value: cut(textOf(row.cells[columnOf(error.cell)]), rawCharacters) })) });
    if (row.rowNumber >= last) break;
  }
  return shown;
}
