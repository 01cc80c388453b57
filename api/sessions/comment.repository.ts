import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** What somebody said about a session. Keys are those of the wire. */
export interface SessionCommentRow {
  id: string;
  sessionId: string;
  author: { id: number; name: string };
  content: string;
  createdAt: string;
}

const columns = sql`c.id, c.session_id as "sessionId", json_build_object('id', c.author_id, 'name', a.full_name) as author, c.content, ${iso('c.created_at')} as "createdAt"`;

/** Comments of a session; whoever asks has made sure that it may be read. */
export class CommentRepository {
  async list(db: Db, sessionId: string, page: number, limit: number): Promise<{ rows: SessionCommentRow[]; total: number }> {
    const rows = await db.rows(sql<SessionCommentRow>`select ${columns} from session_comments c join agents a on a.id = c.author_id
      where c.session_id = ${sessionId} order by c.created_at, c.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from session_comments where session_id = ${sessionId}`);
    return { rows, total: count?.n ?? 0 };
  }

  async insert(db: Db, comment: { id: string; sessionId: string; authorId: number; content: string; now: Date }): Promise<SessionCommentRow> {
    const { id, sessionId, authorId, content, now } = comment;
    await db.run(sql`insert into session_comments (id, session_id, author_id, content, created_at) values (${id}, ${sessionId}, ${authorId}, ${content}, ${now})`);
    const row = await db.first(sql<SessionCommentRow>`select ${columns} from session_comments c join agents a on a.id = c.author_id where c.id = ${id}`);
    return row!; // it was just written
  }
}
