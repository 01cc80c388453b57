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
  readonly #gone: AbortSignal | undefined;
  #em: EntityManager | undefined;

  /**
   * @param sql where the statements go
   * @param fork makes the entity manager when one is asked for; most reads never do
   * @param gone whoever waits for the rows has gone: they are read no further
   */
  constructor(sql: Kysely<unknown>, fork: () => EntityManager, gone?: AbortSignal) {
    this.#kysely = sql;
    this.#fork = fork;
    this.#gone = gone;
  }

  get em(): EntityManager {
    return (this.#em ??= this.#fork());
  }

  async rows<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    if (this.#gone && !this.#kysely.isTransaction) return rowsUnlessGone(this.#kysely, query, this.#gone);
    return (await query.execute(this.#kysely)).rows;
  }

  async first<Row>(query: RawBuilder<Row>): Promise<Row | undefined> {
    return (await this.rows(query))[0];
  }

  /** Runs a statement and answers how many rows it touched. */
  async run(query: RawBuilder<unknown>): Promise<number> {
    return Number((await query.execute(this.#kysely)).numAffectedRows ?? 0);
  }

  /** Works in this transaction until nobody waits for it any more; see {@link unlessGone}. */
  unlessGone<T>(outside: Db, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
    return unlessGone(this.#kysely, outside.#kysely, gone, work);
  }
}

/** @throws the signal's reason */
async function rowsUnlessGone<Row>(kysely: Kysely<unknown>, query: RawBuilder<Row>, gone: AbortSignal): Promise<Row[]> {
  gone.throwIfAborted();
  return kysely.transaction().setAccessMode('read only').execute((transaction) =>
    unlessGone(transaction, kysely, gone, async () => (await query.execute(transaction)).rows));
}

/**
 * Works in a transaction until nobody waits for it any more: PostgreSQL is then told to stop, also in the middle of a statement.
 * The transaction holds the connection until it has been told, so that nobody else's statement is hit, and holds it behind
 * PgBouncer too.
 *
 * @param outside another connection to the same server
 * @throws the signal's reason
 */
export async function unlessGone<T>(transaction: Kysely<unknown>, outside: Kysely<unknown>, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { rows: [backend] } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
  let told: Promise<unknown> | undefined;
  const tell = (): void => void (told = sql`select pg_cancel_backend(${backend?.pid})`.execute(outside).catch(() => undefined));
  gone.throwIfAborted();
  gone.addEventListener('abort', tell);
  try {
    const result = await work();
    gone.throwIfAborted();
    return result;
  } catch (error) {
    gone.throwIfAborted();
    throw error;
  } finally {
    gone.removeEventListener('abort', tell);
    await told;
  }
}

/** Conditions joined with `and`; none is true. */
export function every(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}
