import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { referencesTo } from '../db/references.ts';

/** What a person can be recognised by in somebody else's file. */
export interface KnownPerson {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly teamId: string | null;
  readonly role: string;
}

export const everybody = (db: Db): Promise<KnownPerson[]> =>
  db.rows(sql<KnownPerson>`select id, username, email, full_name as "fullName", team_id as "teamId", role from agents order by id`);

/** Held until the transaction ends. */
export const lock = (db: Db): Promise<number> => db.run(sql`select pg_advisory_xact_lock(hashtextextended('imported people', 1))`);

/** User names that begin like one of these, and the local parts of every e-mail at `domain`; in lower case. */
export async function takenNames(db: Db, bases: readonly string[], domain: string): Promise<string[]> {
  const patterns = bases.map((base) => `${base}%`);
  const rows = await db.rows(sql<{ taken: string }>`
    select lower(username) as taken from agents where lower(username) like any(${patterns})
    union select split_part(lower(email), '@', 1) from agents where lower(email) like ${`%@${domain}`}`);
  return rows.map((row) => row.taken);
}

/** Rows of these say which import brought them: what the import itself wrote is no use of a person. */
const IMPORTED: ReadonlySet<string> = new Set(['interactions', 'quick_notes', 'action_items', 'presence_intervals', 'agent_performance_metrics']);

/** Only some rows of these were brought by somebody; the others follow from what was. */
const BROUGHT: Readonly<Record<string, RawBuilder<unknown>>> = { agent_performance_metrics: sql`x.origin = 'imported'` };

/** Follows from what was done about a person, or is told to them by itself: no reason to keep the person. */
const DERIVED: ReadonlySet<string> = new Set([
  'agent_name_words', 'stale_days', 'stale_figures', 'notifications', 'notification_occasions', 'notification_digests', 'notification_digest_items',
]);

/**
 * Why people an import added cannot be taken back: changed or signed in since, or something refers to them. What the
 * import itself wrote about them does not count.
 *
 * @returns the name and the table (`agents` where they themselves changed), each person once
 */
export async function inUse(db: Db, ids: readonly number[], importId: string): Promise<{ name: string; table: string }[]> {
  const found = await db.rows(sql<{ id: number; name: string; table: string }>`
    select id, full_name as name, 'agents' as table from agents where id = any(${[...ids]}::int[]) and (version > 1 or last_login_at is not null) order by id`);
  for (const { table, column, softDeletes } of await referencesTo(db, 'agents')) {
    if (DERIVED.has(table)) continue;
    const counts = [...(softDeletes ? [sql`x.deleted_at is null`] : []), ...(IMPORTED.has(table) ? [sql`x.import_id is distinct from ${importId}`] : []), ...(BROUGHT[table] ? [BROUGHT[table]] : [])];
    found.push(...(await db.rows(sql<{ id: number; name: string; table: string }>`
      select a.id, a.full_name as name, ${table}::text as table from agents a
      where a.id = any(${[...ids]}::int[]) and exists (select from ${sql.table(table)} x where x.${sql.ref(column)} = a.id and ${every(counts)}) order by a.id`)));
  }
  return [...new Map(found.reverse().map(({ id, ...use }) => [id, use])).values()].reverse();
}

export const remove = (db: Db, ids: readonly number[]): Promise<number> => db.run(sql`delete from agents where id = any(${[...ids]}::int[])`);
