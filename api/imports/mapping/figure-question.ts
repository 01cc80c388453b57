import type { ImportKind } from '../kinds/import-kind.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import type { RowSource } from '../parsing/row-source.ts';
import { findPivots, type Pivot } from './find-pivot.ts';
import type { ColumnGuess } from './guess-columns.ts';
import type { ImportQuestion, PartialMapping } from './import-mapping.ts';
import { figureAt } from './unpivot.ts';

/** The columns with the one of figures for the field that somebody has said. */
export function withFigure(columns: Record<string, number | null>, pivot: Pivot | undefined, figure: string | undefined): Record<string, number | null> {
  if (!pivot || pivot.figureColumn !== null || figure === undefined || typeof columns[figure] === 'number') return columns;
  const others = Object.entries(columns).filter(([, column]) => column !== figureAt(pivot));
  return { ...Object.fromEntries(others), [figure]: figureAt(pivot) };
}

/** Asks what the cells of a table with days as columns count, unless the file says so. What was said of an earlier file is no answer: it may have counted something else. */
export function figureQuestion(pivot: Pivot | undefined, { figures = [], fields }: ImportKind, guesses: readonly ColumnGuess[], { columns = {} }: PartialMapping): ImportQuestion[] {
  const isFigure = (field: string): boolean => figures.includes(field);
  if (!pivot || guesses.some(({ field }) => isFigure(field)) || Object.entries(columns).some(([field, column]) => isFigure(field) && column !== null)) return [];
  const choices = fields.filter(({ name }) => isFigure(name)).map(({ name, label }) => ({ value: name, label }));
  return [{ code: 'figure_unknown', field: null, message: 'There is a column for each day, and nothing says what its cells count. Which figure is it?', answer: '/options/figure', choices }];
}

/** The kind of figures, where no header was found and the file has a column for each day and another kind was said. */
export async function likelierPivoted(source: RowSource, said: ImportKind, kinds: readonly ImportKind[], given: PartialMapping, headerRow: number | null): Promise<ImportKindName | null> {
  if (headerRow !== null) return null;
  const other = kinds.find(({ figures }) => figures !== undefined);
  return other && other.name !== said.name && (await findPivots(source, other, given)).size > 0 ? other.name : null;
}
