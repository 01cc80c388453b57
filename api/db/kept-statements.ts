import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { FreeingClient } from './freeing-client.ts';

const MARK = '/* kept */ ';
/** Statements a connection keeps: each costs PostgreSQL some ten kilobytes there. Further ones are planned as they come. */
const MAX_KEPT = 100;
/** feature_not_supported: "cached plan must not change result type", after a migration has changed a column. */
const STALE_PLAN = '0A000';

/**
 * Begins a query that is asked many times a second with few variations of its text: PostgreSQL then parses and plans
 * it once per connection instead of every time, which is more than half of what a short query costs.
 * Not for queries whose best plan depends on the values.
 */
export const kept: RawBuilder<unknown> = sql.raw(MARK);

type Query = (...args: unknown[]) => Promise<unknown>;

/** A connection that keeps the statements marked with {@link kept}, by name. Not to be used behind PgBouncer. */
export class KeepingClient extends FreeingClient {
  readonly #names = new Map<string, string>();
  #stale = 0;

  /** Anything but a marked text with its values (a cursor, a callback, `begin`) goes through untouched. */
  // `never`, because no one type fits all overloads of the original, whose callers keep its types.
  override query(...args: unknown[]): never {
    const original = (super.query as Query).bind(this);
    const [text, values] = args;
    const name = typeof text === 'string' && text.startsWith(MARK) && args.length === 2 ? this.#nameOf(text) : undefined;
    if (name === undefined) return original(...args) as never;
    return original({ name, text, values }).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === STALE_PLAN)) throw error;
      this.#stale++;
      this.#names.clear();
      return original(...args);
    }) as never;
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MAX_KEPT) return known;
    const name = `${createHash('sha256').update(text).digest('hex').slice(0, 20)}_${this.#stale}`;
    this.#names.set(text, name);
    return name;
  }
}
