import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import { addDays } from '../shared/business-day.ts';
import { draggedNote, titleOf, type DraggedNote } from '../shared/dragged-note.ts';
import type { Locale } from '../shared/locale.ts';

const DUE_DAYS = 14;

/** What became of a note, in words; `missing` when there is no session to talk about it in. */
export interface Promoted {
  readonly text: string;
  readonly missing?: boolean;
}

/**
 * Makes a note a point of the next session with the person. Made twice it is one point.
 *
 * @param own whether it is the person's own session
 * @throws ApiError
 */
export async function toAgenda(client: SidelineClient, locale: Locale, note: DraggedNote, own: boolean): Promise<Promoted> {
  const status = ['live', 'preparing', 'scheduled'] as const;
  const { data } = await body(client.http.GET('/api/coaching-sessions', { params: { query: { agentId: note.agentId, status: [...status], order: 'earliest', limit: 20 } } }));
  const next = status.map((wanted) => data.find((session) => session.status === wanted)).find(Boolean);
  if (!next) return { text: locale.t(own ? 'notes.noSessionOwn' : 'notes.noSession', { name: note.agentName }), missing: true };
  const when = locale.instant(next.scheduledAt);
  if (next.agenda.some(({ refId }) => refId === note.id)) return { text: locale.t('notes.alreadyOnAgenda', { when }) };
  const header = { 'Idempotency-Key': `agenda-${next.id}-${note.id}` };
  await body(client.http.POST('/api/coaching-sessions/{id}/agenda', { params: { path: { id: next.id }, header }, body: draggedNote.toPoint(note) }));
  return { text: locale.t('notes.onAgenda', { when }) };
}

/** Makes a note an action item of the person, due in two weeks. Made twice within a day it is one item. @throws ApiError */
export async function toAction(client: SidelineClient, locale: Locale, note: DraggedNote, today: string): Promise<Promoted> {
  const title = titleOf(note.content);
  const dueDate = addDays(today, DUE_DAYS);
  const data = { agentId: note.agentId, title, dueDate, ...(title === note.content.trim() ? {} : { description: note.content }), ...(note.category ? { category: note.category } : {}) };
  await body(client.http.POST('/api/action-items', { params: { header: { 'Idempotency-Key': `action-${note.id}` } }, body: data }));
  return { text: locale.t('notes.actionMade', { name: note.agentName, when: locale.day(dueDate) }) };
}
