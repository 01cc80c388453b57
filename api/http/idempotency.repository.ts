import { sql, type Db } from '../db/db.ts';

/** Whose key of which operation. */
export interface KeyId {
  readonly owner: string;
  readonly operation: string;
  readonly key: string;
}

export interface StoredAnswer {
  readonly requestHash: Buffer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Takes the key until the transaction ends; false when another transaction has it. */
export async function claim(db: Db, { owner, operation, key }: KeyId): Promise<boolean> {
  const row = await db.first(sql<{ held: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`${owner}:${operation}:${key}`}, 42)) as held`);
  return row?.held === true;
}

/** The answer given under this key in the last 24 hours. */
export const storedAnswer = (db: Db, { owner, operation, key }: KeyId, now: Date): Promise<StoredAnswer | undefined> =>
  db.first(sql<StoredAnswer>`
    select request_hash as "requestHash", status, headers, body from idempotency_keys
    where principal = ${owner} and operation = ${operation} and key = ${key} and created_at > ${now}::timestamptz - interval '24 hours'`);

export const storeAnswer = (db: Db, { owner, operation, key }: KeyId, answer: StoredAnswer, now: Date): Promise<number> =>
  db.run(sql`
    insert into idempotency_keys (principal, operation, key, request_hash, status, headers, body, created_at)
    values (${owner}, ${operation}, ${key}, ${answer.requestHash}, ${answer.status}, ${JSON.stringify(answer.headers)}::jsonb,
      ${JSON.stringify(answer.body)}::jsonb, ${now})
    on conflict (principal, operation, key) do update set request_hash = excluded.request_hash, status = excluded.status,
      headers = excluded.headers, body = excluded.body, created_at = excluded.created_at`);
