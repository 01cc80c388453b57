import { counted, type ImportRemark } from '../remarks.ts';
import { FileRefused } from '../parsing/refusal.ts';
import { cellAddress, columnLetters, isBlank, type CellValue, type RowSource, type SourceRow } from '../parsing/row-source.ts';
import { saysNoValue } from '../values/nothing.ts';
import { fold, textOf } from '../values/text.ts';
import type { Pivot } from './find-pivot.ts';

/** What the column is called that the days come into, and the one of figures nobody has named. */
const DAY = 'Day';
const FIGURE = 'Figure';
/** So many figures of a sheet are put together where a person's stand in several rows: these have to be held. */
const mostHeld = 500_000;
const mostNames = 60;
const shownUnread = 12;

type Cells = readonly (CellValue | undefined)[];

/**
 * The same file with a row for each person and day where it has a column for each day. Every cell keeps the address it has in
 * the file, and the row its number; where a person has a row for each figure, that of the first.
 */
export function unpivoted(source: RowSource, pivots: ReadonlyMap<string | null, Pivot>): RowSource {
  if (pivots.size === 0) return source;
  return {
    format: source.format,
    sheets: source.sheets,
    ...(source.delimiter === undefined ? {} : { delimiter: source.delimiter }),
    rows: (sheet, gone) => {
      const pivot = pivots.get(sheet);
      return pivot ? rowsOf(source.rows(sheet, gone), pivot) : source.rows(sheet, gone);
    },
    partOf: (sheet) => source.partOf(sheet),
    fraction: () => source.fraction(),
    close: () => source.close(),
  };
}

/** The column that the figures come into, where all rows count the same. */
export const figureAt = ({ from }: Pivot): number => from + 1;

/** Where in the file it stands what came into the further columns: `C–AG`. */
export const lettersOf = ({ days }: Pivot): string => `${columnLetters(days[0]?.column ?? 0)}–${columnLetters(days.at(-1)?.column ?? 0)}`;

/** What whoever agrees to the preview should know of it. */
export function pivotRemark(pivot: Pivot): ImportRemark {
  const { unread, days } = pivot;
  const more = unread.length > shownUnread ? ` and ${unread.length - shownUnread} more` : '';
  const left = unread.length > 0 ? ` Not read: ${unread.slice(0, shownUnread).join(', ')}${more}.` : '';
  return { code: 'days_as_columns', message: `The days are columns (${lettersOf(pivot)}, ${counted(days.length, 'day', 'days')}): each row here is one person on one of them; blank cells are none.${left}`, rows: [] };
}

async function* rowsOf(rows: AsyncIterable<SourceRow>, pivot: Pivot): AsyncGenerator<SourceRow, void, undefined> {
  const read = pivot.figureColumn === null ? eachAlone : together;
  const below = async function* (): AsyncGenerator<SourceRow> {
    for await (const row of iterator) if (!isHeader(row, pivot)) yield row;
  };
  const iterator = rows[Symbol.asyncIterator]() as AsyncIterableIterator<SourceRow>;
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      if (next.value.rowNumber < pivot.headerRow) yield next.value;
      else return yield* read(below(), pivot, next.value);
    }
  } finally {
    await iterator.return?.();
  }
}

async function* eachAlone(rows: AsyncIterable<SourceRow>, pivot: Pivot, header: SourceRow): AsyncGenerator<SourceRow, void, undefined> {
  yield headerOf(header, pivot, [pivot.figure ?? FIGURE]);
  for await (const row of rows) {
    for (const day of pivot.days) {
      const cell = row.cells[day.column];
      if (saysSomething(cell)) yield dayOf(row, pivot, day, [{ cell, address: cellAddress(day.column, row.rowNumber) }]);
    }
  }
}

interface Held {
  readonly first: SourceRow;
  /** By name of the figure: the row it stands in. */
  readonly rows: Map<string, SourceRow>;
}

/** A person's figures of a day stand in several rows, which need not be beside each other. */
async function* together(rows: AsyncIterable<SourceRow>, pivot: Pivot, header: SourceRow): AsyncGenerator<SourceRow, void, undefined> {
  const { held, names } = await hold(rows, pivot);
  yield headerOf(header, pivot, [...names.values()]);
  for (const { first, rows: byName } of held.values()) {
    for (const day of pivot.days) {
      const figures = [...names.keys()].map((name) => {
        const row = byName.get(name);
        const cell = row?.cells[day.column];
        return row && saysSomething(cell) ? { cell, address: cellAddress(day.column, row.rowNumber) } : undefined;
      });
      if (figures.some((figure) => figure !== undefined)) yield dayOf(first, pivot, day, figures);
    }
  }
}

/** @throws FileRefused when there is more than can be held */
async function hold(rows: AsyncIterable<SourceRow>, { figureColumn, from, days }: Pivot): Promise<{ held: Map<string, Held>; names: Map<string, string> }> {
  const held = new Map<string, Held>();
  const names = new Map<string, string>();
  let above: Cells = [];
  let count = 0;
  for await (const row of rows) {
    const label = textOf(row.cells[figureColumn ?? 0]);
    if (label === '' && row.cells.every((cell) => isBlank(cell))) continue;
    // A person is often named in the first of their rows alone.
    const isSameAgain = Array.from({ length: from }, (_, column) => column).every((column) => column === figureColumn || isBlank(row.cells[column]));
    const said = Array.from({ length: from }, (_, column) => (isSameAgain && column !== figureColumn ? above[column] : row.cells[column]));
    above = said;
    const key = said.map((cell, column) => (column === figureColumn ? '' : fold(textOf(cell)))).join('\u001f');
    const figure = fold(label);
    if (!names.has(figure)) names.set(figure, label || FIGURE);
    count += days.length;
    if (count > mostHeld || names.size > mostNames) throw new FileRefused('too_many_figures', 'The table with days as columns is too large to be turned: give each figure a sheet of its own, or each day a row.');
    const known = held.get(key);
    // The same figure of the same person twice: which of them counts has to be said, as of any two rows that disagree.
    if (known && !known.rows.has(figure)) known.rows.set(figure, row);
    else held.set(known ? `${key}\u001f${row.rowNumber}` : key, { first: { ...row, cells: said }, rows: new Map([[figure, row]]) });
  }
  return { held, names };
}

const saysSomething = (cell: CellValue | undefined): boolean => !isBlank(cell) && !saysNoValue(cell);

/** The header repeated further down, as at the top of each page. */
const isHeader = ({ cells }: SourceRow, { days }: Pivot): boolean => days.every(({ column, cell }) => textOf(cells[column]) === textOf(cell));

const headerOf = (row: SourceRow, { from, names }: Pivot, figures: readonly string[]): SourceRow => ({ ...row, cells: [...Array.from({ length: from }, (_, column) => names[column]), DAY, ...figures] });

type Figure = { readonly cell: CellValue | undefined; readonly address: string } | undefined;

function dayOf({ sheet, rowNumber, cells }: SourceRow, { from, headerRow, figureColumn }: Pivot, day: Pivot['days'][number], figures: readonly Figure[]): SourceRow {
  const said = Array.from({ length: from }, (_, column) => (column === figureColumn ? undefined : cells[column]));
  const addresses = [...Array.from({ length: from }, () => undefined), cellAddress(day.column, headerRow), ...figures.map((figure) => figure?.address)];
  return { sheet, rowNumber, cells: [...said, day.cell, ...figures.map((figure) => figure?.cell)], addresses };
}
