import { sql } from '../../api/db/db.ts';
import type { TestApp } from './app.ts';

/** What is compared where not every column, or not every row, says that something was stored. */
const NARROWER: Readonly<Record<string, string>> = {
  // The relay numbers events in its own time.
  outbox_default: 'select id from outbox_default',
  // That a sign-in was refused is remembered and logged.
  audit_log_default: `select * from audit_log_default where action not in ('auth.login_failed', 'auth.password_failed')`,
  login_failures: 'select 1 where false',
  // Nor is it news that a key was used, be it for something it may not do.
  api_keys: 'select id, scopes, revoked_at from api_keys',
};

/**
 * What is stored, table by table: number of rows and a sum over their contents. Equal fingerprints
 * mean that nothing was written in between.
 */
export async function fingerprint(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const tables = await app.query(sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' order by 1`);
  const parts = tables.map(({ name }) => sql`
    select ${name}::text as name, count(*) || '/' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum
    from (${sql.raw(NARROWER[name] ?? `select * from ${name}`)}) t`);
  const rows = await app.query(sql<{ name: string; sum: string }>`${sql.join(parts, sql` union all `)}`);
  return Object.fromEntries(rows.map((row) => [row.name, row.sum]));
}
