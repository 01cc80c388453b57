import { isManager, scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, notFound } from '../errors/problem.ts';
import { addDays, daysBetween, type BusinessCalendar } from '../performance/business-day.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import { FAIRNESS_CONSTANTS } from './fairness-constants.ts';
import type { FairnessFrame } from './fairness-frame.ts';
import type { FairnessRow, FairnessRowsRepository, RowRequest } from './fairness-rows.repository.ts';
import type { Ahead, AnswerCounts, FairnessPerson, FairnessRepository, FairnessTeamRow, GapCounts, NoteCounts, SessionCounts, Whose } from './fairness.repository.ts';
import { spreadOf, type Spread } from './spread.ts';

export interface FairnessRequest {
  /** Business days. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly teamId?: string | undefined;
}

export interface TeamName {
  readonly id: string;
  readonly name: string;
}

export interface PersonName {
  readonly id: number;
  readonly name: string;
}

/** What is counted of a team, of a leader, or of all of them. */
export interface FairnessFigures {
  readonly people: number;
  readonly inCadence: number;
  readonly coached: number;
  readonly gap: Pick<GapCounts, 'median' | 'n'>;
  readonly sessions: Pick<SessionCounts, 'held' | 'cancelled' | 'noShow'>;
  readonly notes: Pick<NoteCounts, 'praise' | 'correction'>;
  readonly answers: Pick<AnswerCounts, 'asked' | 'acknowledged' | 'pending' | 'overdue' | 'disputed' | 'upheld'>;
}

export interface TeamFairness {
  /** Null for the people without a team. */
  readonly team: TeamName | null;
  readonly cadenceDays: number;
  readonly leaders: readonly PersonName[];
  readonly figures: FairnessFigures;
  readonly spread: Spread;
}

export interface LeaderFairness {
  readonly leader: PersonName;
  readonly teams: readonly TeamName[];
  readonly figures: FairnessFigures;
}

/** Somebody for whom the cadence has passed. */
export interface Waiting extends Omit<Ahead, 'agentId'> {
  readonly person: FairnessPerson;
  readonly team: TeamName | null;
}

export interface Fairness {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  /** The one that was asked for. */
  readonly teamId: string | null;
  readonly total: FairnessFigures;
  readonly teams: readonly TeamFairness[];
  readonly leaders: readonly LeaderFairness[];
  readonly waiting: readonly Waiting[];
  readonly waitingTotal: number;
}

interface Counted {
  readonly people: readonly FairnessPerson[];
  readonly sessions: readonly SessionCounts[];
  readonly notes: readonly NoteCounts[];
  readonly answers: readonly AnswerCounts[];
  readonly gaps: readonly GapCounts[];
}

const NO_SESSIONS = { held: 0, cancelled: 0, noShow: 0 };
const NO_NOTES = { praise: 0, correction: 0 };
const NO_ANSWERS = { asked: 0, acknowledged: 0, pending: 0, overdue: 0, disputed: 0, upheld: 0 };
const NO_GAPS = { median: null, n: 0 };

/** Whether everybody gets coached: counts, and the rows behind them. */
export class FairnessService {
  readonly #uow: UnitOfWork;
  readonly #fairness: FairnessRepository;
  readonly #rows: FairnessRowsRepository;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; fairness: FairnessRepository; rows: FairnessRowsRepository; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#fairness = deps.fairness;
    this.#rows = deps.rows;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /** @throws Problem 400 (period), 404 (team out of scope). */
  async fairness(by: Principal, request: FairnessRequest, page: number, limit: number): Promise<Fairness> {
    const frame = await this.#frame(by, request);
    return this.#uow.report(async (db) => {
      const teams = await this.#fairness.teams(db, frame);
      const counted: Counted = {
        people: await this.#fairness.people(db, frame),
        sessions: await this.#fairness.sessions(db, frame),
        notes: await this.#fairness.notes(db, frame),
        answers: await this.#fairness.answers(db, frame),
        gaps: await this.#fairness.gaps(db, frame),
      };
      const late = counted.people.filter((person) => person.days > person.cadenceDays).sort((a, b) => b.days - a.days || a.id - b.id);
      const shown = late.slice((page - 1) * limit, page * limit);
      const ahead = new Map((await this.#fairness.ahead(db, shown.map(({ id }) => id), frame)).map((row) => [row.agentId, row]));
      const nameOf = (teamId: string | null): TeamName | null => teamNames(teams).find(({ id }) => id === teamId) ?? null;
      const leaders = leadersIn(counted, teams, by);
      const strangers = await this.#fairness.names(db, leaders.filter(({ name }) => name === '').map(({ id }) => id));
      return {
        from: frame.from, to: frame.to, timezone: this.#calendar.timezone, teamId: request.teamId?.toLowerCase() ?? null,
        total: figuresOf(counted, counted.people, { scope: 'all', teamId: null, leaderId: null }),
        teams: [...teams, ...(frame.teamIds.includes(null) ? [null] : [])].map((team) => teamFairness(counted, team, frame.from)),
        leaders: leaders.map((leader) => leaderFairness(counted, teams, { id: leader.id, name: leader.name || (strangers.find(({ id }) => id === leader.id)?.name ?? '') })).sort(byName),
        waiting: shown.map((person) => ({ person, team: nameOf(person.teamId), nextSessionAt: ahead.get(person.id)?.nextSessionAt ?? null, absentUntil: ahead.get(person.id)?.absentUntil ?? null })),
        waitingTotal: late.length,
      };
    });
  }

  /** The rows behind a figure. @throws Problem 400 (period), 404 (team out of scope). */
  async rows(by: Principal, { teamless, ...request }: FairnessRequest & { teamless?: boolean | undefined }, rows: RowRequest): Promise<{ rows: FairnessRow[]; total: number }> {
    const frame = await this.#frame(by, request);
    const teamIds = teamless ? frame.teamIds.filter((id) => id === null) : frame.teamIds;
    return this.#uow.report((db) => this.#rows.list(db, { ...frame, teamIds }, rows));
  }

  async #frame(by: Principal, { from, to, teamId }: FairnessRequest): Promise<FairnessFrame> {
    const now = this.#clock.now();
    const today = this.#calendar.dayOf(now);
    const last = to ?? today;
    const first = from ?? addDays(last, 1 - FAIRNESS_CONSTANTS.defaultDays);
    if (last > today) throw badPeriod('/query/to', 'is in the future');
    if (first > last) throw badPeriod('/query/from', 'is after to');
    if (daysBetween(first, last) >= FAIRNESS_CONSTANTS.maximumDays) throw badPeriod('/query/from', `is more than ${FAIRNESS_CONSTANTS.maximumDays} days before to`);
    return { teamIds: await this.#teamsFor(by, teamId?.toLowerCase()), from: first, to: last, opens: this.#calendar.startOf(first), closes: this.#calendar.endOf(last), now };
  }

  async #teamsFor(by: Principal, teamId: string | undefined): Promise<(string | null)[]> {
    if (teamId === undefined) return this.#uow.read((db) => this.#fairness.teamIds(db, scopeOf(by)));
    const visible = isManager(by) ? await this.#uow.read((db) => this.#fairness.teamExists(db, teamId)) : by.ledTeamIds.includes(teamId);
    if (!visible) throw notFound('Team');
    return [teamId];
  }
}

function teamFairness(counted: Counted, team: FairnessTeamRow | null, from: string): TeamFairness {
  const people = counted.people.filter((person) => person.teamId === (team?.id ?? null));
  return {
    team: team && { id: team.id, name: team.name },
    cadenceDays: team?.cadenceDays ?? DEFAULT_TEAM_SETTINGS.cadenceDays,
    leaders: team?.leaders ?? [],
    figures: figuresOf(counted, people, { scope: 'team', teamId: team?.id ?? null, leaderId: null }),
    spread: spreadOf(people.filter((person) => person.joinedOn <= from).map((person) => person.held)),
  };
}

function leaderFairness(counted: Counted, teams: readonly FairnessTeamRow[], leader: PersonName): LeaderFairness {
  const led = teams.filter((team) => team.leaders.some(({ id }) => id === leader.id));
  const people = counted.people.filter((person) => led.some(({ id }) => id === person.teamId));
  return { leader, teams: teamNames(led), figures: figuresOf(counted, people, { scope: 'leader', teamId: null, leaderId: leader.id }) };
}

/** Who leads one of the teams, or held a session or wrote a note there; a leader is shown themselves alone. */
function leadersIn({ sessions, notes }: Counted, teams: readonly FairnessTeamRow[], by: Principal): PersonName[] {
  const leaders = new Map(teams.flatMap((team) => team.leaders).map(({ id, name }) => [id, name]));
  const active = [...sessions.filter((row) => row.held + row.cancelled + row.noShow > 0), ...notes.filter((row) => row.praise + row.correction > 0)];
  for (const { leaderId } of active) if (leaderId !== null && !leaders.has(leaderId)) leaders.set(leaderId, '');
  return [...leaders].map(([id, name]) => ({ id, name })).filter(({ id }) => isManager(by) || id === by.agentId);
}

function figuresOf({ sessions, notes, answers, gaps }: Counted, people: readonly FairnessPerson[], of: Whose): FairnessFigures {
  const mine = <T extends Whose>(rows: readonly T[]): T | undefined => rows.find((row) => row.scope === of.scope && row.teamId === of.teamId && row.leaderId === of.leaderId);
  return {
    people: people.length,
    inCadence: people.filter((person) => person.days <= person.cadenceDays).length,
    coached: people.filter((person) => person.held > 0).length,
    gap: mine(gaps) ?? NO_GAPS,
    sessions: mine(sessions) ?? NO_SESSIONS,
    notes: mine(notes) ?? NO_NOTES,
    answers: mine(answers) ?? NO_ANSWERS,
  };
}

const teamNames = (teams: readonly FairnessTeamRow[]): TeamName[] => teams.map(({ id, name }) => ({ id, name }));
const byName = (a: LeaderFairness, b: LeaderFairness): number => a.leader.name.localeCompare(b.leader.name, 'en') || a.leader.id - b.leader.id;
const badPeriod = (path: string, message: string) => badRequest('invalid_period', `${path} ${message}.`, [{ path, message, code: 'period' }]);
