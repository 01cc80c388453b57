import { sql, type Db, type RawBuilder } from '../db/db.ts';

/** Rows taken at once: short transactions, so that nobody waits for the cleaner. */
const BATCH = 5000;

/**
 * How long things are kept once they are of no more use. Events outlive the 24 hours a client may resume over;
 * an event that is not published yet is never touched.
 */
const EXPIRED: readonly { readonly what: string; readonly statement: (now: Date) => RawBuilder<unknown> }[] = [
  {
    what: 'events',
    statement: (now) => sql`delete from outbox where (id, occurred_at) in (
      select id, occurred_at from outbox where published_at is not null and occurred_at < ${now}::timestamptz - interval '48 hours' limit ${BATCH})`,
  },
  {
    what: 'idempotency keys',
    statement: (now) => sql`delete from idempotency_keys where (principal, operation, key) in (
      select principal, operation, key from idempotency_keys where created_at < ${now}::timestamptz - interval '24 hours' limit ${BATCH})`,
  },
  {
    what: 'sign-ins',
    statement: (now) => sql`delete from auth_sessions where id in (
      select id from auth_sessions where least(expires_at, coalesce(revoked_at, expires_at)) < ${now}::timestamptz - interval '30 days' limit ${BATCH})`,
  },
  {
    what: 'sessions',
    statement: (now) => sql`delete from agent_sessions where id in (
      select id from agent_sessions where not is_active and ended_at < ${now}::timestamptz - interval '30 days' limit ${BATCH})`,
  },
  {
    what: 'one-time links',
    statement: (now) => sql`delete from one_time_tokens where expires_at < ${now}::timestamptz - interval '30 days'`,
  },
  {
    what: 'mails',
    statement: (now) => sql`delete from mails where id in (
      select id from mails where ended_at < ${now}::timestamptz - interval '30 days' limit ${BATCH})`,
  },
  {
    what: 'notifications',
    statement: (now) => sql`delete from notifications where id in (
      select id from notifications where updated_at < ${now}::timestamptz - interval '90 days' limit ${BATCH})`,
  },
  {
    // As long as the notifications: until then nobody is told of the same thing again.
    what: 'occasions of notifications',
    statement: (now) => sql`delete from notification_occasions where (recipient_id, key) in (
      select recipient_id, key from notification_occasions where at < ${now}::timestamptz - interval '90 days' limit ${BATCH})`,
  },
  {
    // Of people who are not there any more: everybody else has had them in a digest.
    what: 'items of digests',
    statement: (now) => sql`delete from notification_digest_items where id in (
      select id from notification_digest_items where at < ${now}::timestamptz - interval '30 days' limit ${BATCH})`,
  },
  {
    what: 'digests',
    statement: (now) => sql`delete from notification_digests where made_at < ${now}::timestamptz - interval '30 days'`,
  },
  {
    what: 'failed sign-ins',
    statement: (now) => sql`delete from login_failures where last_failed_at < ${now}::timestamptz - interval '2 days'`,
  },
];

export class RetentionRepository {
  /** Deletes everything expired, batch by batch, and answers how much of what. */
  async clear(read: <T>(work: (db: Db) => Promise<T>) => Promise<T>, now: Date): Promise<Record<string, number>> {
    const cleared: Record<string, number> = {};
    for (const { what, statement } of EXPIRED) {
      let deleted: number;
      do {
        deleted = await read((db) => db.run(statement(now)));
        cleared[what] = (cleared[what] ?? 0) + deleted;
      } while (deleted === BATCH);
    }
    return { ...cleared, 'words of names': await this.#clearWords(read) };
  }

  /** Words of which nobody's name consists any more; none while somebody is being named. */
  async #clearWords(read: <T>(work: (db: Db) => Promise<T>) => Promise<T>): Promise<number> {
    for (let total = 0; ; ) {
      const row = await read((db) => db.first(sql<{ n: number }>`select clear_unused_words(${BATCH}) as n`));
      total += row?.n ?? 0;
      if (row?.n !== BATCH) return total;
    }
  }
}
