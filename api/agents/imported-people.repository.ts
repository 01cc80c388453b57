import { sql, type Db } from '../db/db.ts';

/** What a person can be recognised by in somebody else's file. */
export interface KnownPerson {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly teamId: string | null;
}

export const everybody = (db: Db): Promise<KnownPerson[]> =>
  db.rows(sql<KnownPerson>`select id, username, email, full_name as "fullName", team_id as "teamId" from agents order by id`);

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
