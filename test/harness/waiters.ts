import { sql } from '../../api/db/db.ts';
import type { TestApp } from './app.ts';

/**
 * Connections to this test's database that wait for somebody's lock. The other databases of the server, whose tables have the
 * same numbers because all are copies of one, do not count.
 *
 * @param table only those that wait for this table
 * @returns their process ids
 */
export async function waiters(app: Pick<TestApp, 'query'>, table?: string): Promise<number[]> {
  const ofTable = table === undefined ? sql`true` : sql`relation = ${table}::regclass`;
  const rows = await app.query(sql<{ pid: number }>`
    select pid from pg_locks where not granted and database = (select oid from pg_database where datname = current_database()) and ${ofTable}`);
  return rows.map(({ pid }) => pid);
}
