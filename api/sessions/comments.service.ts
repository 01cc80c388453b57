import type { Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { CommentRepository, SessionCommentRow } from './comment.repository.ts';
import { audienceOf, type SessionDesk } from './session-desk.ts';
import type { SessionLetters } from './session-letters.service.ts';
import { sessionCommented } from './sessions.events.ts';

/** What people say about a session, before, during and after it; whoever sees the session sees it. */
export class CommentsService {
  readonly #uow: UnitOfWork;
  readonly #desk: SessionDesk;
  readonly #comments: CommentRepository;
  readonly #letters: SessionLetters;

  constructor(deps: { uow: UnitOfWork; desk: SessionDesk; comments: CommentRepository; letters: SessionLetters }) {
    this.#uow = deps.uow;
    this.#desk = deps.desk;
    this.#comments = deps.comments;
    this.#letters = deps.letters;
  }

  /** @throws Problem 404. */
  list(by: Principal, id: string, page: number, limit: number): Promise<{ rows: SessionCommentRow[]; total: number }> {
    return this.#uow.read(async (db) => {
      await this.#desk.get(by, id);
      return this.#comments.list(db, id, page, limit);
    });
  }

  /** @throws Problem 404. */
  add(by: Principal, id: string, content: string): Promise<SessionCommentRow> {
    return this.#uow.write(by, async (tx) => {
      const { record, before } = await this.#desk.open(tx, by, id);
      const comment = await this.#comments.insert(tx, { id: newId(), sessionId: record.id, authorId: by.agentId, content, now: tx.now });
      tx.record(sessionCommented.record(record.id, comment, audienceOf(before)));
      const row = await this.#desk.announce(tx, record);
      tx.audit({ action: 'session.comment', targetType: 'coaching_session', targetId: record.id, after: { commentId: comment.id, content } });
      await this.#letters.commented(tx, row, comment.author.name, content, comment.id);
      return comment;
    });
  }
}
