import { sql, type Db } from '../../db/db.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import { remembered, type Memory, type PartialMapping } from './import-mapping.ts';

/**
 * Decisions about files, by kind, header and whoever brought the file. Everybody is answered with their own; who has none, with
 * those of the manager or administrator who decided last: what a leader says of their people holds for nobody else.
 */
export class MappingMemoryRepository {
  /** @param agentId whose file it is */
  async recall(db: Db, kind: ImportKindName, signature: string, agentId: number): Promise<Memory | null> {
    const row = await db.first(sql<Memory>`
      select m.mapping, m.decided_by = ${agentId} as "isOwn"
      from import_mappings m join agents a on a.id = m.decided_by
      where m.kind = ${kind} and m.signature = ${signature} and (m.decided_by = ${agentId} or (a.is_active and a.role in ('admin', 'manager')))
      order by 2 desc, m.updated_at desc limit 1`);
    return row ?? null;
  }

  async remember(db: Db, kind: ImportKindName, signature: string, agentId: number, mapping: PartialMapping, now: Date): Promise<void> {
    await db.run(sql`insert into import_mappings (kind, signature, decided_by, mapping, updated_at)
      values (${kind}, ${signature}, ${agentId}, ${JSON.stringify(remembered(mapping))}::jsonb, ${now})
      on conflict (kind, signature, decided_by) do update set mapping = excluded.mapping, updated_at = excluded.updated_at`);
  }

  /** What others have decided is forgotten for this person as well: that they have decided nothing is what is remembered. */
  async forget(db: Db, kind: ImportKindName, signature: string, agentId: number, now: Date): Promise<void> {
    await this.remember(db, kind, signature, agentId, {}, now);
  }
}
