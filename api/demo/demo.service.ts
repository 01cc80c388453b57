import type { AgentsService } from '../agents/agents.service.ts';
import { hashPassword } from '../auth/passwords.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import { ConfigError, type Config } from '../config.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { addDays, type BusinessCalendar } from '../performance/business-day.ts';
import { performanceUpdate } from '../performance/performance.events.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import type { PresenceService } from '../presence/presence.service.ts';
import { castStory } from './casting.ts';
import { blocksOf, planActions, planNotes, planSessions, type PlannedSession } from './coaching-plan.ts';
import type { DemoSessionsRepository, ToldSession } from './demo-sessions.repository.ts';
import type { DemoIds, DemoRepository, DemoState, NewPerson, PersonLedger, PersonNow } from './demo.repository.ts';
import type { ContactDay, FloorRepository } from './floor.repository.ts';
import { historyOf, lostCallsOf, type PlannedContact } from './history.ts';
import { ledgerOf, type LedgerInterval } from './presence-plan.ts';
import { Random } from './random.ts';
import { insertVoice } from './voice.repository.ts';
import { planVoice } from './voice-plan.ts';
import { planAnswers, planComments, planRecord } from './session-plan.ts';
import { instantAt, Roster, type IsAbsent } from './shifts.ts';
import { STORY_ABSENCES } from './story/coaching.ts';
import { DEMO_PASSWORD, DEMO_SIGN_INS, STORY_PEOPLE, STORY_STAFF, type StoryPerson } from './story/people.ts';
import { STORY_TEAMS, type TeamKey } from './story/teams.ts';

/** What {@link DemoService.open} found or made: the demo's data, or a database of somebody's own. */
export type DemoPresence = 'loaded' | 'topped up' | 'up to date' | 'own data';

/** Weeks of history at the first start; of a longer break no more than that is made up for. */
const HISTORY_DAYS = 56;
/** A shorter break is nothing that anybody would miss. */
const SHORTEST_BREAK_MS = 2 * 60_000;
/** No password fits it. */
const NO_PASSWORD = '!';
const LOADER = systemPrincipal('demo');

/** Fills an empty database with the demo's story and keeps that story going over the times the system was off. */
export class DemoService {
  readonly #uow: UnitOfWork;
  readonly #demo: DemoRepository;
  readonly #sessions: DemoSessionsRepository;
  readonly #floors: FloorRepository;
  readonly #agents: AgentsService;
  readonly #signIns: SignIns;
  readonly #recomputation: RecomputationService;
  readonly #presence: PresenceService;
  readonly #calendar: BusinessCalendar;
  readonly #simulated: boolean;

  constructor(deps: {
    uow: UnitOfWork;
    demo: DemoRepository;
    sessions: DemoSessionsRepository;
    floors: FloorRepository;
    agents: AgentsService;
    signIns: SignIns;
    recomputation: RecomputationService;
    presence: PresenceService;
    calendar: BusinessCalendar;
    /** Whether some process of this installation simulates. */
    simulated: boolean;
  }) {
    this.#uow = deps.uow;
    this.#demo = deps.demo;
    this.#sessions = deps.sessions;
    this.#floors = deps.floors;
    this.#agents = deps.agents;
    this.#signIns = deps.signIns;
    this.#recomputation = deps.recomputation;
    this.#presence = deps.presence;
    this.#calendar = deps.calendar;
    this.#simulated = deps.simulated;
  }

  /**
   * What every start does before anybody can call: opens the demo or shuts it.
   *
   * @returns whether the demo's people can sign in
   * @throws ConfigError in production, for a database whose demo accounts are open
   */
  async settle({ demo, mode }: Pick<Config, 'demo' | 'mode'>): Promise<boolean> {
    if (demo) return (await this.open()) !== 'own data';
    const accounts = mode === 'production' ? await this.openAccounts() : [];
    if (accounts.length > 0) {
      throw new ConfigError('DATABASE_URL', `leads to a database with demo accounts (${accounts.join(', ')}), whose password is no secret; ` +
        'use another one, or start once with NODE_ENV=development and DEMO=off, which locks them');
    }
    await this.close();
    return false;
  }

  /**
   * Loads the demo into an empty database, or tells what happened since it was last open, and lets its people sign in.
   * One transaction: killed in the middle, nothing has happened. Processes that call it at once take turns.
   */
  open(): Promise<DemoPresence> {
    return this.#uow.write(LOADER, async (tx) => {
      await this.#demo.lock(tx);
      const state = await this.#demo.state(tx);
      if (state) {
        await this.#demo.exchangePassword(tx, DEMO_SIGN_INS, NO_PASSWORD, state.passwordHash);
        if (!this.#simulated || !(await this.#floors.isTaken(tx, tx.now))) await this.endOpenContacts(tx);
        return (await this.#topUp(tx, state)) ? 'topped up' : 'up to date';
      }
      if (!(await this.#demo.isEmpty(tx))) return 'own data';
      await this.#load(tx);
      return 'loaded';
    });
  }

  /** Without the demo nobody signs in with a password that the whole world knows. */
  async close(): Promise<void> {
    await this.#uow.write(LOADER, async (tx) => {
      const state = await this.#demo.state(tx);
      if (!state) return;
      const locked = await this.#demo.exchangePassword(tx, DEMO_SIGN_INS, state.passwordHash, NO_PASSWORD);
      for (const agentId of locked) await this.#signIns.endAll(tx, agentId, 'demo_off');
    });
  }

  /** User names of accounts that everybody knows the password of. */
  openAccounts(): Promise<string[]> {
    return this.#uow.read(async (db) => {
      const state = await this.#demo.state(db);
      return state ? this.#demo.havingPassword(db, state.passwordHash) : [];
    });
  }

  /** Everything until now has happened and is stored. */
  cover(tx: Tx): Promise<void> {
    return this.#demo.cover(tx, tx.now);
  }

  /** Contacts that a simulator began and did not live to end. */
  async endOpenContacts(tx: Tx): Promise<void> {
    const state = await this.#demo.state(tx);
    if (state) await this.contactsChanged(tx, await this.#floors.closeAll(tx, new Date(state.coveredUntil), tx.now));
  }

  /** Contacts have begun or ended on these days: counts what people have open, and has the days recomputed. */
  async contactsChanged(tx: Tx, days: readonly ContactDay[]): Promise<void> {
    if (days.length === 0) return;
    const timestamp = tx.now.toISOString();
    for (const { agentId, count } of await this.#floors.countOpen(tx, days.map((day) => day.agentId))) {
      tx.record(performanceUpdate.record(agentId, { agentId, metric: 'currentTickets', value: count, timestamp }, { agentId }));
    }
    await this.#recomputation.markStale(tx, days);
  }

  /** The roster as it is by now, and which lives people lead. @throws Error before the demo was loaded */
  async cast(tx: Tx, people: readonly { id: number; username: string }[]): Promise<{ roster: Roster; takes: DemoState['takes'] }> {
    const state = await this.#demo.state(tx);
    if (!state) throw new Error('There is no demo to cast.');
    return { roster: await this.#rosterOf(tx, state.anchor, people, addDays(this.#calendar.dayOf(tx.now), -1)), takes: state.takes };
  }

  async #load(tx: Tx): Promise<void> {
    const now = tx.now.getTime();
    const anchor = this.#calendar.dayOf(tx.now);
    const first = addDays(anchor, -HISTORY_DAYS);
    const roster = new Roster(this.#calendar, anchor, storyAbsences(anchor));
    const sessions = planSessions(roster);
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const ids = await this.#insertOrganisation(tx, anchor, passwordHash);
    const lives = STORY_PEOPLE.map((person) => ({ person, ...castStory(roster, person, first, now, blocksOf(sessions)) }));
    const lost = lostCallsOf(roster, { from: first, to: anchor });
    const past = [...lives.flatMap((life) => life.contacts), ...lost].filter((contact) => contact.endedAt <= now);
    await this.#demo.insertContacts(tx, inOrder(past), ids, this.#calendar.timezone);
    await this.#demo.insertLedgers(tx, lives.map((life) => ledger(life.person, ids, ledgerOf(life.stretches, undefined, now, isSignIn(life.person.username)))), tx.now);
    await this.#presence.recount(tx, [...ids.people.values()]);
    const contactsOf = (username: string): readonly PlannedContact[] => lives.find((life) => life.person.username === username)?.contacts ?? [];
    await this.#sessions.insert(tx, toldOf(roster, sessions), planComments(sessions), ids, tx.now);
    await this.#demo.insertNotes(tx, planNotes(roster, sessions, contactsOf), ids);
    await this.#demo.insertActions(tx, planActions(roster, sessions), ids);
    await insertVoice(tx, planVoice(this.#calendar, anchor, now), ids);
    await this.#demo.analyze(tx);
    const takes = Object.fromEntries(lives.map((life) => [life.person.username, life.take]));
    const teams = Object.fromEntries(ids.teams) as Record<TeamKey, string>;
    await this.#demo.saveState(tx, { anchor, coveredUntil: tx.now.toISOString(), takes, teams, passwordHash }, tx.now);
    await this.#count(tx, first, [...ids.people.values()]);
    tx.audit({ action: 'demo.load', targetType: 'installation', targetId: 'demo', after: { people: ids.people.size, interactions: past.length } });
  }

  async #insertOrganisation(tx: Tx, anchor: string, passwordHash: string): Promise<DemoIds> {
    const founded = new Date(instantAt(this.#calendar, addDays(anchor, -2 * HISTORY_DAYS), 9 * 60));
    const teams = new Map(STORY_TEAMS.map((team) => [team.key, new Random('team', team.key).uuid(founded.getTime())]));
    await this.#demo.insertTeams(tx, STORY_TEAMS.map((team) => ({ ...team, id: teams.get(team.key)! })), founded); // made of the same list
    const people = await this.#demo.insertPeople(tx, organisation(anchor, passwordHash), teams, tx.now);
    const ids: DemoIds = { people, teams };
    const leaders = STORY_STAFF.flatMap(({ username, leads }) => (leads ? [{ teamId: teams.get(leads)!, agentId: people.get(username)! }] : []));
    await this.#demo.insertLeaders(tx, leaders);
    const absences = STORY_ABSENCES.map((absence) => ({
      ...absence, id: new Random('absence', absence.who, absence.from).uuid(founded.getTime()),
      startsOn: addDays(anchor, absence.from), endsOn: addDays(anchor, absence.to),
    }));
    await this.#demo.insertAbsences(tx, absences, ids, founded);
    return ids;
  }

  async #topUp(tx: Tx, state: DemoState): Promise<boolean> {
    const now = tx.now.getTime();
    const since = Math.max(Date.parse(state.coveredUntil), this.#calendar.startOf(addDays(this.#calendar.dayOf(tx.now), -HISTORY_DAYS)).getTime());
    if (now - since < SHORTEST_BREAK_MS) return false;
    await this.endOpenContacts(tx);
    const present = await this.#demo.peopleNow(tx, STORY_PEOPLE.map((person) => person.username));
    const days = { from: addDays(this.#calendar.dayOf(new Date(since)), -1), to: this.#calendar.dayOf(tx.now) };
    const roster = await this.#rosterOf(tx, state.anchor, present, days.from);
    const planned = new Roster(this.#calendar, state.anchor, storyAbsences(state.anchor));
    const sessions = planSessions(planned);
    const ids = idsOf(state, present);
    const told = present.flatMap((who) => {
      const person = personNamed(who.username);
      // What somebody has set last, or what was told last, is to have lasted.
      const from = Math.max(since, who.since + 60_000);
      if (isTaken(who) || from >= now) return [];
      return [{ who, person, from, ...historyOf(roster, person, days, blocksOf(sessions), state.takes[who.username] ?? 0) }];
    });
    const contacts = told.flatMap(({ contacts: all, from }) => all.filter((contact) => contact.takenAt >= from && contact.endedAt <= now));
    const lost = lostCallsOf(roster, days).filter((contact) => contact.startedAt >= since && contact.endedAt <= now);
    await this.#demo.insertContacts(tx, inOrder([...contacts, ...lost]), ids, this.#calendar.timezone);
    await this.#demo.insertLedgers(tx, told.map((life) => ledger(life.person, ids, ledgerOf(life.stretches, life.from, now, isSignIn(life.person.username)), life.who)), tx.now);
    await this.#presence.recount(tx, told.map((life) => life.who.id));
    await this.#sessions.complete(tx, toldOf(planned, sessions), { ...ids, people: await this.#demo.peopleIds(tx, everybody()) }, tx.now);
    await this.#demo.cover(tx, tx.now);
    await this.#count(tx, days.from, present.map((who) => who.id));
    return true;
  }

  async #rosterOf(tx: Tx, anchor: string, present: readonly { id: number; username: string }[], from: string): Promise<Roster> {
    const leave = await this.#demo.leave(tx, present.map((who) => who.id), from);
    const isAbsent: IsAbsent = (username, day) => {
      const id = present.find((who) => who.username === username)?.id;
      return leave.some((absence) => absence.agentId === id && absence.startsOn <= day && day <= absence.endsOn);
    };
    return new Roster(this.#calendar, anchor, isAbsent);
  }

  /** Everything that is made of contacts and presence, and one event per person in place of one per change. */
  async #count(tx: Tx, from: string, people: readonly number[]): Promise<void> {
    await this.#recomputation.aggregateRange(from, this.#calendar.dayOf(tx.now), { quiet: true });
    await this.#recomputation.refreshFigures(people, { quiet: true });
    await this.#agents.announce(tx, people);
  }
}

/** Everybody of the story, those who can sign in first. */
function organisation(anchor: string, passwordHash: string): NewPerson[] {
  const phones = new Random('phones');
  const staff = STORY_STAFF.map((person) => ({ ...person, team: null }));
  const frontLine = STORY_PEOPLE.map((person) => ({ ...person, role: 'cs', department: STORY_TEAMS[0]!.department, isActive: true }));
  return [...staff, ...frontLine]
    .sort((a, b) => place(a.username) - place(b.username))
    .map((person) => ({
      username: person.username, fullName: person.fullName, role: person.role, department: person.department, team: person.team,
      // A range that is kept free for fiction.
      phone: `+44 20 7946 0${phones.int(100, 999)}`,
      joinedOn: addDays(anchor, -person.joinedDaysAgo),
      isActive: person.isActive ?? true,
      passwordHash: DEMO_SIGN_INS.some((name) => name === person.username) ? passwordHash : NO_PASSWORD,
    }));
}

function place(username: string): number {
  const index = DEMO_SIGN_INS.findIndex((name) => name === username);
  return index < 0 ? DEMO_SIGN_INS.length : index;
}

/** @param now what is open at present: where the plan begins with the same, that goes on */
function ledger(person: StoryPerson, ids: DemoIds, planned: readonly LedgerInterval[], now?: PersonNow): PersonLedger {
  const agentId = ids.people.get(person.username)!; // ledgers are told of people who are there
  const [first] = planned;
  const goesOn = first !== undefined && now?.status === first.status && now.reason === first.reason;
  const intervals = (goesOn ? planned.slice(1) : planned).map((interval) => ({ ...interval, id: new Random('presence', person.username, interval.from).uuid(interval.from) }));
  return { agentId, openEndsAt: intervals[0]?.from ?? null, intervals };
}

function idsOf(state: DemoState, present: readonly PersonNow[]): DemoIds {
  return {
    people: new Map(present.map((who) => [who.username, who.id])),
    teams: new Map(Object.entries(state.teams) as [TeamKey, string][]),
    moved: new Map(present.map((who) => [who.username, who.teamId])),
  };
}

const isSignIn = (username: string): boolean => DEMO_SIGN_INS.some((name) => name === username);
/** Whoever signs in with a demo account and sets a status is not spoken for. */
const isTaken = ({ username, status }: PersonNow): boolean => isSignIn(username) && status !== 'offline';
const personNamed = (username: string): StoryPerson => STORY_PEOPLE.find((person) => person.username === username)!; // asked for by this list
const inOrder = (contacts: readonly PlannedContact[]): PlannedContact[] => contacts.toSorted((a, b) => a.startedAt - b.startedAt);

function storyAbsences(anchor: string): IsAbsent {
  const days = STORY_ABSENCES.map(({ who, from, to }) => ({ who, from: addDays(anchor, from), to: addDays(anchor, to) }));
  return (username, day) => days.some((absence) => absence.who === username && absence.from <= day && day <= absence.to);
}

/** The sessions with what was put down about them, and what was said to that. */
const toldOf = (roster: Roster, sessions: readonly PlannedSession[]): ToldSession[] =>
  sessions.map((session) => ({ session, record: planRecord(session), answers: planAnswers(roster, session) }));

const everybody = (): string[] => [...STORY_STAFF, ...STORY_PEOPLE].map(({ username }) => username);
