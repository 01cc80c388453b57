import { addDays } from '../performance/business-day.ts';
import type { BlocksOf, PlannedContact } from './history.ts';
import { Random } from './random.ts';
import { instantAt, weekdayOf, type Roster, type Shift } from './shifts.ts';
import { STORY_ACTIONS, STORY_SESSIONS, type StoryAction } from './story/coaching.ts';
import { STORY_GROUPS } from './story/records.ts';
import { STORY_NOTES, type StoryNote } from './story/notes.ts';
import { STORY_PEOPLE, STORY_STAFF, type ShiftKind, type StoryPerson } from './story/people.ts';
import type { TeamKey } from './story/teams.ts';

/** A coaching session with its place in the calendar. Instants in milliseconds. */
export interface PlannedSession {
  readonly id: string;
  readonly with: string;
  /** Who else attends: none, unless it is a group's. */
  readonly others: readonly string[];
  readonly leader: string;
  readonly focus: readonly string[];
  /** Days before the story's first day as the story names it; negative for a booked one. */
  readonly daysAgo: number;
  readonly day: string;
  readonly createdAt: number;
  readonly scheduledAt: number;
  readonly completedAt: number;
}

export interface PlannedNote {
  readonly id: string;
  readonly note: StoryNote;
  readonly author: string;
  readonly createdAt: number;
  readonly interactionId: string | null;
  readonly addressedIn: PlannedSession | null;
}

export interface PlannedAction {
  readonly id: string;
  readonly action: StoryAction;
  readonly session: PlannedSession;
  readonly dueDate: string;
  readonly completedAt: number | null;
}

export const SESSION_MINUTES = 30;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** How long after its beginning a shift's session is held: at an hour at which leaders are in the house. */
const INTO_SHIFT: Readonly<Record<ShiftKind, number>> = { early: 150, day: 150, late: 150, night: 20 };
/** What is booked for the day on which the story is told is ahead for most of that day. */
const BOOKED_INTO_SHIFT: Readonly<Record<ShiftKind, number>> = { early: 390, day: 420, late: 150, night: 20 };
const BOOKED_AHEAD_DAYS = 4;
/** A session and a quarter of an hour to breathe. */
const BETWEEN_SESSIONS = (SESSION_MINUTES + 15) * MINUTE;
const SEARCH_DAYS = 30;
const CONTACT_DAYS = 5;

export const personOf = (username: string): StoryPerson => STORY_PEOPLE.find((person) => person.username === username)!; // the story names people it has
export const leaderOf = (team: TeamKey): string => STORY_STAFF.find((person) => person.leads === team)!.username; // every team has a leader

/** All sessions of the story, held and booked, at times at which both can sit down; a group's when the first of it works. */
export function planSessions(roster: Roster): PlannedSession[] {
  const groups = STORY_GROUPS.flatMap(({ with: first, others, focus, daysAgo }) => {
    const shift = nearestShift(roster, personOf(first), daysAgo);
    return shift ? [sessionIn(shift, first, focus, daysAgo, others)] : [];
  });
  return untangled([...groups, ...STORY_SESSIONS.flatMap(({ with: username, held, focus, booked }) => {
    const plan = (daysAgo: number): PlannedSession[] => {
      const shift = nearestShift(roster, personOf(username), daysAgo);
      return shift ? [sessionIn(shift, username, focus, daysAgo)] : [];
    };
    return [...held.flatMap(plan), ...(booked === undefined ? [] : plan(-booked))];
  })]);
}

/** Nobody sits in two sessions: the later one of the list begins when the other one is over. */
function untangled(sessions: readonly PlannedSession[]): PlannedSession[] {
  const settled: PlannedSession[] = [];
  for (const session of sessions) {
    let moved = session;
    while (settled.some((other) => shareSomebody(other, moved) && Math.abs(other.scheduledAt - moved.scheduledAt) < BETWEEN_SESSIONS)) {
      moved = { ...moved, scheduledAt: moved.scheduledAt + BETWEEN_SESSIONS, completedAt: moved.completedAt + BETWEEN_SESSIONS };
    }
    settled.push(moved);
  }
  return settled;
}

const peopleIn = ({ leader, with: first, others }: PlannedSession): string[] => [leader, first, ...others];
const shareSomebody = (one: PlannedSession, another: PlannedSession): boolean => peopleIn(one).some((username) => peopleIn(another).includes(username));

/** The last shift on or before a day of the past, the first on or after a day to come. */
function nearestShift(roster: Roster, person: StoryPerson, daysAgo: number): Shift | null {
  const step = daysAgo > 0 ? -1 : 1;
  for (let i = 0; i < SEARCH_DAYS; i++) {
    const shift = roster.shiftOn(person, addDays(roster.anchor, -daysAgo + i * step));
    if (shift) return shift;
  }
  return null;
}

function sessionIn(shift: Shift, username: string, focus: readonly string[], daysAgo: number, others: readonly string[] = []): PlannedSession {
  const { team, shift: kind } = personOf(username);
  const scheduledAt = Math.round((shift.from + (daysAgo > 0 ? INTO_SHIFT : BOOKED_INTO_SHIFT)[kind] * MINUTE) / (5 * MINUTE)) * 5 * MINUTE;
  const random = new Random(others.length > 0 ? 'group' : 'session', username, daysAgo);
  const createdAt = scheduledAt - BOOKED_AHEAD_DAYS * DAY - random.int(0, 90) * MINUTE;
  const completedAt = scheduledAt + (SESSION_MINUTES - random.int(0, 4)) * MINUTE;
  return { id: random.uuid(createdAt), with: username, others, leader: leaderOf(team), focus, daysAgo, day: shift.day, createdAt, scheduledAt, completedAt };
}

/** Sessions as time that is not for customers. */
export function blocksOf(sessions: readonly PlannedSession[]): BlocksOf {
  const byShift = new Map(sessions.flatMap((session) => [session.with, ...session.others].map((username) => [`${username} ${session.day}`, session] as const)));
  return (username, day) => {
    const session = byShift.get(`${username} ${day}`);
    return session ? [{ at: session.scheduledAt, minutes: SESSION_MINUTES, status: 'busy', reason: 'Coaching session' }] : [];
  };
}

/** @param contactsOf a person's contacts, for notes that are about one */
export function planNotes(roster: Roster, sessions: readonly PlannedSession[], contactsOf: (username: string) => readonly PlannedContact[]): PlannedNote[] {
  return STORY_NOTES.map((note) => {
    const createdAt = instantAt(roster.calendar, officeDay(addDays(roster.anchor, -note.daysAgo)), note.minutes);
    const { addressedInSession } = note;
    const addressedIn = sessions.find((session) => session.with === note.about && session.daysAgo === addressedInSession && session.others.length === 0) ?? null;
    const interactionId = note.contact ? contactBefore(contactsOf(note.about), createdAt, note.contact) : null;
    const id = new Random('note', note.about, note.daysAgo).uuid(createdAt);
    return { id, note, author: note.by ?? leaderOf(personOf(note.about).team), createdAt, interactionId, addressedIn };
  });
}

/** Leaders write on the days of the office: what is meant for a weekend was written on the Friday. */
const officeDay = (day: string): string => addDays(day, Math.min(0, 5 - weekdayOf(day)));

/** The rated call, chat or letter of the days before that stood out most. */
function contactBefore(contacts: readonly PlannedContact[], at: number, which: 'worst' | 'best'): string | null {
  const sign = which === 'best' ? 1 : -1;
  const rated = contacts.filter((contact) => contact.rating !== null && contact.endedAt < at && contact.endedAt > at - CONTACT_DAYS * DAY);
  const score = (contact: PlannedContact): number => sign * (contact.rating ?? 0) + (sign * (contact.sentiment ?? 0)) / 10;
  return rated.reduce<PlannedContact | null>((best, next) => (best && score(best) >= score(next) ? best : next), null)?.id ?? null;
}

export function planActions(roster: Roster, sessions: readonly PlannedSession[]): PlannedAction[] {
  return STORY_ACTIONS.flatMap((action) => {
    const session = sessions.find((candidate) => candidate.with === action.for && candidate.daysAgo === action.session && candidate.others.length === 0);
    if (!session) return [];
    const random = new Random('action', action.for, action.title);
    const completedAt = action.done === undefined ? null : instantAt(roster.calendar, addDays(roster.anchor, action.done), 9 * 60 + random.int(0, 420));
    return [{ id: random.uuid(session.completedAt), action, session, dueDate: addDays(roster.anchor, action.due), completedAt }];
  });
}
