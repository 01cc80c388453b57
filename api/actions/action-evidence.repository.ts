import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { MetricId } from '../performance/metric-definitions.ts';

export interface CommentRow {
  readonly id: string;
  readonly actionItemId: string;
  readonly text: string;
  readonly author: { readonly id: number; readonly name: string };
  readonly createdAt: string;
}

export type EvidenceKind = 'interaction' | 'metric' | 'link' | 'text';

/** What is stored of a piece of evidence; keys are those of the wire. Days are `YYYY-MM-DD`, both included. */
export interface EvidenceRow {
  readonly id: string;
  readonly actionItemId: string;
  readonly kind: EvidenceKind;
  readonly interactionId: string | null;
  readonly metric: MetricId | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly url: string | null;
  readonly text: string | null;
  readonly addedBy: { readonly id: number; readonly name: string };
  readonly createdAt: string;
}

export type NewEvidenceRow = Omit<EvidenceRow, 'addedBy' | 'createdAt'> & { readonly addedBy: number; readonly createdAt: Date };

const commentColumns = sql`o.id, o.action_item_id as "actionItemId", o.text, json_build_object('id', o.author_id, 'name', a.full_name) as author, ${iso('o.created_at')} as "createdAt"`;
const evidenceColumns = sql`
  e.id, e.action_item_id as "actionItemId", e.kind, e.interaction_id as "interactionId", e.metric, e.from_date::text as "from", e.to_date::text as "to",
  e.url, e.text, json_build_object('id', e.added_by, 'name', a.full_name) as "addedBy", ${iso('e.created_at')} as "createdAt"`;

/** What was said about an action item, and what shows that it is done. Whether the item may be read, the service has asked. */
export class ActionEvidenceRepository {
  async comments(db: Db, itemId: string, page: number, limit: number): Promise<{ rows: CommentRow[]; total: number }> {
    const rows = await db.rows(sql<CommentRow>`select ${commentColumns} from action_comments o join agents a on a.id = o.author_id
      where o.action_item_id = ${itemId} order by o.created_at, o.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from action_comments where action_item_id = ${itemId}`);
    return { rows, total: count?.n ?? 0 };
  }

  async addComment(db: Db, { id, itemId, authorId, text, at }: { id: string; itemId: string; authorId: number; text: string; at: Date }): Promise<CommentRow> {
    await db.run(sql`insert into action_comments (id, action_item_id, author_id, text, created_at) values (${id}, ${itemId}, ${authorId}, ${text}, ${at})`);
    const row = await db.first(sql<CommentRow>`select ${commentColumns} from action_comments o join agents a on a.id = o.author_id where o.id = ${id}`);
    if (!row) throw new Error('a comment that was just written is not there');
    return row;
  }

  async evidence(db: Db, itemId: string, page: number, limit: number): Promise<{ rows: EvidenceRow[]; total: number }> {
    const rows = await db.rows(sql<EvidenceRow>`select ${evidenceColumns} from action_evidence e join agents a on a.id = e.added_by
      where e.action_item_id = ${itemId} order by e.created_at, e.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from action_evidence where action_item_id = ${itemId}`);
    return { rows, total: count?.n ?? 0 };
  }

  async addEvidence(db: Db, row: NewEvidenceRow): Promise<EvidenceRow> {
    await db.run(sql`
      insert into action_evidence (id, action_item_id, kind, interaction_id, metric, from_date, to_date, url, text, added_by, created_at)
      values (${row.id}, ${row.actionItemId}, ${row.kind}, ${row.interactionId}, ${row.metric}, ${row.from}, ${row.to}, ${row.url}, ${row.text}, ${row.addedBy}, ${row.createdAt})`);
    const stored = await db.first(sql<EvidenceRow>`select ${evidenceColumns} from action_evidence e join agents a on a.id = e.added_by where e.id = ${row.id}`);
    if (!stored) throw new Error('evidence that was just written is not there');
    return stored;
  }
}
