import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentNote } from './note.presenter.ts';
import type { NotesService } from './notes.service.ts';

export type NotesOperations = 'listQuickNotes' | 'createQuickNote' | 'getQuickNote' | 'updateQuickNote' | 'deleteQuickNote';

export const notesRoutes = (notes: NotesService) =>
  defineHandlers<NotesOperations>({
    listQuickNotes: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await notes.list(principal, filters, page, limit);
      return { status: 200, body: { quickNotes: rows.map(presentNote), pagination: pageMeta(total, page, limit) } };
    },
    createQuickNote: async ({ principal, body }) => {
      const note = await notes.create(principal, body);
      return { status: 201, body: presentNote(note), headers: { ...etag(note.version), Location: `/api/quick-notes/${note.id}` } };
    },
    getQuickNote: async ({ principal, params }) => {
      const note = await notes.get(principal, params.id);
      return { status: 200, body: presentNote(note), headers: etag(note.version) };
    },
    updateQuickNote: async ({ principal, params, body, headers }) => {
      const note = await notes.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentNote(note), headers: etag(note.version) };
    },
    deleteQuickNote: async ({ principal, params }) => {
      await notes.remove(principal, params.id);
      return { status: 204, body: undefined };
    },
  });
