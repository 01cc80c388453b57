import type { RawBuilder } from '../../../db/db.ts';
import type { ImportMapping } from '../../mapping/import-mapping.ts';

/** What a row says of itself, as SQL: the id it goes by, and its parsed fields. */
export interface RowTerms {
  /** As the spreadsheet shows it. */
  readonly rowNumber: RawBuilder<unknown>;
  readonly externalId: RawBuilder<unknown>;
  readonly data: RawBuilder<unknown>;
  /** Id of its person, null where nobody is named or the person is still to be added. */
  readonly agentId: RawBuilder<unknown>;
  /** Id of the stored thing as text, once it is known. */
  readonly targetId: RawBuilder<unknown>;
}

/** Where it is looked for. */
export interface Surroundings {
  readonly source: string;
  readonly columns: ImportMapping['columns'];
  /** Teams whose rows may be touched; null for all. */
  readonly teamIds: readonly string[] | null;
  /** The import that asks; it knows who brought the file. */
  readonly importId: string;
}

/** How the rows of a kind meet what is stored. */
export interface StoredThings {
  /**
   * A `left join lateral (…) s on true` that finds the stored thing of a row: `s.id` as text, `s.values` as JSON with
   * the keys of parsed rows, and what {@link objection} needs. A look-up per row, by an index: what the planner believes
   * about tables that are just being filled can then do no harm.
   */
  find(row: RowTerms, where: Surroundings): RawBuilder<unknown>;
  /** A `select` of its `id` alone, and of its `version` where it is {@link versioned}, from its table alone: it may be locked. */
  locate(row: RowTerms, where: Surroundings): RawBuilder<unknown>;
  /** Why a readable row may not be written all the same, as text; null where it may. May look at `s`, whose `id` is null for a new row. */
  objection(row: RowTerms, where: Surroundings): RawBuilder<unknown>;
  /**
   * Rows for which nothing was stored are compared again too before they are written: there can be something against them,
   * or {@link locate} does not find what somebody has stored since.
   */
  readonly comparesNew?: boolean;
  /**
   * It has a version, which is another as soon as anything else is that {@link find} reads of it, and `s` has it too: of rows
   * whose things have stayed as they were, nothing has to be compared again.
   */
  readonly versioned?: boolean;
  /** Code of such a refusal, as text; may be SQL that looks at what {@link objection} does. */
  readonly objectionCode: string | ((row: RowTerms) => RawBuilder<unknown>);
  /** A row's data as it will be stored, where files say the same thing in several ways. */
  canonical?(data: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Fields whose cells a refused row is shown by: the first that the file has and the row fills. The person by default. */
  readonly knownBy?: readonly string[];
  /** Field → whether its cell is what {@link objection} is about, as SQL over what that looks at; else {@link knownBy} says which is shown. */
  blamed?(row: RowTerms): Readonly<Record<string, RawBuilder<unknown>>>;
  /** What rows that go by the same thing do, as part of a sentence; `have the same id` by default. */
  readonly sameness?: string;
  /** Keys that no two rows of a file may share, besides their id; case does not matter. */
  readonly unique?: readonly string[];
  /** Keys of parsed rows that are not compared, besides those that stand for the person's name. */
  readonly aside?: readonly string[];
}
