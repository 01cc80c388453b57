import { sql, type Db, type RawBuilder } from '../db/db.ts';

/** Rows per statement: enough to be set-wise, few enough for parameters of a few megabytes. */
const CHUNK = 5000;

export type Column = readonly [name: string, type: string];
type Cell = string | number | boolean | Date | null | undefined;

interface InsertOptions {
  /** Columns made of the others, which are to be had as `v.name`. */
  readonly more?: Readonly<Record<string, RawBuilder<unknown>>>;
  readonly tail?: RawBuilder<unknown>;
}

/** Inserts rows by the thousand, one array per column. A column with a star is only there for `more`. */
export async function insertRows(
  db: Db, table: string, columns: readonly Column[], rows: readonly (readonly Cell[])[], { more = {}, tail = sql`` }: InsertOptions = {},
): Promise<number> {
  const stored = columns.map(([name]) => name).filter((name) => !name.startsWith('*'));
  const names = columns.map(([name]) => sql.ref(name.replace('*', '')));
  const targets = [...stored, ...Object.keys(more)].map((name) => sql.ref(name));
  const values = [...stored.map((name) => sql.ref(`v.${name}`)), ...Object.values(more)];
  let written = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    const arrays = columns.map(([, type], i) => sql`${arrayText(chunk.map((row) => row[i]))}::${sql.raw(type)}[]`);
    written += await db.run(sql`insert into ${sql.table(table)} (${sql.join(targets)})
      select ${sql.join(values)} from unnest(${sql.join(arrays)}) as v(${sql.join(names)}) ${tail}`);
  }
  return written;
}

/** An array as PostgreSQL reads it; the driver's own way takes four times as long, and this is done for a million values. */
function arrayText(values: readonly Cell[]): string {
  return `{${values.map(elementText).join(',')}}`;
}

function elementText(value: Cell): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value instanceof Date ? value.toISOString() : value;
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`;
}

/** Columns that were handed over in milliseconds, as instants. */
export const instants = (...names: readonly string[]): Record<string, RawBuilder<unknown>> =>
  Object.fromEntries(names.map((name) => [name, sql`to_timestamp(${sql.ref(`v.${name}`)} / 1000)`]));
