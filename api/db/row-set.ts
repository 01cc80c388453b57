import { sql, type Db, type RawBuilder } from './db.ts';

/** Keys of a thing, and the column and the SQL type each stands for. */
export type Columns = Readonly<Record<string, readonly [column: string, type: string]>>;

/** A table whose rows are written many at once, each as an object with an `id`. The table has a `version`. */
export class RowSet<Row extends { readonly id: string }> {
  readonly #table: RawBuilder<unknown>;
  readonly #idType: RawBuilder<unknown>;
  readonly #columns: RawBuilder<unknown>;
  readonly #values: RawBuilder<unknown>;
  readonly #record: RawBuilder<unknown>;

  constructor(table: string, columns: Columns, idType: 'uuid' | 'integer' = 'uuid') {
    const entries = Object.entries(columns);
    this.#table = sql.table(table);
    this.#idType = sql.raw(idType);
    this.#columns = sql.raw(entries.map(([, [column]]) => column).join(', '));
    this.#values = sql.raw(entries.map(([key]) => `r."${key}"`).join(', '));
    this.#record = sql.raw(`r(id ${idType}, ${entries.map(([key, [, type]]) => `"${key}" ${type}`).join(', ')})`);
  }

  async insert(db: Db, rows: readonly Row[], now: Date): Promise<void> {
    if (rows.length === 0) return;
    await db.run(sql`insert into ${this.#table} (id, updated_at, ${this.#columns})
      select r.id, ${now}::timestamptz, ${this.#values} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${this.#record}`);
  }

  /** Gives rows that are there other values, and a version of their own. */
  async update(db: Db, rows: readonly Row[], now: Date): Promise<void> {
    if (rows.length === 0) return;
    await db.run(sql`update ${this.#table} t set (updated_at, version, ${this.#columns}) = (select ${now}::timestamptz, t.version + 1, ${this.#values})
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${this.#record} where t.id = r.id`);
  }

  /** The version of each of these that is there. */
  async versions(db: Db, ids: readonly string[], { lock }: { readonly lock: boolean }): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await db.rows(sql<{ id: string; version: number }>`select id::text as id, version from ${this.#table}
      where id = any(${[...ids]}::${this.#idType}[]) order by id ${lock ? sql`for update` : sql``}`);
    return new Map(rows.map((row) => [row.id, row.version]));
  }
}
