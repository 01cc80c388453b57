import { sql, type Db } from './db.ts';

/** Resolves when the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.first(sql`select 1`);
}

/** Tells everybody who listens to the channel; at most 8,000 bytes. */
export async function notify(db: Db, channel: string, text: string): Promise<void> {
  await db.run(sql`select pg_notify(${channel}, ${text})`);
}
