import { sql, type Db } from './db.ts';

/** Resolves when the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.first(sql`select 1`);
}

/** What the clock of the database says at this moment, in milliseconds of the epoch. */
export async function databaseTime(db: Db): Promise<number> {
  const row = await db.first(sql<{ ms: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`);
  return row!.ms; // a select without a table has one row
}

/** Tells everybody who listens to the channel; at most 8,000 bytes. */
export async function notify(db: Db, channel: string, text: string): Promise<void> {
  await db.run(sql`select pg_notify(${channel}, ${text})`);
}
