import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { ContactDraws, type Contact } from './contacts.ts';
import { formOn } from './form.ts';
import { Random } from './random.ts';
import { weekdayOf, type Shift } from './shifts.ts';
import type { StoryPerson } from './story/people.ts';
import type { StoryTeam } from './story/teams.ts';

/** A contact in its place; instants in milliseconds. */
export interface HandledContact extends Contact {
  /** The n-th of its shift. */
  readonly ordinal: number;
  /** When the customer came. */
  readonly startedAt: number;
  /** When the person began with it. */
  readonly takenAt: number;
  readonly endedAt: number;
}

export interface Stretch {
  readonly status: OnlineStatus;
  readonly reason: string | null;
  readonly from: number;
}

/** A time in a shift that is not for customers. */
export interface Block {
  readonly at: number;
  readonly minutes: number;
  readonly status: OnlineStatus;
  readonly reason: string;
}

/** One shift as it was worked: every contact, and each status until the next one; the last is offline. */
export interface Workday {
  readonly contacts: readonly HandledContact[];
  readonly stretches: readonly Stretch[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Breaks by the rules of the house; where nothing else is planned, some days also bring a meeting or training. */
export function breaksOf(person: StoryPerson, shift: Shift, further: readonly Block[] = []): readonly Block[] {
  const random = new Random('breaks', person.username, shift.day);
  const away = (afterMinutes: number, minutes: number, reason: string): Block => ({
    at: shift.from + (afterMinutes + random.int(-12, 12)) * MINUTE, minutes, status: 'away', reason,
  });
  const blocks = [away(115, random.int(9, 14), 'Break'), away(240, random.int(28, 33), 'Lunch'), away(385, random.int(9, 14), 'Break')];
  const extra = random.next();
  const reason = extra < 0.12 ? 'Team meeting' : extra < 0.2 ? 'Training' : null;
  const meeting: Block[] = reason && further.length === 0 ? [{ at: shift.from + random.int(310, 330) * MINUTE, minutes: 30, status: 'busy', reason }] : [];
  return [...blocks, ...meeting, ...further].sort((a, b) => a.at - b.at);
}

/** Works through one shift. The same arguments give the same day. */
export function workThrough(context: {
  readonly person: StoryPerson;
  readonly team: StoryTeam;
  readonly shift: Shift;
  readonly anchor: string;
  readonly calendar: BusinessCalendar;
  readonly blocks: readonly Block[];
  /** Which of the lives this person could have had; see {@link castStory}. */
  readonly take: number;
}): Workday {
  const { person, team, shift, anchor, take } = context;
  const draws = new ContactDraws(team, formOn(person, shift, anchor, take), person.username, shift.day, take);
  const day = new DayBook(shift.from);
  const waiting = [...context.blocks];
  const midnight = context.calendar.startOf(shift.day).getTime();
  const weekday = weekdayOf(shift.day);
  const hourAt = (at: number): number => Math.floor((at - midnight) / HOUR) % 24;
  for (;;) {
    const next = day.now + draws.idleSeconds(hourAt(day.now), weekday) * 1000;
    const block = waiting[0];
    if (block && next >= block.at) {
      waiting.shift();
      day.pause(block);
    } else if (next >= shift.to - 2 * MINUTE) {
      return day.close(shift.to);
    } else {
      day.handle(next, draws.next(hourAt(next), weekday), midnight);
    }
  }
}

/** What a person did so far in a shift. */
class DayBook {
  now: number;
  readonly #contacts: HandledContact[] = [];
  readonly #stretches: Stretch[];

  constructor(from: number) {
    this.now = from;
    this.#stretches = [{ status: 'online', reason: null, from }];
  }

  pause({ at, minutes, status, reason }: Block): void {
    const from = Math.max(this.now, at);
    this.#occupy(status, reason, from, from + minutes * MINUTE);
  }

  /** @param earliest written contacts that wait do so from this instant at the earliest */
  handle(takenAt: number, contact: Contact, earliest: number): void {
    const { waitSeconds, kind, outcome } = contact;
    const wait = Math.min(waitSeconds ?? 0, Math.floor((takenAt - earliest) / 1000));
    const startedAt = takenAt - wait * 1000;
    const endedAt = takenAt + handleSeconds(contact) * 1000;
    const ordinal = this.#contacts.length;
    this.#contacts.push({ ...contact, waitSeconds: waitSeconds === null ? null : wait, ordinal, startedAt, takenAt, endedAt });
    if (kind.live && outcome === 'answered') this.#occupy('busy', kind.live, takenAt, endedAt);
    else this.now = endedAt;
  }

  close(at: number): Workday {
    this.#stretches.push({ status: 'offline', reason: null, from: Math.max(at, this.now) });
    return { contacts: this.#contacts, stretches: this.#stretches };
  }

  #occupy(status: OnlineStatus, reason: string, from: number, to: number): void {
    this.#stretches.push({ status, reason, from }, { status: 'online', reason: null, from: to });
    this.now = to;
  }
}

const handleSeconds = ({ talkSeconds, holdSeconds, acwSeconds }: Contact): number => (talkSeconds ?? 0) + (holdSeconds ?? 0) + (acwSeconds ?? 0);
