import { datesFrom } from '../performance/business-day.ts';
import { byShare, CUSTOMERS } from './contacts.ts';
import { demandAt } from './demand.ts';
import { Random } from './random.ts';
import { instantAt, weekdayOf, type Roster } from './shifts.ts';
import type { StoryPerson } from './story/people.ts';
import { STORY_TEAMS, type StoryTeam, type TeamKey } from './story/teams.ts';
import { breaksOf, workThrough, type Block, type HandledContact, type Stretch } from './workday.ts';

/** A contact as it will be stored: whose it was, and under which id it is known. */
export interface PlannedContact extends HandledContact {
  /** Null for a customer who gave up before anybody took the call. */
  readonly username: string | null;
  readonly team: TeamKey;
  readonly id: string;
  readonly externalId: string;
}

export interface PersonHistory {
  readonly contacts: readonly PlannedContact[];
  /** The statuses in the order of time; each lasts until the next. */
  readonly stretches: readonly Stretch[];
}

/** Further blocks of a person's shift: coaching sessions. */
export type BlocksOf = (username: string, day: string) => readonly Block[];

/** Inclusive business days on which shifts begin. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Calls per team and day that nobody took in time, at ordinary demand. */
const LOST_CALLS = 9;

export const teamOf = (key: TeamKey): StoryTeam => STORY_TEAMS.find((team) => team.key === key)!; // every key has its team

/**
 * What a person did in the shifts that begin on these days. A day is the same whether it is told with others or alone.
 *
 * @param take which of the lives this person could have had
 */
export function historyOf(roster: Roster, person: StoryPerson, days: Days, blocksOf: BlocksOf, take: number): PersonHistory {
  const contacts: PlannedContact[] = [];
  const stretches: Stretch[] = [];
  for (const day of datesFrom(days.from, days.to)) {
    const shift = roster.shiftOn(person, day);
    if (!shift) continue;
    const blocks = breaksOf(person, shift, blocksOf(person.username, day));
    const worked = workThrough({ person, team: teamOf(person.team), shift, anchor: roster.anchor, calendar: roster.calendar, blocks, take });
    stretches.push(...worked.stretches);
    contacts.push(...worked.contacts.map((contact) => planned(contact, person.username, person.team, day)));
  }
  return { contacts, stretches };
}

/** Customers who waited in vain on these days; they count for the team, and for nobody's figures. */
export const lostCallsOf = (roster: Roster, days: Days): PlannedContact[] =>
  STORY_TEAMS.flatMap((team) => datesFrom(days.from, days.to).flatMap((day) => lostCalls(roster, team, day)));

function lostCalls({ calendar }: Roster, team: StoryTeam, day: string): PlannedContact[] {
  const kind = team.kinds.find((candidate) => candidate.channel === 'voice' && !candidate.outbound);
  if (!kind) return [];
  const random = new Random('lost', team.key, day);
  const weekday = weekdayOf(day);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const count = Math.round(LOST_CALLS * demandAt(9, weekday) * (0.6 + 0.8 * random.next()));
  return Array.from({ length: count }, (_, ordinal) => {
    const hour = byShare(hours, (candidate) => demandAt(candidate, weekday), random.next());
    const startedAt = instantAt(calendar, day, hour * 60) + random.int(0, 3599) * 1000;
    const waitSeconds = random.int(35, 260);
    const endedAt = startedAt + waitSeconds * 1000;
    const [queue, topic] = byShare(team.topics, (entry) => entry[2], random.next());
    const lost: HandledContact = {
      kind, queue, topic, customerRef: `C-${100_000 + random.int(1, CUSTOMERS)}`, outcome: 'abandoned', waitSeconds,
      talkSeconds: null, holdSeconds: null, acwSeconds: null, resolved: null, firstContact: null, rating: null, sentiment: null,
      ordinal, startedAt, takenAt: endedAt, endedAt,
    };
    return planned(lost, null, team.key, day);
  });
}

function planned(contact: HandledContact, username: string | null, team: TeamKey, day: string): PlannedContact {
  const externalId = `${day}-${username ?? `queue-${team}`}-${String(contact.ordinal).padStart(3, '0')}`;
  return { ...contact, username, team, externalId, id: new Random('interaction', externalId).uuid(contact.startedAt) };
}
