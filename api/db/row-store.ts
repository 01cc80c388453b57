import type { Db } from './db.ts';
import { newId } from './ids.ts';
import type { RowSet } from './row-set.ts';
import type { Tx } from './unit-of-work.ts';

/** Things of one kind that come many at once from elsewhere: written in sets, under ids of our own, and told to nobody. */
export class RowStore<Row extends { readonly id: string }> {
  readonly type: string;
  readonly #rows: RowSet<Row>;
  readonly #written: (tx: Tx, rows: readonly Row[]) => Promise<void>;

  /**
   * @param type what the audit log calls one of them
   * @param written does what belongs to rows that were just written, in the same transaction
   */
  constructor(type: string, rows: RowSet<Row>, written: (tx: Tx, rows: readonly Row[]) => Promise<void> = () => Promise.resolve()) {
    this.type = type;
    this.#rows = rows;
    this.#written = written;
  }

  ids(_tx: Tx | null, count: number): Promise<string[]> {
    return Promise.resolve(Array.from({ length: count }, newId));
  }

  versions(db: Db, ids: readonly string[], options: { readonly lock: boolean }): Promise<Map<string, number>> {
    return this.#rows.versions(db, ids, options);
  }

  async insert(tx: Tx, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#rows.insert(tx, rows, tx.now);
    await this.#written(tx, rows);
  }

  async update(tx: Tx, rows: readonly Row[]): Promise<void> {
    await this.#rows.update(tx, rows, tx.now);
    await this.#written(tx, rows);
  }
}
