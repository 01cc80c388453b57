import { escape, foldLines, ICalAttendeeRole, ICalAttendeeStatus, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { SessionRow } from './session.repository.ts';

/** What a calendar file asks of the program that opens it (RFC 5546). */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** Whom a file is for; of others of a session it says the names alone. */
export interface CalendarReader {
  readonly name: string;
  readonly email: string;
}

export interface CalendarContext {
  /** When the file is made. */
  readonly now: Date;
  /** The address mails come from. Nobody's own address is given to others. */
  readonly organizerEmail: string;
  readonly publicUrl: string;
}

const PRODUCT = { company: 'Sideline', product: 'Coaching', language: 'EN' } as const;
const MINUTE_MS = 60_000;

/**
 * A session as a calendar file, in UTC. Its UID is the session's id, so that every later file is about the same entry,
 * and SEQUENCE says which one is the newest.
 */
export function calendarFile(session: SessionRow, method: CalendarMethod, reader: CalendarReader | null, { now, organizerEmail, publicUrl }: CalendarContext): string {
  const start = new Date(session.scheduledAt);
  const url = session.remoteUrl ?? `${publicUrl}/#session=${session.id}`;
  const calendar = new ICalCalendar({ prodId: PRODUCT, method: ICalCalendarMethod[method] });
  calendar.createEvent({
    id: session.id,
    sequence: session.calendarSequence,
    stamp: now,
    created: new Date(session.createdAt),
    lastModified: new Date(session.updatedAt),
    start,
    end: new Date(start.getTime() + session.durationMinutes * MINUTE_MS),
    summary: calendarTitle(session),
    description: descriptionOf(session),
    url,
    ...(session.remoteUrl ? { location: session.remoteUrl } : {}),
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: session.facilitator.name, email: organizerEmail },
    // Nobody reads answers to the organizer's address: none are asked for.
    attendees: reader ? [{ name: reader.name, email: reader.email, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: false }] : [],
  });
  return withPlainUrl(calendar.toString(), url);
}

/** An address is no text: nothing in it is escaped (RFC 5545, 3.3.13), which the library does as if it were. */
function withPlainUrl(file: string, url: string): string {
  const unfolded = file.replace(/\r\n[ \t]/g, '');
  return foldLines(unfolded.replace(`\r\nURL;VALUE=URI:${escape(url, false)}\r\n`, () => `\r\nURL;VALUE=URI:${url}\r\n`));
}

/** What the entry is called. */
export function calendarTitle({ agentName, attendees, facilitator }: SessionRow): string {
  return `Coaching: ${agentName ?? `${attendees.length} people`} with ${facilitator.name}`;
}

function descriptionOf({ agenda, attendees, kind }: SessionRow): string {
  const who = kind === 'group' ? [`With ${attendees.map(({ name }) => name).join(', ')}.`] : [];
  return [...who, ...(agenda.length > 0 ? ['Agenda:', ...agenda.map(({ title }) => `- ${title}`)] : [])].join('\n');
}
