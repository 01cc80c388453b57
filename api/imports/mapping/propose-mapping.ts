import { createHash } from 'node:crypto';
import type { ImportKind, TableSample } from '../kinds/import-kind.ts';
import { columnLetters, type CellValue, type RowSource, type SourceRow } from '../parsing/row-source.ts';
import { textOf, words } from '../values/text.ts';
import { findTables, tableAt, type SheetSample, type TableGuess } from './find-table.ts';
import { guessColumns, type ColumnGuess } from './guess-columns.ts';
import { within, type Block } from './layout.ts';
import { mergeMappings, type ImportMapping, type ImportQuestion, type PartialMapping } from './import-mapping.ts';

/** What was found in a file, for the person who checks the mapping. */
export interface Detected {
  readonly format: RowSource['format'];
  readonly sheets: readonly { readonly name: string | null; readonly hidden: boolean }[];
  readonly headers: readonly { readonly column: number; readonly letters: string; readonly text: string }[];
  readonly guesses: readonly ColumnGuess[];
  /** Identifies the header row: files with the same one are mapped the same way. */
  readonly signature: string | null;
  /** Columns of the table, where others stand beside it. */
  readonly block: Block | null;
}

export interface Proposal {
  readonly mapping: ImportMapping;
  readonly detected: Detected;
  readonly questions: readonly ImportQuestion[];
}

/** What somebody decided for an earlier file with the same header; null when there was none. */
export type Recall = (signature: string) => Promise<PartialMapping | null>;

const sampleRows = 200;
const widestHeader = 500;

/**
 * Finds the table in a file and how to read it: what the user said comes first, then what was remembered, then
 * what the content suggests. What nobody can know becomes a question.
 */
export async function proposeMapping(source: RowSource, kind: ImportKind, given: PartialMapping, recall: Recall): Promise<Proposal> {
  const located = await locateTable(source, kind, given);
  const { header, rows, sheet, headerRow, block } = located;
  const signature = header.length > 0 ? headerSignature(kind.name, header) : null;
  const remembered = signature === null ? null : await recall(signature);
  const guesses = guessColumns(header, rows, kind.fields);
  const decided = mergeMappings(remembered ?? {}, given);
  const columns = mergeColumns(guesses, decided.columns ?? {});
  const sample: TableSample = { header, rows, scan: (column, done) => scanColumn(source, sheet, headerRow ?? 0, column, done) };
  const settled = await kind.settle(columns, decided.options ?? {}, sample);
  const mapping: ImportMapping = {
    source: decided.source ?? (signature === null ? null : `header:${signature.slice(0, 16)}`),
    sheet,
    headerRow,
    columns,
    values: decided.values ?? {},
    options: settled.options,
    people: decided.people ?? {},
  };
  const detected: Detected = { format: source.format, sheets: source.sheets, headers: headersOf(header), guesses, signature, block };
  return { mapping, detected, questions: [...located.questions, ...settled.questions] };
}

interface LocatedTable {
  readonly sheet: string | null;
  readonly headerRow: number | null;
  readonly block: Block | null;
  readonly header: readonly (CellValue | undefined)[];
  readonly rows: readonly (readonly (CellValue | undefined)[])[];
  readonly questions: readonly ImportQuestion[];
}

async function locateTable(source: RowSource, kind: ImportKind, given: PartialMapping): Promise<LocatedTable> {
  const only = given.sheet ?? (source.sheets.length === 1 ? source.sheets[0]?.name : undefined);
  // One row more: a header may have two.
  const from = Math.max(1, (given.headerRow ?? 1) - 1);
  const samples: SheetSample[] = [];
  for (const { name, hidden } of source.sheets) {
    if (only !== undefined && name !== only) continue;
    samples.push({ sheet: name, hidden, rows: await firstRows(source, name, from) });
  }
  const { best, rivals } = findTables(samples, kind.fields);
  const chosen = samples.find(({ sheet }) => sheet === (best?.sheet ?? only)) ?? samples[0];
  const headerRow = given.headerRow ?? best?.headerRow ?? null;
  const rows = chosen?.rows ?? [];
  const table = chosen && headerRow !== null ? tableAt(chosen, headerRow, kind.fields) : null;
  const { header, block } = table ?? { header: [], block: null };
  const below = rows.filter(({ rowNumber }) => headerRow !== null && rowNumber > headerRow).map(({ cells }) => within({ cells }, block).cells);
  const questions = [...headerQuestion(header, rows), ...sheetQuestion(given, best, rivals)];
  return { sheet: chosen?.sheet ?? null, headerRow: header.length > 0 ? headerRow : null, block, header: header.slice(0, widestHeader), rows: below, questions };
}

async function firstRows(source: RowSource, sheet: string | null, from: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.rows(sheet)) {
    if (row.rowNumber < from) continue;
    rows.push(row);
    if (rows.length === sampleRows) break;
  }
  return rows;
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

function headersOf(header: readonly (CellValue | undefined)[]): Detected['headers'] {
  const headers: Detected['headers'][number][] = [];
  header.forEach((cell, column) => {
    const text = textOf(cell).slice(0, 200);
    if (text !== '') headers.push({ column, letters: columnLetters(column), text });
  });
  return headers;
}

/** Same columns in the same order, whatever their case and punctuation. */
function headerSignature(kind: string, header: readonly (CellValue | undefined)[]): string {
  const names = headersOf(header).map(({ column, text }) => [column, words(text).join(' ')]);
  return createHash('sha256').update(JSON.stringify([kind, names])).digest('hex');
}

function headerQuestion(header: readonly unknown[], rows: readonly SourceRow[]): ImportQuestion[] {
  if (header.length > 0) return [];
  const message = 'No row that names the columns was found. Which row is the header?';
  const choices = rows.slice(0, 10).map(({ rowNumber, cells }) => ({ value: rowNumber, label: preview(rowNumber, cells) }));
  return [{ code: 'header_missing', field: null, message, answer: '/headerRow', choices }];
}

function preview(rowNumber: number, cells: SourceRow['cells']): string {
  const texts = cells.slice(0, 12).map(textOf).filter(Boolean);
  return `Row ${rowNumber}: ${texts.join(' · ').slice(0, 120)}`;
}

function sheetQuestion(given: PartialMapping, best: TableGuess | null, rivals: readonly TableGuess[]): ImportQuestion[] {
  if (!best || given.sheet !== undefined || rivals.length === 0) return [];
  const message = 'Several sheets hold such a table. Which one is to be imported?';
  const choices = [best, ...rivals].map(({ sheet }) => ({ value: sheet, label: sheet ?? '' }));
  return [{ code: 'sheet_choice', field: null, message, answer: '/sheet', choices }];
}
