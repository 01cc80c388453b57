import { isBlank, type CellValue, type SourceRow } from '../parsing/row-source.ts';
import { isReasonHeader } from '../preview/reasons.ts';
import { textOf } from '../values/text.ts';
import type { FieldDefinition } from './field.ts';
import { guessColumns, type ColumnGuess } from './guess-columns.ts';
import { blocksOf, headerKey, joinedHeader, within, type Block } from './layout.ts';

type Cells = readonly (CellValue | undefined)[];

/** The first rows of one sheet. */
export interface SheetSample {
  readonly sheet: string | null;
  readonly hidden: boolean;
  readonly rows: readonly SourceRow[];
}

/** The first column of the table that somebody chose, null for the whole width; undefined while nobody did. */
export type ChosenTable = number | null | undefined;

export interface TableGuess {
  readonly sheet: string | null;
  /** The last row of the header. */
  readonly headerRow: number;
  readonly header: Cells;
  /** Its columns, where other tables stand beside it; null for a table alone. */
  readonly block: Block | null;
  /** All tables side by side, this one included, from left to right; none where it stands alone. */
  readonly beside: readonly TableGuess[];
  readonly columns: readonly ColumnGuess[];
  /** Sum of the columns' confidences. */
  readonly score: number;
}

/** How deep below titles and remarks a header is looked for, and how many rows below it are looked at. */
const headerDepth = 40;
const contentRows = 60;
/** So much better a header of two rows, or one table among several, has to be than the plain row. */
const margin = 0.3;
/** Scores nearer than this are as good as each other: somebody has to say which is meant. */
const asGood = 0.5;

/**
 * Finds the header of a sheet by its content: the row, or the two rows, whose cells name the most fields.
 *
 * @returns null when none names at least two.
 */
export function findTable(sample: SheetSample, fields: readonly FieldDefinition[], chosen?: ChosenTable): TableGuess | null {
  const found = sample.rows.slice(0, headerDepth).flatMap((_, index) => headerAt(sample, index, fields, chosen) ?? []);
  const named = firstOfEach(found.filter(({ columns }) => columns.length >= 2));
  return named.reduce<TableGuess | null>((best, next) => (best && best.score >= next.score ? best : next), null);
}

/** Reports repeat their header on every page: the table begins with the first. */
function firstOfEach(tables: readonly TableGuess[]): TableGuess[] {
  const seen = new Set<string>();
  return tables.filter(({ header }) => !seen.has(headerKey(header)) && seen.add(headerKey(header)));
}

/** The table whose header ends in a given row, whatever its cells say; null where the sample does not reach it. */
export function tableAt(sample: SheetSample, headerRow: number, fields: readonly FieldDefinition[], chosen?: ChosenTable): TableGuess | null {
  const index = sample.rows.findIndex(({ rowNumber }) => rowNumber === headerRow);
  const row = sample.rows[index];
  if (!row) return null;
  return headerAt(sample, index, fields, chosen) ?? { sheet: sample.sheet, headerRow, header: row.cells, block: null, beside: [], columns: [], score: 0 };
}

/** The table without the reasons that a file of rejected rows ends with: they are no column of it. */
export function withoutReasons<Table extends Pick<TableGuess, 'header' | 'block'>>(table: Table): Table {
  const reasons = table.header.findIndex((cell) => isReasonHeader(textOf(cell)));
  if (reasons < 0) return table;
  const block = { from: table.block?.from ?? 0, to: reasons - 1 };
  return { ...table, block, header: within({ cells: table.header }, block).cells };
}

/** The best table of all sheets, visible ones first, and the other sheets that fit just as well. */
export function findTables(samples: readonly SheetSample[], fields: readonly FieldDefinition[], chosen?: ChosenTable): { best: TableGuess | null; rivals: TableGuess[] } {
  const visible = samples.filter(({ hidden }) => !hidden);
  const found = (visible.length > 0 ? visible : samples).flatMap((sample) => findTable(sample, fields, chosen) ?? []);
  const [best, ...others] = found.sort((a, b) => b.score - a.score);
  return { best: best ?? null, rivals: others.filter(({ score }) => best && score > best.score - asGood) };
}

/** The tables beside it that fit just as well; itself included when there are any. */
export function rivalsBeside({ beside, score }: TableGuess): readonly TableGuess[] {
  const rivals = beside.filter((table) => table.columns.length >= 2 && table.score > score - asGood);
  return rivals.length > 1 ? rivals : [];
}

function headerAt(sample: SheetSample, index: number, fields: readonly FieldDefinition[], chosen: ChosenTable): TableGuess | null {
  const [above, row] = [sample.rows[index - 1], sample.rows[index]];
  if (!row || countOfTexts(row.cells) < 2) return null;
  const below = sample.rows.slice(index + 1, index + 1 + contentRows).map(({ cells }) => cells);
  const at = { sheet: sample.sheet, headerRow: row.rowNumber, below, fields, chosen };
  const plain = read(row.cells, at);
  if (!above || above.rowNumber !== row.rowNumber - 1 || countOfTexts(above.cells) < 2) return plain;
  const header = joinedHeader(above.cells, row.cells);
  const joined = read(header, at);
  return joined.score > plain.score + margin && namesMore(header, [above.cells, row.cells], fields) ? joined : plain;
}

/** Whether the two rows say more together than either alone, by their words: the lower one may hold the first values. */
function namesMore(joined: Cells, alone: readonly Cells[], fields: readonly FieldDefinition[]): boolean {
  const named = (header: Cells): number => scoreOf(guessColumns(header, [], fields));
  return alone.every((header) => named(joined) > named(header) + margin);
}

/** How much of a header is named. */
export const scoreOf = (columns: readonly ColumnGuess[]): number => columns.reduce((sum, { confidence }) => sum + confidence, 0);

interface HeaderPlace {
  readonly sheet: string | null;
  readonly headerRow: number;
  readonly below: readonly Cells[];
  readonly fields: readonly FieldDefinition[];
  readonly chosen: ChosenTable;
}

function read(header: Cells, { sheet, headerRow, below, fields, chosen }: HeaderPlace): TableGuess {
  const table = (block: Block | null): TableGuess => {
    const inside = (cells: Cells): Cells => within({ cells }, block).cells;
    const columns = guessColumns(inside(header), below.map(inside), fields);
    return { sheet, headerRow, header: inside(header), block, beside: [], columns, score: scoreOf(columns) };
  };
  const whole = table(null);
  const blocks = blocksOf(header, below);
  if (blocks.length < 2) return whole;
  const tables = blocks.map(table);
  const beside = tables.filter((one) => countOfTexts(one.header) >= 2);
  const said = beside.find(({ block }) => block?.from === chosen);
  if (said) return { ...said, beside };
  const [best] = [...tables].sort((a, b) => b.score - a.score);
  // Columns of one table are not those of another: the best one alone counts, unless a gap only parts what belongs together.
  const isTornApart = best === undefined || best.columns.length < 2 || whole.score > best.score + 1 + margin;
  return { ...(isTornApart || chosen === null ? whole : best), beside: isTornApart ? [] : beside };
}

const countOfTexts = (cells: Cells): number => cells.filter((cell) => typeof cell === 'string' && !isBlank(cell)).length;
