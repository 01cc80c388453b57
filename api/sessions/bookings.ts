import { leads, type Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { notFound, Problem, unprocessable } from '../errors/problem.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { Participant, SessionRepository } from './session.repository.ts';

/** Who is away on the days from one to another; the agents room lends it. */
export type AwayOn = (db: Db, agentIds: readonly number[], from: string, to: string) => Promise<readonly { name: string; startsOn: string; endsOn: string }[]>;

/** Who sits down when. `id` is the session's own, which does not clash with itself. */
export interface Booking {
  readonly id: string;
  readonly facilitatorId: number;
  readonly attendeeIds: readonly number[];
  readonly scheduledAt: Date;
  readonly durationMinutes: number;
}

const MINUTE_MS = 60_000;
/** Somebody who schedules a session for this very moment takes a moment to do so. */
const GRACE_MS = 5 * MINUTE_MS;

/** The rules of who may sit down with whom, and when. */
export class Bookings {
  readonly #sessions: SessionRepository;
  readonly #awayOn: AwayOn;
  readonly #calendar: BusinessCalendar;

  constructor(deps: { sessions: SessionRepository; awayOn: AwayOn; calendar: BusinessCalendar }) {
    this.#sessions = deps.sessions;
    this.#awayOn = deps.awayOn;
    this.#calendar = deps.calendar;
  }

  /** Holds the calendars of everybody concerned until the transaction ends: to be called before anything is read of them. */
  hold(tx: Tx, { facilitatorId, attendeeIds }: Booking): Promise<void> {
    return this.#sessions.holdCalendars(tx, [...new Set([facilitatorId, ...attendeeIds])]);
  }

  /**
   * @param invited those who were not in the session before
   * @param trusted those of an earlier session that the caller runs: of the others they must lead every one
   * @throws Problem 404 (nobody of that id whom the caller leads), 422 (cannot take part)
   */
  async assertAttendees(tx: Tx, by: Principal, { attendeeIds, facilitatorId }: Booking, invited: readonly number[], trusted: readonly number[] = []): Promise<void> {
    if (attendeeIds.includes(facilitatorId)) throw unprocessable('session_with_yourself', 'A session is held with somebody else.', [{ path: '/body/agentId', message: 'The facilitator cannot attend as well.' }]);
    const people = new Map((await this.#sessions.participants(tx, invited)).map((person) => [person.id, person]));
    for (const id of invited) {
      const person = people.get(id);
      if (!person || !(leads(by, person.teamId) || trusted.includes(id))) throw notFound('Agent');
      if (!person.isActive || person.role === 'viewer') throw unprocessable('cannot_attend', `${person.name} cannot take part in sessions.`, [{ path: '/body/attendeeIds', message: `${person.name} is inactive, or a viewer.` }]);
    }
  }

  /** @throws Problem 422. */
  async assertFacilitator(tx: Tx, facilitatorId: number): Promise<void> {
    const [person] = await this.#sessions.participants(tx, [facilitatorId]);
    if (!person || !holds(person)) throw unprocessable('cannot_facilitate', 'A session is held by a team leader, a manager or an administrator.', [{ path: '/body/facilitatorId', message: 'The person who holds it is none of these.' }]);
  }

  /** @throws Problem 422 (over already). */
  assertAhead(tx: Tx, { scheduledAt }: Booking): void {
    if (scheduledAt.getTime() >= tx.now.getTime() - GRACE_MS) return;
    throw unprocessable('in_the_past', 'That time is over already.', [{ path: '/body/scheduledAt', message: 'The time it begins is in the past.' }]);
  }

  /** @throws Problem 422 naming who is away and until when, not why. */
  async assertNobodyAway(tx: Tx, { facilitatorId, attendeeIds, scheduledAt, durationMinutes }: Booking): Promise<void> {
    const last = new Date(scheduledAt.getTime() + durationMinutes * MINUTE_MS - 1);
    const [away] = await this.#awayOn(tx, [facilitatorId, ...attendeeIds], this.#calendar.dayOf(scheduledAt), this.#calendar.dayOf(last));
    if (!away) return;
    throw unprocessable('on_leave', `${away.name} is away from ${away.startsOn} to ${away.endsOn}.`, [{ path: '/body/scheduledAt', message: `${away.name} is away then; set despiteLeave if they have agreed to come.` }]);
  }

  /** Hold the calendars first. @throws Problem 409 with the clash. */
  async assertNoClash(tx: Tx, { id, facilitatorId, attendeeIds, scheduledAt, durationMinutes }: Booking): Promise<void> {
    const clash = await this.#sessions.clash(tx, id, [facilitatorId, ...attendeeIds], scheduledAt, durationMinutes);
    if (!clash) return;
    const { personName, scheduledAt: at, durationMinutes: minutes } = clash;
    throw new Problem(409, 'session_clash', `${personName} is in a session then: at ${at}, for ${minutes} minutes.`, {
      details: [{ path: '/body/scheduledAt', message: `clashes with a session of ${personName} at ${at}`, code: 'clash' }],
      extensions: { clash },
    });
  }
}

const holds = ({ isActive, role }: Participant): boolean => isActive && (role === 'team_leader' || role === 'manager' || role === 'admin');
