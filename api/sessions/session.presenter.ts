import { isManager, leads, type Principal } from '../auth/principal.ts';
import type { components } from '../http/contract.types.ts';
import type { SessionRow } from './session.repository.ts';

export type SessionView = components['schemas']['CoachingSession'];

/** A session with everything in it, as those see it who hold it or lead somebody in it. */
export function presentWholeSession({ teamIds: _teams, calendarSequence: _sequence, ...row }: SessionRow): SessionView {
  return row;
}

/** As an attendee sees it: how the others of a group have answered is not theirs to read. */
export const presentToAttendee = (session: SessionView, attendeeId: number): SessionView => ({
  ...session,
  attendees: session.attendees.map((attendee) => (attendee.id === attendeeId ? attendee : { ...attendee, acknowledgement: null })),
});

/** A session as a reader of it sees it; who reads it, the query has decided. */
export function presentSession(row: SessionRow, reader: Principal): SessionView {
  const whole = isManager(reader) || row.facilitator.id === reader.agentId || row.teamIds.some((teamId) => leads(reader, teamId));
  return whole ? presentWholeSession(row) : presentToAttendee(presentWholeSession(row), reader.agentId);
}
