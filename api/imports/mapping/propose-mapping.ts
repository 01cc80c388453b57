import { createHash } from 'node:crypto';
import { cut } from '../../text/cut.ts';
import type { ImportKind, Settled, TableSample } from '../kinds/import-kind.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import { columnLetters, isBlank, type CellValue, type RowSource, type SourceRow } from '../parsing/row-source.ts';
import type { ImportRemark } from '../remarks.ts';
import { FileRefused } from '../parsing/refusal.ts';
import { textOf, words } from '../values/text.ts';
import { daysAbove, type DayAbove } from './days-above.ts';
import { findPivots, type Pivot } from './find-pivot.ts';
import { figureQuestion, likelierPivoted, withFigure } from './figure-question.ts';
import { findTables, rivalsBeside, scoreOf, tableAt, withoutReasons, type SheetSample, type TableGuess } from './find-table.ts';
import { guessColumns, saysMean, widestHeader, type ColumnGuess } from './guess-columns.ts';
import { headerAgain, saysTotal, within, type Block } from './layout.ts';
import { mergeMappings, type ImportMapping, type ImportQuestion, type MappingOptions, type PartialMapping } from './import-mapping.ts';
import { mostSheets, noSuchSheet } from './sheets.ts';
import { lettersOf, pivotRemark, unpivoted } from './unpivot.ts';

/** What was found in a file, for the person who checks the mapping. */
export interface Detected {
  readonly format: RowSource['format'];
  readonly sheets: readonly { readonly name: string | null; readonly hidden: boolean }[];
  /** Tables side by side, by their first column; none where it stands alone. */
  readonly tables: readonly { readonly column: number; readonly label: string }[];
  /** The first rows of the sheet, any of which may be the header. */
  readonly firstRows: readonly { readonly rowNumber: number; readonly text: string }[];
  /** With the first different values below each. */
  readonly headers: readonly { readonly column: number; readonly letters: string; readonly text: string; readonly samples: readonly string[] }[];
  readonly guesses: readonly ColumnGuess[];
  /** Identifies the header row: files with the same one are mapped the same way. */
  readonly signature: string | null;
  /** Columns of the table, where others stand beside it. */
  readonly block: Block | null;
  /** A kind whose fields fit these columns clearly better. */
  readonly likelierKind: ImportKindName | null;
  /** What was made of it unasked, once it has been read. */
  readonly remarks?: readonly ImportRemark[];
}

export interface Proposal {
  readonly mapping: ImportMapping;
  readonly detected: Detected;
  readonly questions: readonly ImportQuestion[];
  /** Field → its header, where the first rows alone say what the numbers count. */
  readonly guessed: ReadonlyMap<string, string>;
  /** Tables with a column for each day, by sheet. */
  readonly pivots: ReadonlyMap<string | null, Pivot>;
  readonly remarks: readonly ImportRemark[];
}

/** What somebody decided for an earlier file with the same header; null when there was none. */
export type Recall = (signature: string) => Promise<PartialMapping | null>;

type Cells = readonly (CellValue | undefined)[];

const sampleRows = 200;
/** So many cells are looked at in all the sheets together; one of long text counts as several. */
const mostCells = 1_000_000;
const charactersOfCell = 20;
/** So many bytes of sheets are looked through, in all of them together: some have nothing in them but their length. */
const mostBytes = 512 * 1024 * 1024;
const shownRows = 15;
const shownSamples = 3;
const sampleCharacters = 60;
/** So much better the columns of another kind have to fit before it is worth a word. */
const clearlyBetter = 0.9;

/**
 * Finds the table in a file and how to read it: what the user said comes first, then what was remembered, then
 * what the content suggests. What nobody can know becomes a question.
 *
 * @param kinds all there are: one of them may fit the file better
 */
export async function proposeMapping(source: RowSource, kind: ImportKind, given: PartialMapping, recall: Recall, kinds: readonly ImportKind[] = []): Promise<Proposal> {
  const pivots = await findPivots(source, kind, given);
  const table = unpivoted(source, pivots);
  const located = (await locatePivot(table, kind, given, pivots)) ?? (await locateTable(table, kind, given));
  const { header, rows, sheet, headerRow, block, firstRows, beside } = located;
  const signature = header.length > 0 ? headerSignature(kind.name, header) : null;
  const remembered = signature === null ? null : await recall(signature);
  const guesses = guessColumns(header, rows, kind.fields);
  const decided = mergeMappings(remembered ?? {}, given);
  const pivot = pivots.get(sheet);
  const columns = withFigure(mergeColumns(guesses, decided.columns ?? {}), pivot, decided.options?.figure);
  const sample: TableSample = { header, rows, daysAbove: located.daysAbove, scan: (column, done) => scanColumn(table, sheet, headerRow ?? 0, column, done) };
  const settled = await settle(kind, columns, { given: given.options ?? {}, decided: decided.options ?? {} }, sample);
  const mapping: ImportMapping = {
    source: decided.source ?? (signature === null ? null : `header:${signature.slice(0, 16)}`),
    sheet,
    headerRow,
    table: block?.from ?? null,
    columns,
    values: decided.values ?? {},
    options: settled.options,
    people: decided.people ?? {},
  };
  const headers = headersOf(header, rows, pivot);
  const tables = beside.map(({ block, header }) => ({ column: block?.from ?? 0, label: tableLabel(block, header) }));
  const likelierKind = (await likelierPivoted(source, kind, kinds, given, headerRow)) ?? likelier(kind, kinds, readBy(located));
  const detected: Detected = { format: source.format, sheets: source.sheets, tables, firstRows, headers, guesses, signature, block, likelierKind };
  const questions = headerRow === null ? located.questions : [...located.questions, ...figureQuestion(pivot, kind, guesses, given), ...settled.questions];
  return { mapping, detected, questions, guessed: settled.guessed ?? new Map(), pivots, remarks: pivot ? [pivotRemark(pivot)] : [] };
}

/**
 * What somebody said of the order of day and month for an earlier file holds where this one leaves it open: it may come from
 * somebody who writes dates the other way.
 */
async function settle(kind: ImportKind, columns: ImportMapping['columns'], { given, decided }: { given: MappingOptions; decided: MappingOptions }, sample: TableSample): Promise<Settled> {
  const { dateOrder, ...others } = decided;
  if (dateOrder === undefined || given.dateOrder !== undefined) return kind.settle(columns, decided, sample);
  const settled = await kind.settle(columns, others, sample);
  const isOpen = settled.options.dateOrder === undefined && !settled.questions.some(({ code }) => code === 'date_order_mixed');
  return isOpen ? { ...settled, options: { ...settled.options, dateOrder }, questions: settled.questions.filter(({ code }) => code !== 'date_order') } : settled;
}

interface LocatedTable {
  readonly daysAbove: readonly DayAbove[];
  readonly samples: readonly SheetSample[];
  readonly sheet: string | null;
  readonly headerRow: number | null;
  readonly block: Block | null;
  readonly header: Cells;
  readonly rows: readonly (Cells)[];
  readonly firstRows: Detected['firstRows'];
  readonly beside: readonly TableGuess[];
  readonly questions: readonly ImportQuestion[];
}

/** A table with days as columns is one whatever the columns before them are called; null where another one is named better, or there is none. */
async function locatePivot(source: RowSource, kind: ImportKind, given: PartialMapping, pivots: Proposal['pivots']): Promise<LocatedTable | null> {
  const [first] = pivots;
  if (!first || (await locateTable(source, kind, given)).headerRow !== null) return null;
  const [sheet, { headerRow }] = first;
  const located = await locateTable(source, kind, { ...given, sheet, headerRow });
  return pivots.size === 1 ? located : { ...located, questions: [sheetChoice([...pivots.keys()]), ...located.questions] };
}

async function locateTable(source: RowSource, kind: ImportKind, given: PartialMapping): Promise<LocatedTable> {
  const only = chosenSheet(source.sheets, given);
  const samples = await samplesOfSheets(source, only, given.headerRow ?? 1);
  const { best, rivals } = findTables(samples, kind.fields, given.table);
  const chosen = samples.find(({ sheet }) => sheet === (best?.sheet ?? only)) ?? samples[0];
  const headerRow = given.headerRow ?? best?.headerRow ?? null;
  const { rows = [], top: firstRows = [] } = chosen ?? {};
  const table = chosen && headerRow !== null ? tableAt(chosen, headerRow, kind.fields, given.table) : null;
  const { header, block } = table ? withoutReasons(table) : { header: [], block: null };
  const below = headerRow === null ? [] : rowsBelow(rows, headerRow, header, block);
  const questions = [...headerQuestion(header, firstRows, given, chosen?.sheet ?? null, source.sheets), ...sheetQuestion(given, source.sheets, best, rivals), ...tableQuestion(given, table)];
  return {
    samples, daysAbove: daysAbove(rows, headerRow), sheet: chosen?.sheet ?? null, headerRow: header.length > 0 ? headerRow : null, block, header: header.slice(0, widestHeader), rows: below,
    firstRows, beside: table?.beside ?? [], questions,
  };
}

/** The one sheet to look at; undefined where it has to be found. */
function chosenSheet(sheets: Detected['sheets'], { sheet }: PartialMapping): string | null | undefined {
  const chosen = sheets.length === 1 ? sheets[0] : sheets.find(({ name }) => name === sheet);
  return chosen?.name;
}

function rowsBelow(rows: readonly SourceRow[], headerRow: number, header: Cells, block: Block | null): Cells[] {
  const isHeader = headerAgain(headersOf(header));
  // A sum is of another size than what it sums up: it says nothing of the others.
  return rows.filter((row) => row.rowNumber > headerRow && !isHeader(row) && !saysTotal(row.cells.find((cell) => !isBlank(cell)))).map(({ cells }) => within({ cells }, block).cells);
}

/** @param only the one sheet to look at; all when undefined */
async function samplesOfSheets(source: RowSource, only: string | null | undefined, headerRow: number): Promise<(SheetSample & { top: Detected['firstRows'] })[]> {
  const samples: (SheetSample & { top: Detected['firstRows'] })[] = [];
  const read = new Map<string, Awaited<ReturnType<typeof sampleOf>>>();
  let cells = 0;
  let bytes = 0;
  for (const { name, hidden } of source.sheets) {
    if (only !== undefined && name !== only) continue;
    const part = source.partOf(name);
    const before = part === null ? undefined : read.get(part.name);
    // One row more: a header may have two. Sheets beyond what anybody fills are left for whoever names one of them.
    const isEnough = cells >= mostCells || bytes >= mostBytes;
    const sample = before ?? (isEnough ? { top: [], rows: [], cells: 0 } : await sampleOf(source, name, Math.max(1, headerRow - 1)));
    if (part && !before && !isEnough) {
      read.set(part.name, sample);
      cells += sample.cells;
      bytes += source.fraction() * part.bytes;
    }
    samples.push({ sheet: name, hidden, top: sample.top, rows: sample.rows });
  }
  return samples;
}

/** The rows at the top of a sheet, to be shown, and those from a row on, to be looked into. */
async function sampleOf(source: RowSource, sheet: string | null, from: number): Promise<{ top: Detected['firstRows']; rows: SourceRow[]; cells: number }> {
  const rows: SourceRow[] = [];
  let cells = 0;
  const top: Detected['firstRows'][number][] = [];
  for await (const row of source.rows(sheet)) {
    const text = top.length < shownRows ? labelOf(row.cells) : '';
    if (text !== '') top.push({ rowNumber: row.rowNumber, text });
    cells += row.cells.length;
    if (row.rowNumber < from) continue;
    const kept = row.cells.slice(0, widestHeader);
    cells += kept.reduce<number>((sum, cell) => (typeof cell === 'string' ? sum + Math.floor(cell.length / charactersOfCell) : sum), 0);
    rows.push({ ...row, cells: kept });
    if (rows.length === sampleRows || cells > mostCells) break;
  }
  return { top, rows, cells };
}

async function scanColumn(source: RowSource, sheet: string | null, headerRow: number, column: number, done: (cell: CellValue) => boolean): Promise<void> {
  for await (const { rowNumber, cells } of source.rows(sheet)) {
    if (rowNumber > headerRow && done(cells[column] ?? null)) return;
  }
}

/** Guesses stand where nothing was decided, and where they do not claim a column that was given to another field. */
function mergeColumns(guesses: readonly ColumnGuess[], decided: ImportMapping['columns']): Record<string, number | null> {
  const taken = new Set(Object.values(decided));
  const free = guesses.filter(({ field, column }) => !(field in decided) && !taken.has(column));
  return { ...Object.fromEntries(free.map(({ field, column }) => [field, column])), ...decided };
}

function headersOf(header: Cells, rows: readonly Cells[] = [], pivot?: Pivot): Detected['headers'] {
  const headers: Detected['headers'][number][] = [];
  header.forEach((cell, column) => {
    const text = cut(textOf(cell), 200);
    const letters = pivot && column >= pivot.from ? lettersOf(pivot) : columnLetters(column);
    if (text !== '') headers.push({ column, letters, text, samples: samplesOf(rows, column) });
  });
  return headers;
}

function samplesOf(rows: readonly Cells[], column: number): string[] {
  const samples = new Set<string>();
  for (const cells of rows) {
    const text = cut(textOf(cells[column]), sampleCharacters);
    if (text !== '') samples.add(text);
    if (samples.size === shownSamples) break;
  }
  return [...samples];
}

/** What a kind makes of the columns; where there is no header, of those of the table that it would find. */
const readBy = ({ header, rows, samples }: LocatedTable) => ({ fields }: ImportKind): { readonly header: Cells; readonly columns: readonly ColumnGuess[] } =>
  header.length > 0 ? { header, columns: guessColumns(header, rows, fields) } : findTables(samples, fields).best ?? { header, columns: [] };

/**
 * The kind that names clearly more of these columns than the one that was said; null where that one will do. A column that a kind
 * cannot do without and does not find weighs against it, and so do means where it has none.
 */
function likelier(said: ImportKind, kinds: readonly ImportKind[], read: ReturnType<typeof readBy>): ImportKindName | null {
  const fit = (kind: ImportKind): number => {
    const { header, columns } = read(kind);
    const lacks = kind.needed.filter(({ fields }) => !columns.some(({ field }) => fields.includes(field)));
    const means = kind.fields.some(({ isMean }) => isMean === true) ? [] : columns.filter(({ column }) => saysMean(header[column]));
    return scoreOf(columns) - lacks.length - (means.length > 1 ? scoreOf(means) : 0);
  };
  const [best] = kinds.map((kind) => ({ kind, score: fit(kind) })).sort((a, b) => b.score - a.score);
  return best && best.kind.name !== said.name && best.score >= fit(said) + clearlyBetter ? best.kind.name : null;
}

/** Same columns in the same order, whatever their case and punctuation. */
function headerSignature(kind: string, header: Cells): string {
  const names = headersOf(header).map(({ column, text }) => [column, words(text).join(' ')]);
  return createHash('sha256').update(JSON.stringify([kind, names])).digest('hex');
}

/** Asked before anything about columns: there are none without it. @throws FileRefused where there are no rows at all */
function headerQuestion(header: readonly unknown[], rows: Detected['firstRows'], { headerRow }: PartialMapping, sheet: string | null, sheets: RowSource['sheets']): ImportQuestion[] {
  if (header.length > 0) return [];
  if (rows.length === 0 && sheets.length < 2) throw new FileRefused('empty_file', 'There is not a single row in the file.');
  if (rows.length === 0) return [emptySheetQuestion(sheet, sheets)];
  const message = headerRow === undefined || headerRow === null ? 'No row that names the columns was found. Which row is the header?' : `There is nothing in row ${headerRow}. Which row is the header?`;
  const choices = rows.slice(0, 10).map(({ rowNumber, text }) => ({ value: rowNumber, label: `Row ${rowNumber}: ${text}` }));
  return [{ code: 'header_missing', field: null, message, answer: '/headerRow', choices }];
}

function emptySheetQuestion(sheet: string | null, sheets: RowSource['sheets']): ImportQuestion {
  const choices = sheets.filter(({ name }) => name !== sheet).map(({ name }) => ({ value: name, label: name ?? '' }));
  return { code: 'sheet_choice', field: null, message: `Sheet “${sheet ?? ''}” is empty. Which one is to be imported?`, answer: '/sheet', choices };
}

/** `Call Id · Agent · Date`. */
function labelOf(cells: Cells): string {
  const texts = cells.map(textOf).filter(Boolean);
  return cut(texts.slice(0, 12).join(' · '), 120);
}

function tableQuestion(given: PartialMapping, table: TableGuess | null): ImportQuestion[] {
  const isDecided = given.table === null || (given.table !== undefined && given.table === table?.block?.from);
  const rivals = table && !isDecided ? rivalsBeside(table) : [];
  if (rivals.length === 0) return [];
  const message = 'Several such tables stand side by side. Which one is to be imported?';
  const choices = rivals.map(({ block, header }) => ({ value: block?.from ?? 0, label: tableLabel(block, header) }));
  return [{ code: 'table_choice', field: null, message, answer: '/table', choices }];
}

/** `A to F: Call Id · Agent · Date`. */
function tableLabel(block: Block | null, header: Cells): string {
  const columns = block ? `${columnLetters(block.from)} to ${columnLetters(block.to)}: ` : '';
  return columns + labelOf(header);
}

function sheetQuestion(given: PartialMapping, sheets: Detected['sheets'], best: TableGuess | null, rivals: readonly TableGuess[]): ImportQuestion[] {
  if (given.sheet !== undefined && given.sheet !== null && !sheets.some(({ name }) => name === given.sheet)) {
    const choices = sheets.slice(0, mostSheets).map(({ name }) => ({ value: name, label: name ?? 'The file as it is' }));
    return [{ code: 'sheet_unknown', field: null, message: noSuchSheet(given.sheet, sheets), answer: '/sheet', choices }];
  }
  if (!best || given.sheet !== undefined || rivals.length === 0) return [];
  return [sheetChoice([best, ...rivals].map((table) => table.sheet))];
}

const sheetChoice = (sheets: readonly (string | null)[]): ImportQuestion => ({
  code: 'sheet_choice', field: null, message: 'Several sheets hold such a table. Which one is to be imported?', answer: '/sheet', choices: sheets.map((sheet) => ({ value: sheet, label: sheet ?? '' })),
});
