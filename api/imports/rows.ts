import { cut } from '../text/cut.ts';
import { fold } from './values/text.ts';

/** Why a cell keeps its row from being imported. */
export interface CellFault {
  readonly field: string;
  /** Where a person finds it (`J12`); null when the column itself is missing. */
  readonly cell: string | null;
  /** The cell as it reads, shortened. */
  readonly value: string | null;
  readonly code: string;
  readonly message: string;
}

/** A row of the file, read by the mapping and not yet compared with what is stored. */
export interface ParsedRow {
  /** 1, 2, 3 … over the non-blank data rows of the file. */
  readonly ordinal: number;
  readonly rowNumber: number;
  /** The id the file gives, or a hash of the row where it gives none. */
  readonly externalId: string;
  /** The id is a hash: equal rows are told apart by their order. */
  readonly hashed: boolean;
  /** Name of the person as the file has it; null without one. */
  readonly person: string | null;
  /** What its id says besides the person, where it goes by them: whatever the row calls them, it is the same person's. */
  readonly ofPerson?: string;
  /** Further names the file has for the same person. */
  readonly alsoKnownAs?: readonly string[];
  /** The mapped fields. Null when a cell is at fault. */
  readonly data: Record<string, unknown> | null;
  readonly faults: readonly CellFault[];
  /** Everything that it could say is blank, and it is left out. */
  readonly isEmpty?: boolean;
}

/** The id of a row that goes by its person, and by what it says of them. */
export const idOfPerson = (name: string, ofPerson: string): string => `${cut(fold(name), 120)} ${ofPerson}`;

/** Rows of a file by what becomes of them; `rows` is their sum. */
export interface ImportCounts {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** Business days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}
