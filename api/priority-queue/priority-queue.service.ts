import { DateTime } from 'luxon';
import { isManager, scopeOf, type Principal, type Scope } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, notFound } from '../errors/problem.ts';
import type { StoredEvent } from '../events/event.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { DayTable } from '../performance/day-table.ts';
import { resolveTeamSettings } from '../performance/team-settings.ts';
import { concernOf } from './priority-queue.events.ts';
import type { EvidenceRow, PersonRow, PriorityQueueRepository, TeamIds } from './priority-queue.repository.ts';
import { scoreTeam, type ScoredPerson, type ScoredTeam } from './priority-queue.scoring.ts';
import type { QueueCache } from './queue-cache.ts';
import { windowStart, type EvidenceList } from './queue-evidence.ts';
import type { Moment, PersonFacts, TeamFacts } from './queue-facts.ts';
import type { Recognition } from './recognitions.ts';

export interface QueueRequest {
  readonly teamId?: string | undefined;
  /** A business day (its end) or an instant; default now. */
  readonly asOf?: string | undefined;
}

/** The contract's dates begin after it, and the figures of a moment reach weeks back. */
const FIRST_YEAR = 1900;

/** Scored teams with the moment they are read as of. */
export interface Queue {
  readonly moment: Moment;
  readonly teams: readonly ScoredTeam[];
}

/** A person scored as if they could be picked, with what of theirs is recognised. */
export interface Explanation {
  readonly person: ScoredPerson;
  readonly recognitions: readonly Recognition[];
  readonly moment: Moment;
}

/** Who to coach next: reads the facts of whole teams at once, scores them, and remembers the result for a while. */
export class PriorityQueueService {
  readonly #uow: UnitOfWork;
  readonly #repository: PriorityQueueRepository;
  readonly #cache: QueueCache;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<ScoredTeam[]>>();

  constructor(deps: { uow: UnitOfWork; repository: PriorityQueueRepository; cache: QueueCache; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#repository = deps.repository;
    this.#cache = deps.cache;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /** The queue of the caller's teams, or of one of them. @throws Problem 400 (asOf in the future), 404 (team out of scope). */
  async queue(by: Principal, { teamId, asOf }: QueueRequest): Promise<Queue> {
    const now = this.#clock.now();
    const moment = this.#moment(asOf, now);
    const teamIds = await this.#teamsFor(by, teamId);
    // "Now" moves on while it is remembered; its window stays that of its day.
    const name = moment.asOf === now.toISOString() ? `now ${moment.to}` : moment.asOf;
    const known = new Map(teamIds.map((id) => [id, this.#cache.get(id, name, now.getTime())]));
    const missing = teamIds.filter((id) => !known.get(id));
    for (const team of missing.length > 0 ? await this.#load(missing, moment, name) : []) known.set(team.team.id, team);
    const teams = [...known.values()].filter((team) => team !== undefined).sort(byName);
    // Of several remembered moments the earliest: nothing later than it is promised.
    return { teams, moment: teams.map((team) => team.moment).reduce(earlier, moment) };
  }

  /**
   * Why somebody would be where in the queue now, also where a session is booked or they are away: for preparing that very
   * session. Null for somebody who is not in the queue at all. Whoever asks has made sure that the reader may see it.
   */
  async explain(agentId: number): Promise<Explanation | null> {
    const moment = this.#moment(undefined, this.#clock.now());
    const person = await this.#uow.read((db) => this.#repository.person(db, { kind: 'all' }, agentId));
    if (!person?.inQueue) return null;
    const [team] = (await this.#facts([person.teamId], moment)).filter(({ id }) => id === person.teamId);
    if (!team) return null;
    const people = team.people.map((facts) => (facts.person.id === agentId ? { ...facts, absence: null, snooze: null, nextSessionAt: null, sessionRunning: false } : facts));
    const { eligible, recognitions } = scoreTeam({ ...team, people }, moment);
    const scored = eligible.find(({ facts }) => facts.person.id === agentId);
    return scored ? { person: scored, recognitions: recognitions.filter(({ facts }) => facts.person.id === agentId), moment } : null;
  }

  /** The rows behind a reason. @throws Problem 400, 404 (out of scope). */
  async evidence(by: Principal, agentId: number, list: EvidenceList, asOf: string | undefined): Promise<{ rows: EvidenceRow[]; moment: Moment }> {
    const moment = this.#moment(asOf, this.#clock.now());
    const rows = await this.#uow.read(async (db) => {
      const person = await this.#repository.person(db, scopeOf(by), agentId);
      if (!person) throw notFound('Agent');
      return this.#repository.evidence(db, agentId, list, moment);
    });
    return { rows, moment };
  }

  /**
   * Forgets what an event made untrue. Every process with a cache must be told every event.
   *
   * @param teamOf the team a person is in today
   */
  hear(event: Pick<StoredEvent, 'type' | 'payload' | 'audience'>, teamOf: (agentId: number) => string | null): void {
    const concern = concernOf(event);
    if (!concern) return;
    if (concern === 'everybody') this.#cache.dropAll();
    else if ('agentId' in concern) this.#cache.drop(teamOf(concern.agentId));
    else if ('agentIds' in concern) for (const agentId of concern.agentIds) this.#cache.drop(teamOf(agentId));
    else for (const teamId of concern.teamIds) this.#cache.drop(teamId);
  }

  /** The moment a queue is read as of. @throws Problem 400 for a moment that is none, or not yet. */
  #moment(asOf: string | undefined, now: Date): Moment {
    const at = asOf === undefined ? now : this.#instantOf(asOf, now);
    const to = this.#calendar.dayOf(at);
    return { asOf: at.toISOString(), from: windowStart(to), to };
  }

  #instantOf(asOf: string, now: Date): Date {
    const given = DateTime.fromISO(asOf, { zone: this.#calendar.timezone });
    if (!given.isValid) throw badAsOf('is not a day or an instant');
    if (given.year <= FIRST_YEAR) throw badAsOf(`must be after ${FIRST_YEAR}`);
    if (asOf.length > 10) {
      if (given.toMillis() > now.getTime()) throw badAsOf('is in the future');
      return given.toJSDate();
    }
    if (asOf > this.#calendar.dayOf(now)) throw badAsOf('is in the future');
    return new Date(Math.min(this.#calendar.endOf(asOf).getTime() - 1, now.getTime()));
  }

  async #teamsFor(by: Principal, teamId: string | undefined): Promise<TeamIds> {
    const scope: Scope = scopeOf(by);
    if (teamId === undefined) return this.#uow.read((db) => this.#repository.teamIds(db, scope));
    const id = teamId.toLowerCase();
    const visible = isManager(by) ? await this.#uow.read((db) => this.#repository.teamExists(db, id)) : by.ledTeamIds.includes(id);
    if (!visible) throw notFound('Team');
    return [id];
  }

  /** Reads and scores teams; whoever asks for the same meanwhile waits for the same answer. */
  #load(teamIds: TeamIds, moment: Moment, name: string): Promise<ScoredTeam[]> {
    const tickets = teamIds.map((id) => this.#cache.ticket(id));
    const task = `${name}/${tickets.join()}/${teamIds.join()}`;
    let running = this.#running.get(task);
    if (!running) {
      running = this.#scoreAll(teamIds, moment).finally(() => this.#running.delete(task));
      this.#running.set(task, running);
      running = running.then((teams) => {
        for (const team of teams) {
          this.#cache.put(team.team.id, name, team, tickets[teamIds.indexOf(team.team.id)]!, this.#clock.now().getTime());
        }
        return teams;
      });
    }
    return running;
  }

  /** Half of the teams on one connection and half on another: while one half is scored, PostgreSQL packs the other. */
  async #scoreAll(teamIds: TeamIds, moment: Moment): Promise<ScoredTeam[]> {
    const middle = Math.ceil(teamIds.length / 2);
    const halves = [teamIds.slice(0, middle), teamIds.slice(middle)].filter((half) => half.length > 0);
    return (await Promise.all(halves.map((half) => this.#score(half, moment)))).flat();
  }

  async #score(teamIds: TeamIds, moment: Moment): Promise<ScoredTeam[]> {
    return (await this.#facts(teamIds, moment)).map((team) => scoreTeam(team, moment));
  }

  async #facts(teamIds: TeamIds, moment: Moment): Promise<TeamFacts[]> {
    const [teams, people, days] = await this.#uow.read((db) =>
      Promise.all([
        this.#repository.teams(db, teamIds, moment),
        this.#repository.people(db, teamIds, moment),
        this.#repository.days(db, teamIds, moment),
      ]),
    );
    const tables = new Map(days.map((row) => [row.agentId, DayTable.decode(row.packed, moment.from)]));
    const facts = Map.groupBy(people, (person) => person.teamId);
    const rows = [...teams, ...(teamIds.includes(null) ? [{ id: null, name: null, settings: null, settingsVersion: 0 }] : [])];
    return rows.map((team): TeamFacts => {
      const members = (facts.get(team.id) ?? []).map((person) => toFacts(person, tables.get(person.id)));
      const { id, name, settingsVersion } = team;
      return { id, name, settingsVersion, settings: resolveTeamSettings(team.settings), people: members };
    });
  }
}

function toFacts(row: PersonRow, days: DayTable | undefined): PersonFacts {
  const { id, name, avatar, teamId, teamName, onlineStatus, performanceLevel, notes, ...rest } = row;
  return {
    ...rest,
    person: { id, name, avatar, teamId, teamName, onlineStatus, performanceLevel },
    days: days ?? DayTable.of([]),
    notes: notes.map(([type, priority, ageDays]) => ({ type, priority, ageDays })),
  };
}

const badAsOf = (message: string) => badRequest('invalid_as_of', `asOf ${message}.`, [{ path: '/query/asOf', message }]);
const byName = (a: ScoredTeam, b: ScoredTeam): number =>
  (a.team.name ?? '\uffff').localeCompare(b.team.name ?? '\uffff', 'en') || (a.team.id ?? '').localeCompare(b.team.id ?? '');
const earlier = (a: Moment, b: Moment): Moment => (b.asOf < a.asOf ? b : a);
