import type { RawBuilder } from '../../../db/db.ts';

/** What a row says of itself, as SQL: the id it goes by, and its parsed fields. */
export interface RowTerms {
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
  /** Teams whose rows may be touched; null for all. */
  readonly teamIds: readonly string[] | null;
}

/** How the rows of a kind meet what is stored. */
export interface StoredThings {
  /**
   * A `left join lateral (…) s on true` that finds the stored thing of a row: `s.id` as text, `s.values` as JSON with
   * the keys of parsed rows, `s.within` whether it may be touched. A look-up per row, by an index: what the planner
   * believes about tables that are just being filled can then do no harm.
   */
  find(row: RowTerms, where: Surroundings): RawBuilder<unknown>;
  /** A `select` of its `id` alone, from its table alone: it may be locked. */
  locate(row: RowTerms, where: Surroundings): RawBuilder<unknown>;
  /** Said of a row whose stored thing may not be touched. */
  readonly outside: string;
  /** Keys of parsed rows that are not compared, besides those that stand for the person's name. */
  readonly aside?: readonly string[];
}
