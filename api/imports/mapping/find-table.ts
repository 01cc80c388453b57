import { isBlank, type SourceRow } from '../parsing/row-source.ts';
import type { FieldDefinition } from './field.ts';
import { guessColumns, type ColumnGuess } from './guess-columns.ts';

/** The first rows of one sheet. */
export interface SheetSample {
  readonly sheet: string | null;
  readonly hidden: boolean;
  readonly rows: readonly SourceRow[];
}

export interface TableGuess {
  readonly sheet: string | null;
  readonly headerRow: number;
  readonly columns: readonly ColumnGuess[];
  /** Sum of the columns' confidences. */
  readonly score: number;
}

/** How deep below titles and remarks a header is looked for, and how many rows below it are looked at. */
const headerDepth = 40;
const contentRows = 60;

/**
 * Finds the header row of a sheet by its content: the row whose cells name the most fields.
 *
 * @returns null when no row names at least two.
 */
export function findTable(sample: SheetSample, fields: readonly FieldDefinition[]): TableGuess | null {
  let best: TableGuess | null = null;
  for (const [index, row] of sample.rows.slice(0, headerDepth).entries()) {
    if (row.cells.filter((cell) => typeof cell === 'string' && !isBlank(cell)).length < 2) continue;
    const below = sample.rows.slice(index + 1, index + 1 + contentRows).map(({ cells }) => cells);
    const columns = guessColumns(row.cells, below, fields);
    const score = columns.reduce((sum, { confidence }) => sum + confidence, 0);
    if (columns.length >= 2 && score > (best?.score ?? 0)) {
      best = { sheet: sample.sheet, headerRow: row.rowNumber, columns, score };
    }
  }
  return best;
}

/** The best table of all sheets, visible ones first, and the other sheets that fit just as well. */
export function findTables(samples: readonly SheetSample[], fields: readonly FieldDefinition[]): { best: TableGuess | null; rivals: TableGuess[] } {
  const visible = samples.filter(({ hidden }) => !hidden);
  const found = (visible.length > 0 ? visible : samples).flatMap((sample) => findTable(sample, fields) ?? []);
  const [best, ...others] = found.sort((a, b) => b.score - a.score);
  return { best: best ?? null, rivals: others.filter(({ score }) => best && score > best.score - 0.5) };
}
