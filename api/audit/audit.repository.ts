import { newId } from '../db/ids.ts';
import type { Principal } from '../auth/principal.ts';
import { sql, type Db } from '../db/db.ts';
import { kept } from '../db/kept-statements.ts';
import { maskPersonalData } from './mask.ts';

/** One state change. `before` and `after` hold the changed fields; personal data is masked on the way in. */
export interface AuditEntry {
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string | number;
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
}

/** Adds entries inside the transaction of what they are about. */
export async function insertAudit(tx: Db & { readonly by: Principal; readonly now: Date }, entries: readonly AuditEntry[]): Promise<void> {
  const json = (value: Record<string, unknown> | undefined): string | null =>
    value ? JSON.stringify(maskPersonalData(value)) : null;
  for (const entry of entries) {
    await tx.run(sql`${kept}
      insert into audit_log (id, at, actor_type, actor_id, action, target_type, target_id, before, after, request_id, ip_address)
      values (${newId()}, ${tx.now}, ${tx.by.kind}, ${actorId(tx.by)},
        ${entry.action}, ${entry.targetType}, ${String(entry.targetId)}, ${json(entry.before)}::jsonb,
        ${json(entry.after)}::jsonb, ${tx.by.requestId.slice(0, 100)}, ${tx.by.ip}::inet)`);
  }
}

/** The name of a key may change hands; its id does not. */
const actorId = (by: Principal): string => (by.kind === 'person' ? String(by.agentId) : (by.key?.id ?? by.name));
