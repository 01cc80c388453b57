import type { components } from '../../api/http/contract.types.ts';
import { addDays } from '../shared/business-day.ts';

type Schemas = components['schemas'];
export type Session = Schemas['CoachingSession'];
export type Attendee = Schemas['SessionAttendee'];
export type AgendaPoint = Schemas['AgendaPoint'];
export type Commitment = Schemas['Commitment'];
type Me = Schemas['Me'];

export const STEPS = ['prepare', 'live', 'complete', 'effect'] as const;
export type Step = (typeof STEPS)[number];

/** Whether it can still take place. */
export const isAhead = ({ status }: Session): boolean => status === 'scheduled' || status === 'preparing' || status === 'live';

/** Whether this person was or will be coached in it. */
export const attends = ({ agent }: Me, { attendees }: Session): boolean => attendees.some(({ id }) => id === agent.id);

/** Whether this person holds it, or leads those in it: whoever else may read a session attends it. The server decides again. */
export function runs(me: Me, session: Session): boolean {
  const { role } = me.agent;
  return !attends(me, session) && (role === 'team_leader' || role === 'manager' || role === 'admin');
}

/** The step that a session is in; what can be looked at first. */
export function stepOf({ status }: Session): Step {
  if (status === 'live') return 'live';
  return status === 'completed' ? 'complete' : 'prepare';
}

/** Whether there is something to see in a step yet. */
export function isOpenStep(step: Step, { status }: Session): boolean {
  switch (step) {
    case 'prepare':
      return true;
    case 'live':
      return status === 'live' || status === 'completed';
    case 'complete':
      return status === 'live' || status === 'completed';
    case 'effect':
      return status === 'completed';
  }
}

/** The people it is about, by name. */
export const namesOf = ({ attendees }: Session): string => attendees.map(({ name }) => name).join(', ');

/** With whom it is, as this person sees it. */
export const othersOf = (me: Me, session: Session): string => (attends(me, session) ? session.facilitator.name : namesOf(session));

export const endOf = ({ scheduledAt, durationMinutes }: Pick<Session, 'scheduledAt' | 'durationMinutes'>): number => Date.parse(scheduledAt) + durationMinutes * 60_000;

/** What this person has still to answer, and by when. */
export function asked(me: Me, session: Session): Schemas['SessionAcknowledgement'] | undefined {
  const answer = session.attendees.find(({ id }) => id === me.agent.id)?.acknowledgement;
  return answer?.status === 'pending' ? answer : undefined;
}

/** What is disputed in it and was not decided. */
export const openDisputes = ({ attendees }: Session): Schemas['SessionDispute'][] => attendees.flatMap(({ acknowledgement }) => (acknowledgement?.dispute?.outcome === null ? [acknowledgement.dispute] : []));

export const hasOpenDispute = (session: Session): boolean => openDisputes(session).length > 0;

/** Whether a dispute in it waits for this person. */
export const decides = (me: Me, session: Session): boolean => !attends(me, session) && openDisputes(session).some(({ owner }) => owner.id === me.agent.id);

/** Whether a deadline has passed. @param now ms since the epoch */
export const isOverdue = (dueAt: string | null, now: number): boolean => dueAt !== null && Date.parse(dueAt) < now;

/**
 * Which of somebody's sessions is the one to show: what runs, what they are asked about, what comes next.
 *
 * @param sessions in any order
 */
export function nextOf(sessions: readonly Session[], me: Me): Session | undefined {
  const byTime = sessions.toSorted((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
  return byTime.find(({ status }) => status === 'live') ?? byTime.find((session) => asked(me, session)) ?? byTime.find(isAhead);
}

/** Local date and time of an instant, as the browser's own fields take them. */
export function toLocal(iso: string): { date: string; time: string } {
  const at = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  return { date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** The instant of a local date and time; undefined while they are incomplete. */
export function fromLocal(date: string, time: string): string | undefined {
  const at = Date.parse(`${date}T${time}`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** The next weekday at ten, the reader's time: what is offered where nothing is known. @param now ms since the epoch */
export function suggestedTime(now: number, inDays = 1): { date: string; time: string } {
  let { date } = toLocal(new Date(now).toISOString());
  date = addDays(date, inDays);
  while ([0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())) date = addDays(date, 1);
  return { date, time: '10:00' };
}

/** What goes over the wire of an agenda: the rest is the server's to know. */
export const toNewAgenda = (agenda: readonly AgendaPoint[]): Schemas['NewAgendaPoint'][] => agenda.map(({ id, title, detail, source, refId, covered }) => ({ id, title, detail, source, refId, covered }));

/** Moves a point of the agenda by so many places. */
export function moved(agenda: readonly AgendaPoint[], id: string, by: number): AgendaPoint[] {
  const from = agenda.findIndex((point) => point.id === id);
  const to = Math.max(0, Math.min(agenda.length - 1, from + by));
  const point = agenda[from];
  if (!point || to === from) return [...agenda];
  return agenda.toSpliced(from, 1).toSpliced(to, 0, point);
}
