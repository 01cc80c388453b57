import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Recheck } from '../realtime/replay.ts';
import type { SessionRepository } from './session.repository.ts';

const ABOUT_SESSIONS = new Set(['session:updated', 'session:commented']);

/**
 * Old events of a session that was given to others since are not replayed to whoever took part then: the event of that
 * change, which follows, tells those who take part today. Comments go to these as well.
 */
export function sessionRecheck(uow: UnitOfWork, sessions: SessionRepository): Recheck {
  return async (events) => {
    const about = events.filter((event) => ABOUT_SESSIONS.has(event.type));
    if (about.length === 0) return events;
    const today = await uow.read((db) => sessions.participation(db, about.map((event) => event.aggregateId)));
    return events.flatMap((event) => {
      if (!ABOUT_SESSIONS.has(event.type)) return [event];
      const now = today.get(event.aggregateId);
      if (!now) return [];
      const { facilitatorId, attendeeIds = [] } = event.audience;
      const same = facilitatorId === now.facilitatorId && attendeeIds.length === now.attendeeIds.length && attendeeIds.every((id) => now.attendeeIds.includes(id));
      if (same) return [event];
      return event.type === 'session:commented' ? [{ ...event, audience: { ...event.audience, ...now } }] : [];
    });
  };
}
