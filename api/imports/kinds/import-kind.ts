import type { Db } from '../../db/db.ts';
import type { Tx } from '../../db/unit-of-work.ts';
import type { ImportKindName } from './kind-names.ts';
import type { DayAbove } from '../mapping/days-above.ts';
import type { FieldDefinition } from '../mapping/field.ts';
import type { ImportMapping, ImportQuestion, MappedValue, MappingOptions } from '../mapping/import-mapping.ts';
import type { CellValue, SourceRow } from '../parsing/row-source.ts';
import type { ImportRemark } from '../remarks.ts';
import type { ParsedRow, Period } from '../rows.ts';
import type { Blocker } from './blockers.ts';

/** Zones a file's times are read in, and days are counted in. IANA names. */
export interface Zones {
  readonly file: string;
  readonly business: string;
}

/** How a file is read besides its mapping. */
export interface Reading extends Zones {
  /** What lies after it has not happened; milliseconds since 1970. */
  readonly now: number;
  /** Field → its header, where the first rows alone say what the numbers count: the rest of the file has to agree. */
  readonly guessed: ReadonlyMap<string, string>;
}

/** What is read from the content of the columns, and what has to be asked. */
export interface Settled {
  readonly options: MappingOptions;
  readonly questions: ImportQuestion[];
  /** As in {@link Reading}; none by default. */
  readonly guessed?: ReadonlyMap<string, string>;
}

/** A column that rows cannot do without, and how it is asked for. */
export interface NeededColumn {
  /** Any of these fields will do; the first one is asked for. */
  readonly fields: readonly string[];
  readonly message: string;
  /** Words for the answer that the file has no such column; left out where it cannot be. */
  readonly none?: string;
  /** One day may be said for all rows instead. */
  readonly isDay?: boolean;
}

/** The header that was found, and cells below it. */
export interface TableSample {
  readonly header: readonly (CellValue | undefined)[];
  readonly rows: readonly (readonly (CellValue | undefined)[])[];
  /** What lines above the header say of the day. */
  readonly daysAbove: readonly DayAbove[];
  /** Reads on through the whole column until `done` says it has seen enough. */
  scan(column: number, done: (cell: CellValue) => boolean): Promise<void>;
}

/** Reads rows by one mapping, and notes what only the whole file can tell. */
export interface RowReader {
  parse(row: SourceRow): ParsedRow;
  /** What remains to be decided after the last row. */
  questions(): ImportQuestion[];
}

export interface Staged {
  readonly importId: string;
  readonly source: string;
  readonly columns: ImportMapping['columns'];
  /** Teams whose rows may be touched; null for all. */
  readonly teamIds: readonly string[] | null;
}

export interface ApplyRequest {
  readonly importId: string;
  readonly source: string;
  readonly columns: ImportMapping['columns'];
  readonly businessZone: string;
  readonly teamIds: readonly string[] | null;
  /** Folded name → id, for the people that were missing when the rows were staged. */
  readonly people: ReadonlyMap<string, number>;
}

export interface RollbackRequest {
  readonly importId: string;
  readonly source: string;
  /** When its rows were written; ISO 8601. */
  readonly appliedAt: string;
}

/** What an import needs to know about the things it imports. */
export interface ImportKind {
  readonly name: ImportKindName;
  readonly label: string;
  /** What one row is, in a sentence. */
  readonly about: string;
  readonly needed: readonly NeededColumn[];
  /** Its rows are people; elsewhere they name people. */
  readonly isAboutPeople?: boolean;
  /** Somebody has written them: the field `author` names who. */
  readonly isAuthored?: boolean;
  readonly fields: readonly FieldDefinition[];
  /** Fields that may stand in a column for each day, instead of the days in one; none by default. */
  readonly figures?: readonly string[];
  /** Whether words of this field may be given this meaning. */
  accepts(field: string, meaning: MappedValue): boolean;
  /** Decides from the columns' content how they are to be read, and asks where it cannot. */
  settle(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled>;
  reader(mapping: ImportMapping, reading: Reading): RowReader;
  /** Compares rows that were just read with what is stored, and corrects the preview. */
  classify(db: Db, staged: Staged): Promise<void>;
  /**
   * Compares the preview once more with what is stored, and corrects it.
   * @returns how many rows would overwrite something that the preview did not show
   */
  recheck(tx: Tx, request: ApplyRequest): Promise<number>;
  /**
   * Writes new and changed rows as the preview has them, all in the caller's transaction.
   * @returns ids of people it added: a roll-back takes them back, and asks for each whether they are in use
   */
  apply(tx: Tx, request: ApplyRequest): Promise<readonly number[] | void>;
  /** Keeps everybody else from the rows of a committed import until the transaction ends. */
  lock(tx: Tx, request: RollbackRequest): Promise<void>;
  /** What came after a committed import and depends on it, in the file's order; at most so many. */
  blockers(db: Db, request: RollbackRequest, limit: number): Promise<Blocker[]>;
  /** Gives changed rows their former values and removes new ones. Nothing may depend on them. */
  revert(tx: Tx, request: RollbackRequest): Promise<void>;
  /** Tells the planner of rows it has not met: whoever reads them next would read them the slow way. */
  analyze(db: Db): Promise<void>;
  /** What is to be known of the rows as a whole; nothing by default. */
  remarks?(db: Db, importId: string): Promise<readonly ImportRemark[]>;
  /** First and last business day of the rows that are not rejected. */
  period(db: Db, importId: string, businessZone: string): Promise<Period | null>;
}
