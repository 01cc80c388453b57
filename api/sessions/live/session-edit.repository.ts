import { sql, type Db, type RawBuilder } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';

/** Values by field, as far as an audit log says them. */
export type Hints = Readonly<Record<string, unknown>>;

/** What somebody wrote in a session in one go. Instants are ISO 8601. */
export interface EditRow {
  readonly sessionId: string;
  readonly authorId: number;
  readonly beganAt: string;
  readonly lastAt: string;
  readonly writes: number;
  readonly before: Hints;
  readonly after: Hints;
  readonly requestId: string;
  readonly ip: string | null;
}

const columns = sql`session_id as "sessionId", author_id as "authorId", ${iso('began_at')} as "beganAt", ${iso('last_at')} as "lastAt", writes, before, after,
  request_id as "requestId", host(ip_address) as ip`;

/** Edits that are not in the audit log yet: one row per session and author. */
export class SessionEditRepository {
  /** Adds a write to what its author has in hand, or begins anew. */
  async add(db: Db, edit: { sessionId: string; authorId: number; at: Date; before: Hints; after: Hints; requestId: string; ip: string | null }): Promise<void> {
    await db.run(sql`
      insert into session_edits as e (session_id, author_id, began_at, last_at, before, after, request_id, ip_address)
      values (${edit.sessionId}, ${edit.authorId}, ${edit.at}, ${edit.at}, ${JSON.stringify(edit.before)}::jsonb, ${JSON.stringify(edit.after)}::jsonb,
        ${edit.requestId.slice(0, 100)}, ${edit.ip}::inet)
      on conflict (session_id, author_id) do update set last_at = excluded.last_at, writes = e.writes + 1,
        before = excluded.before || e.before, after = e.after || excluded.after`);
  }

  /** Takes what an author has finished in a session, if there is any. */
  async takeFinished(db: Db, sessionId: string, authorId: number, limits: EditLimits): Promise<EditRow | undefined> {
    return db.first(sql<EditRow>`delete from session_edits where session_id = ${sessionId} and author_id = ${authorId} and ${finished(limits)} returning ${columns}`);
  }

  /** Who has finished something in which session, and how they last came in. */
  finished(db: Db, limits: EditLimits): Promise<Pick<EditRow, 'sessionId' | 'authorId' | 'requestId' | 'ip'>[]> {
    return db.rows(sql<EditRow>`select ${columns} from session_edits where ${finished(limits)} order by session_id, author_id limit 1000`);
  }
}

/** Somebody is finished who wrote nothing since, or began before. */
export interface EditLimits {
  readonly silentSince: Date;
  readonly begunBefore: Date;
}

const finished = ({ silentSince, begunBefore }: EditLimits): RawBuilder<unknown> => sql`(last_at <= ${silentSince} or began_at <= ${begunBefore})`;
