import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type Kysely, type RawBuilder } from 'kysely';

export { sql, type RawBuilder };

/**
 * What a repository works with: MikroORM's entity manager for single rows that are changed, and SQL with
 * bound parameters for everything that is read hot or written in sets. Both are in the same transaction.
 */
export class Db {
  readonly #kysely: Kysely<unknown>;
  readonly #fork: () => EntityManager;
  #em: EntityManager | undefined;

  /**
   * @param sql where the statements go
   * @param fork makes the entity manager when one is asked for; most reads never do
   */
  constructor(sql: Kysely<unknown>, fork: () => EntityManager) {
    this.#kysely = sql;
    this.#fork = fork;
  }

  get em(): EntityManager {
    return (this.#em ??= this.#fork());
  }

  async rows<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    return (await query.execute(this.#kysely)).rows;
  }

  async first<Row>(query: RawBuilder<Row>): Promise<Row | undefined> {
    return (await this.rows(query))[0];
  }

  /** Runs a statement and answers how many rows it touched. */
  async run(query: RawBuilder<unknown>): Promise<number> {
    return Number((await query.execute(this.#kysely)).numAffectedRows ?? 0);
  }
}

/** Conditions joined with `and`; none is true. */
export function every(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}
