/**
 * What a spreadsheet cell can hold, independent of the file format.
 *
 * Numbers that carry a date or time format arrive as a {@link SerialMoment}; blank cells are `null`
 * or holes in the row's sparse array.
 */
export type CellValue = string | number | boolean | null | SerialMoment | CellError;

/** A spreadsheet date, time or duration: days since 1899-12-30, whatever the workbook's own epoch was. */
export interface SerialMoment {
  readonly kind: 'date' | 'datetime' | 'time' | 'duration';
  readonly serial: number;
}

/** The cached result of a formula that failed, such as `#VALUE!`. */
export interface CellError {
  readonly kind: 'error';
  readonly code: string;
}

export interface SourceRow {
  /** Name of the sheet; null in a file that has none (CSV). */
  readonly sheet: string | null;
  /** 1-based, as the spreadsheet shows it. */
  readonly rowNumber: number;
  /** By 0-based column; sparse. */
  readonly cells: readonly (CellValue | undefined)[];
  /** Whoever opens the spreadsheet does not see it: filtered out, or hidden. */
  readonly isHidden?: boolean;
  /** Columns nobody sees, of the whole sheet; none when left out. */
  readonly hiddenColumns?: ReadonlySet<number>;
  /** Where cells stand in the file, by column, where that is not in this row and column: the row was put together. */
  readonly addresses?: readonly (string | undefined)[];
}

export interface SheetInfo {
  readonly name: string | null;
  readonly hidden: boolean;
}

/** A file that can be read row by row, as often as needed, without holding it in memory. */
export interface RowSource {
  readonly format: 'xlsx' | 'csv';
  readonly sheets: readonly SheetInfo[];
  /** What parts the cells of a text file. */
  readonly delimiter?: string;
  /**
   * Rows of one sheet in file order. Blank rows may be left out; row numbers still count them.
   * @param gone ends the reading with its reason, also where no row comes for long
   */
  rows(sheet: string | null, gone?: AbortSignal): AsyncIterable<SourceRow>;
  /** What a sheet is read from, which may be the same for several, and its length in bytes; null where there is but one. */
  partOf(sheet: string | null): { readonly name: string; readonly bytes: number } | null;
  /** How much of the sheet being read is behind the reader, 0 to 1. */
  fraction(): number;
  close(): Promise<void>;
}

/** The same file, read for as long as somebody wants it. */
export function readUntil(gone: AbortSignal, source: RowSource): RowSource {
  return {
    format: source.format,
    sheets: source.sheets,
    ...(source.delimiter === undefined ? {} : { delimiter: source.delimiter }),
    rows: (sheet) => source.rows(sheet, gone),
    partOf: (sheet) => source.partOf(sheet),
    fraction: () => source.fraction(),
    close: () => source.close(),
  };
}

/** True when the cell holds nothing a person would see. */
export function isBlank(value: CellValue | undefined): value is null | undefined | '' {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

export function isMoment(value: CellValue | undefined): value is SerialMoment {
  return typeof value === 'object' && value !== null && value.kind !== 'error';
}

export function isCellError(value: CellValue | undefined): value is CellError {
  return typeof value === 'object' && value !== null && value.kind === 'error';
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Where a cell of a row is found in the file. */
export const addressIn = ({ rowNumber, addresses }: Pick<SourceRow, 'rowNumber' | 'addresses'>, column: number): string => addresses?.[column] ?? cellAddress(column, rowNumber);

/** The address a person finds the cell by, such as `J12`. */
export function cellAddress(column: number, rowNumber: number): string {
  return `${columnLetters(column)}${rowNumber}`;
}
