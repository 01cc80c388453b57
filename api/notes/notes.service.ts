import type { AgentsService } from '../agents/agents.service.ts';
import { leads, scopeOf, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import type { NotePriority, NoteRecord, NoteType } from './note.entity.ts';
import { presentNote } from './note.presenter.ts';
import type { NoteFilters, NotePlace, NoteRepository, NoteRow } from './note.repository.ts';
import { noteCreated, noteDeleted, noteUpdated } from './notes.events.ts';

export interface NewNote {
  readonly agentId: number;
  readonly noteType: NoteType;
  readonly content: string;
  readonly priority?: NotePriority | undefined;
  readonly category?: string | undefined;
  readonly isPrivate?: boolean | undefined;
  readonly interactionId?: string | undefined;
}

export interface NoteChanges {
  readonly noteType?: NoteType | undefined;
  readonly content?: string | undefined;
  readonly priority?: NotePriority | undefined;
  readonly category?: string | undefined;
  readonly isPrivate?: boolean | undefined;
  readonly addressed?: boolean | undefined;
}

/** Answers whether an interaction is there and about that person; the interactions room lends it. */
export type InteractionIsAbout = (by: Principal, interactionId: string, agentId: number) => Promise<boolean>;

/** Quick notes: written by leaders about the people they lead, read by both unless private. */
export class NotesService {
  readonly #uow: UnitOfWork;
  readonly #notes: NoteRepository;
  readonly #agents: AgentsService;
  readonly #interactionIsAbout: InteractionIsAbout;

  constructor(deps: { uow: UnitOfWork; notes: NoteRepository; agents: AgentsService; interactionIsAbout: InteractionIsAbout }) {
    this.#uow = deps.uow;
    this.#notes = deps.notes;
    this.#agents = deps.agents;
    this.#interactionIsAbout = deps.interactionIsAbout;
  }

  list(by: Principal, filters: NoteFilters, page: number, limit: number): Promise<{ rows: NoteRow[]; total: number }> {
    return this.#uow.read((db) => this.#notes.list(db, by, scopeOf(by), filters, page, limit));
  }

  /** All of them, page by page, newest first: what {@link list} would show. */
  pages(by: Principal, filters: NoteFilters, gone?: AbortSignal): AsyncIterable<readonly NoteRow[]> {
    const read = (after: NotePlace | undefined, size: number) => this.#uow.report((db) => this.#notes.page(db, by, scopeOf(by), filters, after, size), gone);
    return pagesOf(PAGE_ROWS, read, ({ position, id }) => ({ createdAt: position, id }));
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<NoteRow> {
    const note = await this.#uow.read((db) => this.#notes.byId(db, by, scopeOf(by), id));
    if (!note) throw notFound('Note');
    return note;
  }

  /** @throws Problem 404 (nobody of that id in scope), 422 (about oneself, or an interaction of somebody else). */
  create(by: Principal, data: NewNote): Promise<NoteRow> {
    return this.#uow.write(by, async (tx) => {
      await this.#assertMayWriteAbout(by, data.agentId);
      if (data.interactionId && !(await this.#interactionIsAbout(by, data.interactionId, data.agentId))) {
        throw unprocessable('unknown_interaction', 'There is no such interaction of this person.', [{ path: '/body/interactionId', message: 'is not an interaction of this person' }]);
      }
      const note = {
        id: newId(),
        agentId: data.agentId,
        authorId: by.agentId,
        noteType: data.noteType,
        priority: data.priority ?? (data.noteType === 'URGENT' ? 'HIGH' : 'MEDIUM'),
        category: data.category ?? null,
        content: data.content,
        isPrivate: data.isPrivate ?? false,
        interactionId: data.interactionId ?? null,
        addressedAt: null,
        addressedBy: null,
        addressedInSession: null,
        deletedAt: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      } as const;
      await this.#notes.insert(tx, note);
      const row = await this.get(by, note.id);
      tx.record(noteCreated.record(note.id, presentNote(row), audience(note)));
      tx.audit({ action: 'note.create', targetType: 'quick_note', targetId: note.id, after: { ...data } });
      return row;
    });
  }

  /** @throws Problem 403 (somebody else's text), 404, 412. */
  update(by: Principal, id: string, changes: NoteChanges, expected?: number): Promise<NoteRow> {
    return this.#uow.write(by, async (tx) => {
      const note = await this.#lock(tx, by, id);
      const { addressed, ...fields } = changes;
      if (Object.keys(fields).length > 0) assertAuthor(by, note);
      else if (note.agentId === by.agentId) throw forbidden('A note about yourself is marked as addressed by those who lead you.');
      if (expected !== undefined && expected !== note.version) throw preconditionFailed();
      const wasPrivate = note.isPrivate;
      const before = Object.fromEntries(Object.keys(fields).map((key) => [key, note[key as keyof NoteRecord]]));
      Object.assign(note, fields, { updatedAt: tx.now }, addressed === undefined ? {} : addressing(note, addressed, by, tx.now));
      await tx.em.flush();
      const row = await this.get(by, id);
      if (note.isPrivate && !wasPrivate) tx.record(noteDeleted.record(id, { id, agentId: note.agentId }, { ...audience(note), withdrawn: true }));
      tx.record(noteUpdated.record(id, presentNote(row), audience(note)));
      tx.audit({ action: 'note.update', targetType: 'quick_note', targetId: id, before, after: { ...changes } });
      return row;
    });
  }

  /**
   * Marks notes as addressed by a coaching session, in its transaction; those that were addressed before stay as they are.
   *
   * @param agentIds the people of the session, of whom the notes must be about one
   * @throws Problem 422 naming the first that is no such note the caller may read
   */
  addressInSession(by: Principal, sessionId: string, noteIds: readonly string[], agentIds: readonly number[]): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      for (const id of noteIds) {
        const note = await this.#notes.forUpdate(tx, by, scopeOf(by), id);
        if (!note || !agentIds.includes(note.agentId)) throw unprocessable('unknown_note', 'There is no such note about the people of this session.', [{ path: '/body/addressedNoteIds', message: `${id} is no note about them` }]);
        if (note.addressedAt) continue;
        Object.assign(note, { addressedAt: tx.now, addressedBy: by.agentId, addressedInSession: sessionId, updatedAt: tx.now });
        await tx.em.flush();
        tx.record(noteUpdated.record(id, presentNote(await this.get(by, id)), audience(note)));
        tx.audit({ action: 'note.update', targetType: 'quick_note', targetId: id, before: { addressed: false }, after: { addressed: true, sessionId } });
      }
    });
  }

  /** @throws Problem 403 (somebody else's note), 404. */
  remove(by: Principal, id: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      const note = await this.#lock(tx, by, id);
      assertAuthor(by, note);
      note.deletedAt = tx.now;
      note.updatedAt = tx.now;
      await tx.em.flush();
      tx.record(noteDeleted.record(id, { id, agentId: note.agentId }, audience(note)));
      tx.audit({ action: 'note.delete', targetType: 'quick_note', targetId: id, before: { content: note.content, noteType: note.noteType, agentId: note.agentId } });
    });
  }

  async #lock(tx: Tx, by: Principal, id: string): Promise<NoteRecord> {
    const note = await this.#notes.forUpdate(tx, by, scopeOf(by), id);
    if (!note) throw notFound('Note');
    return note;
  }

  async #assertMayWriteAbout(by: Principal, agentId: number): Promise<void> {
    if (agentId === by.agentId) throw unprocessable('note_about_yourself', 'A note is written about somebody else.', [{ path: '/body/agentId', message: 'is yourself' }]);
    const agent = await this.#agents.get(agentId);
    if (!leads(by, agent.teamId)) throw notFound('Agent');
  }
}

function assertAuthor(by: Principal, note: NoteRecord): void {
  if (note.authorId !== by.agentId && by.role !== 'admin') throw forbidden('Only its author may change or delete a note.', 'not_the_author');
}

function addressing(note: NoteRecord, addressed: boolean, by: Principal, now: Date): Partial<NoteRecord> {
  if (!addressed) return { addressedAt: null, addressedBy: null, addressedInSession: null };
  return note.addressedAt ? {} : { addressedAt: now, addressedBy: by.agentId };
}

const audience = (note: Pick<NoteRecord, 'agentId' | 'authorId' | 'isPrivate'>): { agentId: number; authorId: number; isPrivate: boolean } => ({
  agentId: note.agentId,
  authorId: note.authorId,
  isPrivate: note.isPrivate,
});
