import { defineEvent, leadership, rooms, type Audience, type Delivery, type Directory } from '../events/event.ts';
import type { SessionCommentRow } from './comment.repository.ts';
import { presentToAttendee, type SessionView } from './session.presenter.ts';

/** Who holds a session, those who lead somebody in it, managers and administrators: they read all of it. */
function wholeReaders({ facilitatorId, attendeeIds = [] }: Audience, directory: Directory): string[] {
  const holding = facilitatorId === undefined ? [] : [rooms.agent(facilitatorId)];
  return [...new Set([...holding, rooms.managers, ...attendeeIds.flatMap((id) => leadership(directory.teamOf(id)))])];
}

const readers = (audience: Audience, directory: Directory): string[] => [...wholeReaders(audience, directory), ...(audience.attendeeIds ?? []).map(rooms.agent)];

/** A session is no longer what was fetched, or may be read from now on. */
export const sessionUpdated = defineEvent<SessionView>({
  type: 'session:updated',
  aggregate: 'coaching_session',
  deliveries: ({ payload, audience }, directory) => {
    const { attendeeIds = [] } = audience;
    if (attendeeIds.length === 1) return [{ rooms: readers(audience, directory), payload }];
    const whole = wholeReaders(audience, directory);
    const toAttendees = attendeeIds.map((id): Delivery => ({ rooms: [rooms.agent(id)], except: whole, payload: presentToAttendee(payload, id) }));
    return [{ rooms: whole, payload }, ...toAttendees];
  },
  // Who takes part may have changed, unless somebody only wrote in it.
  reconsiders: ({ aggregateId, audience }) => (audience.passing ? [] : [rooms.session(aggregateId)]),
  shows: (payload) => payload as SessionView,
});

/** Out of reach of those who take no further part and of those who lead them; not of whoever may read it still. */
export const sessionWithdrawn = defineEvent<{ id: string; agentIds: readonly number[] }>({
  type: 'session:withdrawn',
  aggregate: 'coaching_session',
  deliveries: ({ payload, audience }, directory) => {
    const former = [...new Set(payload.agentIds.flatMap((id) => [rooms.agent(id), ...leadership(directory.teamOf(id))]))];
    return former.length === 0 ? [] : [{ rooms: former, except: readers(audience, directory), payload }];
  },
});

/** Somebody commented, for everybody who reads the session. */
export const sessionCommented = defineEvent<SessionCommentRow>({
  type: 'session:commented',
  aggregate: 'coaching_session',
  deliveries: ({ payload, audience }, directory) => [{ rooms: readers(audience, directory), payload }],
});
