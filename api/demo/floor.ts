import { DateTime } from 'luxon';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import { ContactDraws, type Contact } from './contacts.ts';
import { CAST, crewAt } from './crew.ts';
import { formOn } from './form.ts';
import { teamOf } from './history.ts';
import { Random } from './random.ts';
import type { Roster, Shift } from './shifts.ts';
import type { StoryPerson } from './story/people.ts';
import { breaksOf, type Block } from './workday.ts';

/** A status with its reason. */
export interface Status {
  readonly status: OnlineStatus;
  readonly reason: string | null;
}

/** Where somebody stands when the simulator begins. */
export interface Placed extends Status {
  readonly username: string;
  readonly id: number;
}

/** A contact that goes on. Instants in milliseconds. */
export interface LiveContact extends Contact {
  readonly id: string;
  readonly startedAt: number;
  readonly takenAt: number;
  readonly endsAt: number;
}

/** One person on the floor, as the simulator knows them. */
export interface Actor {
  readonly person: StoryPerson;
  readonly id: number;
  /** What the simulator last saw or set; another status since then was set by a person. */
  readonly expected: Status;
}

/** Something to happen on the floor, and the status it brings; null leaves the status as it is. */
export type Move = { readonly actor: Actor; readonly to: Status | null } & (
  | { readonly kind: 'status' }
  | { readonly kind: 'begin' | 'finish'; readonly contact: LiveContact }
);

interface Player extends Actor {
  expected: Status;
  contact: LiveContact | null;
  /** Until then the person takes no contacts: a break, or what somebody else has set. */
  pausedUntil: number | null;
  breaks: Block[];
  upcoming: { readonly at: number; readonly contact: Contact };
  draws: ContactDraws;
}

interface Due {
  readonly at: number;
  readonly to: Status | null;
  readonly move: () => Move;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ONLINE: Status = { status: 'online', reason: null };
const OFFLINE: Status = { status: 'offline', reason: null };
/** Customers come this much sooner than in the story: somebody is watching. */
const HASTE = 0.3;
/** What a person has set stays for so long. */
const RESPECT_MS = 10 * MINUTE;
const CREW_MS = 30 * SECOND;

/** Decides who does what next on the simulated floor. Holds no clock and no database: it is told the time, and what came of a move. */
export class Floor {
  readonly #roster: Roster;
  readonly #takes: Readonly<Record<string, number>>;
  readonly #players: Player[];
  readonly #random: Random;
  readonly #newId: () => string;
  #crew = new Set<string>();
  #crewSince = -Infinity;

  constructor(options: { roster: Roster; takes: Readonly<Record<string, number>>; placed: readonly Placed[]; now: number; newId: () => string }) {
    this.#roster = options.roster;
    this.#takes = options.takes;
    this.#newId = options.newId;
    this.#random = new Random('floor', options.now);
    this.#players = options.placed.flatMap((placed) => this.#player(placed, options.now));
  }

  /**
   * What has been due longest; null while nothing is.
   * @param quiet only what changes no status
   */
  next(now: number, quiet: boolean): Move | null {
    if (now - this.#crewSince >= CREW_MS) {
      this.#crew = crewAt(this.#roster, now);
      this.#crewSince = now;
    }
    let first: Due | null = null;
    for (const player of this.#players) {
      const due = this.#due(player, now);
      if (due.at <= now && !(quiet && due.to) && (!first || due.at < first.at)) first = due;
    }
    return first?.move() ?? null;
  }

  /** The move has been made. */
  made(move: Move, now: number): void {
    const player = this.#playerOf(move.actor);
    const arrives = player.expected.status === 'offline' && move.to?.status === 'online';
    player.expected = move.to ?? player.expected;
    switch (move.kind) {
      case 'begin':
        player.contact = move.contact;
        return;
      case 'finish':
        player.contact = null;
        break;
      case 'status':
        player.pausedUntil = isPause(player.expected) ? now + (player.breaks.shift()?.minutes ?? 10) * MINUTE : null;
    }
    if (arrives) Object.assign(player, this.#dayOf(player.person, now));
    player.upcoming = this.#draw(player, now);
  }

  /** Somebody has set the person's status meanwhile: that is respected for a while. */
  overruled(actor: Actor, status: Status, now: number): void {
    const player = this.#playerOf(actor);
    player.expected = status;
    player.pausedUntil = now + RESPECT_MS;
  }

  /** The person is there no more. */
  remove(actor: Actor): void {
    this.#players.splice(this.#players.indexOf(this.#playerOf(actor)), 1);
  }

  #playerOf(actor: Actor): Player {
    return this.#players.find((player) => player === actor)!; // actors are handed out as players
  }

  #player({ username, id, status, reason }: Placed, now: number): Player[] {
    const person = CAST.find((candidate) => candidate.username === username);
    if (!person) return [];
    const day = this.#dayOf(person, now);
    // Soon rather than when the plan says: whoever begins to watch should see something move.
    const pausedUntil = isPause({ status, reason }) ? now + this.#random.int(10, 240) * SECOND : null;
    const upcoming = this.#draw(day, now);
    const soon = { ...upcoming, at: now + this.#random.int(2, 120) * SECOND };
    return [{ person, id, expected: { status, reason }, contact: null, pausedUntil, ...day, upcoming: soon }];
  }

  #due(player: Player, now: number): Due {
    const { contact, expected, pausedUntil, upcoming } = player;
    const pause = player.breaks[0];
    const status = (to: Status, at: number): Due => ({ at, to, move: () => ({ kind: 'status', actor: player, to }) });
    if (contact) {
      const to = isWith(contact) && expected.status === 'busy' ? ONLINE : null;
      return { at: contact.endsAt, to, move: () => ({ kind: 'finish', actor: player, contact, to }) };
    }
    const wanted = this.#crew.has(player.person.username);
    // People come and go one after the other.
    const soon = this.#crewSince + (player.id % 10) * SECOND;
    if (pausedUntil !== null) return status(wanted ? ONLINE : OFFLINE, pausedUntil);
    if (expected.status === 'offline') return status(ONLINE, wanted ? soon : Infinity);
    if (!wanted) return status(OFFLINE, soon);
    if (pause && pause.at <= upcoming.at) return status({ status: pause.status, reason: pause.reason }, pause.at);
    return { at: upcoming.at, to: statusWith(upcoming.contact), move: () => this.#begin(player, now) };
  }

  #begin(player: Player, now: number): Move {
    const { contact: drawn } = player.upcoming;
    const id = this.#newId();
    if (drawn.outcome !== 'answered') {
      // It rings until the customer gives up, or until it is clear that nobody answers.
      const contact = { ...drawn, id, startedAt: now, takenAt: now, endsAt: now + (drawn.waitSeconds ?? 20) * SECOND };
      return { kind: 'begin', actor: player, contact, to: null };
    }
    const midnight = this.#roster.calendar.startOf(this.#roster.calendar.dayOf(new Date(now))).getTime();
    const wait = Math.min(drawn.waitSeconds ?? 0, Math.floor((now - midnight) / SECOND));
    const seconds = (drawn.talkSeconds ?? 0) + (drawn.holdSeconds ?? 0) + (drawn.acwSeconds ?? 0);
    const waitSeconds = drawn.waitSeconds === null ? null : wait;
    const contact = { ...drawn, waitSeconds, id, startedAt: now - wait * SECOND, takenAt: now, endsAt: now + seconds * SECOND };
    return { kind: 'begin', actor: player, contact, to: statusWith(drawn) };
  }

  #draw({ draws }: Pick<Player, 'draws'>, now: number): Player['upcoming'] {
    const { hour, weekday } = DateTime.fromMillis(now, { zone: this.#roster.calendar.timezone });
    return { at: now + draws.idleSeconds(hour, weekday) * HASTE * SECOND, contact: draws.next(hour, weekday) };
  }

  /** A working day from now on. */
  #dayOf(person: StoryPerson, now: number): Pick<Player, 'breaks' | 'draws'> {
    const planned = this.#roster.shiftAt(person, now);
    const day = this.#roster.calendar.dayOf(new Date(now));
    const shift: Shift = planned ?? { day, from: now, to: now, ordinal: Math.floor(now / (1440 * MINUTE)) };
    const form = formOn(person, shift, this.#roster.anchor, this.#takes[person.username] ?? 0);
    return {
      breaks: planned ? breaksOf(person, planned).filter((block) => block.at > now) : [],
      draws: new ContactDraws(teamOf(person.team), form, person.username, 'live', now),
    };
  }
}

const isPause = ({ status }: Status): boolean => status === 'away' || status === 'busy';
const isWith = (contact: Contact): boolean => contact.outcome === 'answered' && contact.kind.live !== undefined;
const statusWith = (contact: Contact): Status | null => (isWith(contact) ? { status: 'busy', reason: contact.kind.live ?? null } : null);
