import { basename } from 'node:path';
import type { Principal } from '../../auth/principal.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { conflict } from '../../errors/problem.ts';
import { Places } from '../../http/places.ts';
import { MAX_COLUMNS } from '../../spreadsheets/xlsx-stream.ts';
import { FileGone, type FileStore } from '../../storage/file-store.ts';
import { cut } from '../../text/cut.ts';
import type { ImportRecord } from '../import.repository.ts';
import type { ParsingLimits } from '../parsing/limits.ts';
import type { CellFault } from '../rows.ts';
import type { RowSource, SourceRow } from '../parsing/row-source.ts';
import { textOf } from '../values/text.ts';
import { lent } from './lent-rows.ts';
import type { PreviewRepository, RejectedRow } from './preview.repository.ts';
import { isReasonHeader, REASON_HEADER, reasonsText } from './reasons.ts';
import { csvPieces, xlsxPieces } from './sheet-writers.ts';

export type SheetFormat = 'csv' | 'xlsx';

/** A file that is written while it is read. */
export interface RejectedFile {
  readonly name: string;
  readonly format: SheetFormat;
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

type Texts = readonly string[];

const pageRows = 1_000;
/** Files read at once in a process that answers requests meanwhile: the texts of each workbook are held as long as it is read. */
const AT_ONCE = { all: 3, each: 1 } as const;
/** A workbook's sheet may not be called what a file may: characters Excel refuses, and its longest name. */
const sheetName = (name: string | null): string => cut((name ?? '').replace(/[\\/?*[\]:]/g, ' ').trim(), 31) || 'Rejected';

/** Gives people their rejected rows back as the file they came in, with the reasons. */
export class RejectedFiles {
  readonly #uow: UnitOfWork;
  readonly #preview: PreviewRepository;
  readonly #files: FileStore;
  readonly #limits: ParsingLimits;
  readonly #places = new Places(AT_ONCE);

  constructor(deps: { uow: UnitOfWork; preview: PreviewRepository; files: FileStore; limits: ParsingLimits }) {
    this.#uow = deps.uow;
    this.#preview = deps.preview;
    this.#files = deps.files;
    this.#limits = deps.limits;
  }

  /** @param format by default that of the uploaded file */
  file(by: Principal, record: ImportRecord, format: SheetFormat = record.detected?.format ?? 'xlsx'): RejectedFile {
    const stem = basename(record.fileName).replace(/(\.gz)?$/i, '').replace(/\.[^.]{1,5}$/, '');
    return { name: `${stem} rejected.${format}`, format, pieces: this.#places.held(by, this.#pieces(record, format)) };
  }

  async *#pieces(record: ImportRecord, format: SheetFormat): AsyncGenerator<string | Uint8Array> {
    let delimiter = ',';
    const rows = lent(this.#files, record, this.#limits, (source) => {
      delimiter = source.delimiter ?? ',';
      return this.#rows(record, source, format);
    });
    try {
      // The first row tells whether there is a file at all, before anybody is told that there is.
      const first = await rows.next();
      const all = (async function* () {
        if (!first.done) yield first.value;
        yield* rows;
      })();
      yield* format === 'csv' ? csvPieces(all, delimiter) : xlsxPieces(all, sheetName(record.mapping?.sheet ?? null));
    } catch (error) {
      if (error instanceof FileGone) throw conflict('file_gone', 'The uploaded file is not kept any more.');
      throw error;
    } finally {
      await rows.return();
    }
  }

  /** What stands above the rows, header included, and the rejected ones among them; blank rows above keep their place. */
  async *#rows({ id, mapping, fileName }: ImportRecord, source: RowSource, format: SheetFormat): AsyncGenerator<Texts> {
    const headerRow = mapping?.headerRow ?? 0;
    const rejected = this.#rejected(id);
    const due = new DueReasons(rejected, headerRow);
    let columns: Columns = { headers: [], width: 0, earlier: -1 };
    let written = 0;
    for await (const row of source.rows(mapping?.sheet ?? null)) {
      if (row.rowNumber > headerRow && (await due.isOver(row.rowNumber))) return;
      if (row.rowNumber <= headerRow) {
        for (; written < row.rowNumber - 1; written += 1) yield [];
        written += 1;
        const texts = textsOf(row);
        if (row.rowNumber === headerRow) columns = columnsOf(texts, format);
        yield row.rowNumber === headerRow ? withReason(texts, columns, REASON_HEADER) : texts;
      } else {
        const errors = due.of(row.rowNumber);
        if (errors) yield withReason(textsOf(row), columns, reasonsText(errors, columns.headers, { fileName, rowNumber: row.rowNumber }));
      }
    }
  }

  async *#rejected(id: string): AsyncGenerator<RejectedRow, undefined> {
    for (let after = 0; ; ) {
      const page = await this.#uow.read((db) => this.#preview.rejected(db, id, after, pageRows));
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < pageRows) return undefined;
      after = last.ordinal;
    }
  }
}

/**
 * The reasons of the rows of a file as its reader comes by them: several rejected rows may stand in one of the file, and one may
 * have been put together from several, all of which are given back.
 */
class DueReasons {
  readonly #rejected: AsyncGenerator<RejectedRow, undefined>;
  readonly #headerRow: number;
  readonly #due = new Map<number, CellFault[]>();
  #next: IteratorResult<RejectedRow, undefined> | undefined;

  constructor(rejected: AsyncGenerator<RejectedRow, undefined>, headerRow: number) {
    this.#rejected = rejected;
    this.#headerRow = headerRow;
  }

  /** Whether no row from this one on was rejected. */
  async isOver(rowNumber: number): Promise<boolean> {
    this.#next ??= await this.#rejected.next();
    while (!this.#next.done && this.#next.value.rowNumber <= rowNumber) {
      this.#add(this.#next.value);
      this.#next = await this.#rejected.next();
    }
    return this.#next.done === true && this.#due.size === 0;
  }

  /** What is wrong with the row; undefined where nothing is. */
  of(rowNumber: number): CellFault[] | undefined {
    const errors = this.#due.get(rowNumber);
    this.#due.delete(rowNumber);
    return errors;
  }

  #add({ rowNumber, errors }: RejectedRow): void {
    this.#note(rowNumber, errors);
    for (const error of errors) {
      const other = error.cell === null ? rowNumber : Number(/\d+$/.exec(error.cell)?.[0]);
      if (other > this.#headerRow && other !== rowNumber) this.#note(other, [error]);
    }
  }

  #note(rowNumber: number, errors: readonly CellFault[]): void {
    const known = this.#due.get(rowNumber) ?? [];
    const texts = new Set(known.map(({ cell, message }) => `${cell} ${message}`));
    this.#due.set(rowNumber, [...known, ...errors.filter(({ cell, message }) => !texts.has(`${cell} ${message}`))]);
  }
}

/** What the columns are called, how many the header has, and where it has one of reasons already; -1 where it has none. */
interface Columns {
  readonly headers: Texts;
  readonly width: number;
  readonly earlier: number;
}

/** A workbook has room for the reasons, if its last column has to give way. */
function columnsOf(header: Texts, format: SheetFormat): Columns {
  const earlier = header.findIndex(isReasonHeader);
  const width = header.length - (earlier < 0 ? 0 : 1);
  return { headers: header, width: format === 'xlsx' ? Math.min(width, MAX_COLUMNS - 1) : width, earlier };
}

/** The row with its reason beside the last column of the header; earlier reasons go, and what no header names stays. */
function withReason(texts: Texts, { width, earlier }: Columns, reason: string): Texts {
  const own = texts.filter((_, column) => column !== earlier);
  const blanks = Array.from({ length: Math.max(0, width - own.length) }, () => '');
  return [...own.slice(0, width), ...blanks, reason, ...own.slice(width)];
}

/** Cells as they read: texts to the letter, but for what no spreadsheet holds. */
function textsOf({ cells }: SourceRow): Texts {
  return Array.from(cells, (cell) => (typeof cell === 'string' ? cell.replace(/[^\P{Cc}\t\n\r]/gu, '').toWellFormed() : textOf(cell)));
}
