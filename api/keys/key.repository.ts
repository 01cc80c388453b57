import type { KeyScope } from '../auth/key-scopes.ts';
import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** A key as read; of the secret itself there is nothing but a hash. Instants are ISO 8601. */
export interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: KeyScope[];
  createdAt: string;
  createdBy: { id: number; name: string } | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** What proves a key, and what it then may do. */
export interface StoredKey {
  id: string;
  name: string;
  hash: Buffer;
  scopes: KeyScope[];
  /** Milliseconds since the epoch. */
  expiresAt: number | null;
  /** Whether its last use was written less than a minute ago. */
  fresh: boolean;
}

const columns = sql`
  k.id, k.name, k.prefix, k.scopes, ${iso('k.created_at')} as "createdAt",
  case when a.id is not null then json_build_object('id', a.id, 'name', a.full_name) end as "createdBy",
  ${iso('k.expires_at')} as "expiresAt", ${iso('k.last_used_at')} as "lastUsedAt", ${iso('k.revoked_at')} as "revokedAt"`;

const from = sql`api_keys k left join agents a on a.id = k.created_by`;

export class KeyRepository {
  async list(db: Db, page: number, limit: number): Promise<{ rows: KeyRow[]; total: number }> {
    const rows = await db.rows(sql<KeyRow>`select ${columns} from ${from} order by k.created_at desc, k.id desc limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from api_keys`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, id: string): Promise<KeyRow | undefined> {
    return db.first(sql<KeyRow>`select ${columns} from ${from} where k.id = ${id}`);
  }

  async insert(db: Db, key: { id: string; name: string; prefix: string; hash: Buffer; scopes: readonly KeyScope[]; expiresAt: string | null; createdBy: number | null; now: Date }): Promise<void> {
    await db.run(sql`insert into api_keys (id, name, prefix, key_hash, scopes, created_by, created_at, expires_at)
      values (${key.id}, ${key.name}, ${key.prefix}, ${key.hash}, ${[...key.scopes]}::text[], ${key.createdBy}, ${key.now}, ${key.expiresAt}::timestamptz)`);
  }

  /** False when the key was revoked before. */
  async revoke(db: Db, id: string, by: number | null, now: Date): Promise<boolean> {
    return (await db.run(sql`update api_keys set revoked_at = ${now}, revoked_by = ${by} where id = ${id} and revoked_at is null`)) === 1;
  }

  /** The working keys that begin like this: one, unless two share 48 random bits. */
  async candidates(db: Db, prefix: string, now: Date): Promise<StoredKey[]> {
    return db.rows(sql<StoredKey>`
      select id, name, key_hash as hash, scopes, extract(epoch from expires_at)::float8 * 1000 as "expiresAt",
        coalesce(last_used_at > ${now}::timestamptz - interval '1 minute', false) as fresh
      from api_keys where prefix = ${prefix} and revoked_at is null and (expires_at is null or expires_at > ${now})`);
  }

  async touch(db: Db, id: string, now: Date): Promise<void> {
    await db.run(sql`update api_keys set last_used_at = ${now}
      where id = ${id} and (last_used_at is null or last_used_at <= ${now}::timestamptz - interval '1 minute')`);
  }
}
