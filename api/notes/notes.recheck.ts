import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Recheck } from '../realtime/replay.ts';
import type { NoteView } from './note.presenter.ts';
import type { NoteRepository } from './note.repository.ts';

/** Old events of a note follow the note as it is today: deleted, they are not replayed; private now, they were always private. */
export function noteRecheck(uow: UnitOfWork, notes: NoteRepository): Recheck {
  return async (events) => {
    const about = events.filter((event) => event.type === 'quickNote:created' || event.type === 'quickNote:updated');
    if (about.length === 0) return events;
    const privacy = await uow.read((db) => notes.privacy(db, about.map((event) => event.aggregateId)));
    const concerned = new Set(about);
    return events.flatMap((event) => {
      if (!concerned.has(event)) return [event];
      const isPrivate = privacy.get(event.aggregateId);
      if (isPrivate === undefined) return [];
      return isPrivate ? [{ ...event, payload: { ...(event.payload as NoteView), isPrivate: true } }] : [event];
    });
  };
}
