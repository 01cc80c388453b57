import type { ImportKind } from '../kinds/import-kind.ts';
import { columnLetters, isBlank, isMoment, type CellValue, type RowSource, type SourceRow } from '../parsing/row-source.ts';
import { isReasonHeader } from '../preview/reasons.ts';
import { parseDate } from '../values/dates.ts';
import { fold, textOf, words } from '../values/text.ts';
import type { FieldDefinition } from './field.ts';
import { guessColumns } from './guess-columns.ts';
import type { PartialMapping } from './import-mapping.ts';

type Cells = readonly (CellValue | undefined)[];

/** A table with a column for each day: what it says of a person on a day stands where their row and the day's column meet. */
export interface Pivot {
  readonly headerRow: number;
  /** The first column of days; what stands before is said of the whole row. */
  readonly from: number;
  readonly days: readonly { readonly column: number; readonly cell: CellValue }[];
  /** Header of the columns before the days. */
  readonly names: Cells;
  /** What the cells count, in words of the file; null where it does not say, or each row has its own. */
  readonly figure: string | null;
  /** The column that says what each row counts; null where all count the same. */
  readonly figureColumn: number | null;
  /** Columns among and after the days that are none: `Total (AH)`. */
  readonly unread: readonly string[];
}

/** How many of the sheets, and of their rows, are looked at; how far above the days it may stand what they count. */
const mostSheets = 30;
const lookedAt = 120;
const headerDepth = 40;
const titleRows = 8;
const leastDays = 3;
const mostDays = 400;
const mostColumns = 500;
/** Words of a title that are held against the names of figures together. */
const longestName = 4;
const sureName = 0.85;

/** The tables with days as columns, by sheet: only of kinds that have figures of days, and where no other header was chosen. */
export async function findPivots(source: RowSource, kind: Pick<ImportKind, 'figures' | 'fields'>, { sheet, headerRow }: PartialMapping): Promise<ReadonlyMap<string | null, Pivot>> {
  const found = new Map<string | null, Pivot>();
  const figures = kind.fields.filter(({ name }) => kind.figures?.includes(name));
  if (figures.length === 0) return found;
  const sheets = source.sheets.filter(({ name, hidden }) => (typeof sheet === 'string' ? name === sheet : !hidden)).slice(0, mostSheets);
  for (const { name } of sheets) {
    const pivot = pivotIn(await topOf(source, name), name, figures);
    if (pivot && (typeof headerRow !== 'number' || headerRow === pivot.headerRow)) found.set(name, pivot);
  }
  return found;
}

async function topOf(source: RowSource, sheet: string | null): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.rows(sheet)) {
    rows.push({ ...row, cells: row.cells.slice(0, mostColumns) });
    if (rows.length === lookedAt) break;
  }
  return rows;
}

function pivotIn(rows: readonly SourceRow[], sheet: string | null, figures: readonly FieldDefinition[]): Pivot | null {
  for (const [index, row] of rows.slice(0, headerDepth).entries()) {
    const days = daysIn(row.cells);
    if (days === null) continue;
    const below = rows.slice(index + 1).map(({ cells }) => cells);
    return isTableOf(days, below) ? pivotOf(rows, index, days, { sheet, below, figures }) : null;
  }
  return null;
}

/** The days a header names, when it names hardly anything else; null when it is none of days. */
function daysIn(cells: Cells): Pivot['days'] | null {
  const days = Array.from(cells, (cell, column) => ({ cell: cell ?? null, column })).filter(({ cell }) => isDay(cell));
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || first.column === 0 || days.length < leastDays || days.length > mostDays) return null;
  const between = cells.slice(first.column, last.column + 1).filter((cell) => !isBlank(cell)).length;
  const different = new Set(days.map(({ cell }) => textOf(cell))).size;
  return different === days.length && days.length * 2 > between ? days : null;
}

/** A date that is written as one: bare numbers may be anything. */
const isDay = (cell: CellValue): boolean => (isMoment(cell) ? cell.kind === 'date' || cell.kind === 'datetime' : typeof cell === 'string' && (parseDate(cell, 'dmy') ?? parseDate(cell, 'mdy')) !== null);

/** Whether names stand before the days, and below the days neither names of columns nor days. */
function isTableOf(days: Pivot['days'], below: readonly Cells[]): boolean {
  const from = days[0]?.column ?? 0;
  const [next] = below;
  const isHeaderGoingOn = next !== undefined && days.filter(({ column }) => typeof next[column] === 'string' && guessable(next[column])).length * 2 > days.length;
  const named = below.filter((cells) => cells.slice(0, from).some((cell) => typeof cell === 'string' && !isBlank(cell)));
  const filled = below.flatMap((cells) => days.map(({ column }) => cells[column] ?? null)).filter((cell) => !isBlank(cell));
  return !isHeaderGoingOn && named.length > 0 && filled.length > 0 && filled.filter(isDay).length * 2 < filled.length;
}

const guessable = (text: string): boolean => words(text).some((word) => /^\p{L}{2,}$/u.test(word));

function pivotOf(rows: readonly SourceRow[], index: number, days: Pivot['days'], { sheet, below, figures }: { sheet: string | null; below: readonly Cells[]; figures: readonly FieldDefinition[] }): Pivot {
  const { rowNumber, cells } = rows[index] ?? { rowNumber: 0, cells: [] };
  const from = days[0]?.column ?? 0;
  const columns = Array.from({ length: from }, (_, column) => column);
  const figureColumn = columns.find((column) => namesFigures(below.map((row) => row[column]), figures)) ?? null;
  const above = rows.slice(Math.max(0, index - titleRows), index).reverse().flatMap((row) => [...row.cells]);
  const corner = columns.map((column) => cells[column]).filter((cell) => figureIn(textOf(cell), figures) !== null);
  const figure = figureColumn === null ? [...above, sheet, ...corner].map((cell) => figureIn(textOf(cell), figures)).find((text) => text !== null) ?? null : null;
  return { headerRow: rowNumber, from, days, names: namesOf(cells, columns, below, figureColumn, corner), figure, figureColumn, unread: unreadIn(cells, days) };
}

/** The header of what stands before the days. Above people there may be nothing, or what the days count. */
function namesOf(cells: Cells, columns: readonly number[], below: readonly Cells[], figureColumn: number | null, corner: Cells): Cells {
  const unnamed = columns.filter((column) => column !== figureColumn && (isBlank(cells[column]) || corner.includes(cells[column])) && below.some((row) => typeof row[column] === 'string'));
  return columns.map((column) => (unnamed.length === 1 && unnamed[0] === column && !columns.some((other) => other !== column && other !== figureColumn && !isBlank(cells[other])) ? 'Agent' : cells[column]));
}

/** Whether a column says what its rows count: several things, most of them figures of days. */
function namesFigures(cells: Cells, figures: readonly FieldDefinition[]): boolean {
  const different = [...new Set(cells.map((cell) => (typeof cell === 'string' ? fold(cell) : '')).filter(Boolean))];
  const known = different.filter((text) => figureIn(text, figures) !== null);
  return known.length >= 2 && known.length * 2 >= different.length;
}

/** The words of a text that name a figure, as much of it as says what it counts: `Calls handled` of `Calls handled, November`. */
function figureIn(text: string, figures: readonly FieldDefinition[]): string | null {
  if (text === '' || text.length > 200) return null;
  const isNamed = (header: string): boolean => guessColumns([header], [], figures).some(({ confidence }) => confidence >= sureName);
  if (isNamed(text)) return text;
  const said = words(text);
  for (let length = Math.min(longestName, said.length); length > 0; length -= 1) {
    for (let at = 0; at + length <= said.length; at += 1) {
      const part = said.slice(at, at + length).join(' ');
      if (isNamed(part)) return part;
    }
  }
  return null;
}

function unreadIn(cells: Cells, days: Pivot['days']): string[] {
  const used = new Set(days.map(({ column }) => column));
  const reasons = cells.findIndex((cell) => isReasonHeader(textOf(cell)));
  return Array.from(cells, (cell, column) => ({ text: textOf(cell), column }))
    .filter(({ text, column }) => text !== '' && column > (days[0]?.column ?? 0) && !used.has(column) && column !== reasons)
    .map(({ text, column }) => `${text} (${columnLetters(column)})`);
}
