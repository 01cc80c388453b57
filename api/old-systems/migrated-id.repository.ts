import { sql, type Db } from '../db/db.ts';

/** What became of a row of an old system. */
export interface MigratedId {
  readonly oldId: string;
  readonly targetType: string;
  readonly targetId: string;
  /** SHA-256, in hex, of what was taken over last. */
  readonly content: string;
  /** The version it was left in here; null for what was here before and is left alone. */
  readonly leftVersion: number | null;
}

export class MigratedIdRepository {
  /** Until the transaction ends nobody else brings rows of this system. */
  async lock(db: Db, system: string): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`old system ${system}`}, 1))`);
  }

  async find(db: Db, system: string, kind: string, oldIds: readonly string[]): Promise<Map<string, MigratedId>> {
    const rows = await db.rows(sql<MigratedId>`select old_id as "oldId", target_type as "targetType", target_id as "targetId", encode(content, 'hex') as content, left_version as "leftVersion"
      from migrated_ids where system = ${system} and kind = ${kind} and old_id = any(${[...oldIds]}::text[])`);
    return new Map(rows.map((row) => [row.oldId, row]));
  }

  async save(db: Db, system: string, kind: string, rows: readonly MigratedId[], now: Date): Promise<void> {
    if (rows.length === 0) return;
    await db.run(sql`insert into migrated_ids (system, kind, old_id, target_type, target_id, content, left_version, migrated_at)
      select ${system}, ${kind}, r."oldId", r."targetType", r."targetId", decode(r.content, 'hex'), r."leftVersion", ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("oldId" text, "targetType" text, "targetId" text, content text, "leftVersion" int)
      on conflict (system, kind, old_id) do update set (target_type, target_id, content, left_version, migrated_at)
        = (excluded.target_type, excluded.target_id, excluded.content, excluded.left_version, excluded.migrated_at)`);
  }

  /** People by an id they had in any old system; an id that several of them had answers each. */
  async people(db: Db, oldIds: readonly string[]): Promise<{ oldId: string; agentId: number }[]> {
    return db.rows(sql<{ oldId: string; agentId: number }>`select distinct m.old_id as "oldId", a.id as "agentId" from migrated_ids m join agents a on a.id::text = m.target_id
      where m.target_type = 'agent' and m.old_id = any(${[...oldIds]}::text[])`);
  }
}
