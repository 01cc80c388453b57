import { DateTime } from 'luxon';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, notFound } from '../errors/problem.ts';
import { addDays, type BusinessCalendar } from '../performance/business-day.ts';
import { EMPTY_SUMS, type MetricSums } from '../performance/metric-sums.ts';
import { resolveTeamSettings, type TeamSettings } from '../performance/team-settings.ts';
import type { Now, PersonRow, QuickStatsRepository, Slot, StatsScope } from './quick-stats.repository.ts';

/** What is usual on a day is read from so many weeks before it. */
export const COMPARED_WEEKS = 4;

export interface StatsRequest {
  readonly teamId?: string | undefined;
  /** A business day; default today. */
  readonly asOf?: string | undefined;
}

/** A day's sums; presence is that of whole days. */
export interface MeasuredDay {
  readonly date: string;
  readonly sums: MetricSums;
}

export interface QuickStats {
  readonly asOf: string;
  readonly at: Date;
  readonly timezone: string;
  /** `HH:MM` of the business zone; null where whole days are compared. */
  readonly until: string | null;
  readonly scope: StatsScope['kind'];
  readonly teamId: string | null;
  readonly teams: readonly TeamName[];
  readonly targets: readonly TeamSettings['targets'][];
  readonly serviceLevelSeconds: number | null;
  readonly day: MeasuredDay;
  readonly compared: readonly MeasuredDay[];
  /** Null for a day that is over. */
  readonly now: Now | null;
  /** Whether the reader may see the rows behind the figures. */
  readonly mayFollow: boolean;
}

interface TeamName {
  readonly id: string;
  readonly name: string;
}

/** Where and when a request stands. */
interface Standing {
  readonly scope: StatsScope;
  readonly teamId: string | null;
  readonly day: string;
  readonly running: boolean;
}

/** A day at a glance: the figures of a scope, and what is usual at this time of this weekday. */
export class QuickStatsService {
  readonly #uow: UnitOfWork;
  readonly #repository: QuickStatsRepository;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; repository: QuickStatsRepository; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#repository = deps.repository;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /** @throws Problem 400 (day in the future), 404 (team out of scope). */
  async stats(by: Principal, request: StatsRequest): Promise<QuickStats> {
    const at = this.#clock.now();
    const standing = await this.#standing(by, request, at);
    const { scope, day, running } = standing;
    const compared = comparedDays(day).map((date): Slot => ({ date, until: running ? this.#sameTime(at, date) : null }));
    return this.#uow.read(async (db) => {
      const sums = await this.#repository.sums(db, scope, [{ date: day, until: null }, ...compared]);
      const presence = await this.#repository.presence(db, scope, [day, ...compared.map((slot) => slot.date)]);
      const teams = await this.#repository.teams(db, scope, day);
      const measured = (date: string): MeasuredDay => ({ date, sums: withPresence(sums.get(date)?.sums, presence.get(date)) });
      return {
        asOf: day,
        at,
        timezone: this.#calendar.timezone,
        until: running ? this.#local(at).toFormat('HH:mm') : null,
        scope: scope.kind,
        teamId: standing.teamId,
        teams: standing.teamId === null ? choiceOf(scope, teams) : await this.#choice(by, day),
        targets: distinctTargets(teams.map((team) => resolveTeamSettings(team.settings))),
        serviceLevelSeconds: sums.get(day)?.serviceLevelSeconds ?? commonServiceLevel(teams.map((team) => resolveTeamSettings(team.settings))),
        day: measured(day),
        compared: compared.map((slot) => measured(slot.date)),
        now: running ? await this.#repository.now(db, scope) : null,
        mayFollow: by.role !== 'viewer',
      };
    });
  }

  /** The people behind presence and occupancy. @throws Problem 400 (day in the future), 404 (team out of scope). */
  async people(
    by: Principal,
    { onlineStatus, metric, ...request }: StatsRequest & { onlineStatus?: OnlineStatus | undefined; metric?: 'occupancy' | undefined },
    page: number,
    limit: number,
  ): Promise<{ rows: PersonRow[]; total: number }> {
    const { scope, day } = await this.#standing(by, request, this.#clock.now());
    const filters = { day, onlineStatus, signedIn: metric === 'occupancy' };
    return this.#uow.read((db) => this.#repository.people(db, scope, filters, page, limit));
  }

  async #standing(by: Principal, { teamId, asOf }: StatsRequest, now: Date): Promise<Standing> {
    const today = this.#calendar.dayOf(now);
    if (asOf !== undefined && asOf > today) {
      throw badRequest('invalid_day', 'asOf is in the future.', [{ path: '/query/asOf', message: 'is in the future', code: 'period' }]);
    }
    const day = asOf ?? today;
    return { scope: await this.#scope(by, teamId?.toLowerCase()), teamId: teamId?.toLowerCase() ?? null, day, running: day === today };
  }

  /** Performance is read by viewers as by managers, as numbers; front-line people read their own. */
  async #scope(by: Principal, teamId: string | undefined): Promise<StatsScope> {
    if (by.role === 'cs') {
      if (teamId !== undefined) throw notFound('Team');
      return { kind: 'self', agentId: by.agentId };
    }
    if (teamId === undefined) return by.role === 'team_leader' ? { kind: 'teams', teamIds: by.ledTeamIds, selfId: by.agentId } : { kind: 'all' };
    const visible = by.role === 'team_leader' ? by.ledTeamIds.includes(teamId) : await this.#uow.read((db) => this.#repository.teamExists(db, teamId));
    if (!visible) throw notFound('Team');
    return { kind: 'teams', teamIds: [teamId], selfId: null };
  }

  /** The teams among which the reader may choose who has chosen one. */
  async #choice(by: Principal, day: string): Promise<TeamName[]> {
    const scope = await this.#scope(by, undefined);
    return choiceOf(scope, await this.#uow.read((db) => this.#repository.teams(db, scope, day)));
  }

  #local(instant: Date): DateTime {
    return DateTime.fromJSDate(instant, { zone: this.#calendar.timezone });
  }

  /** The instant at which the clock on the wall showed on `date` what it shows now, also across a clock change. */
  #sameTime(now: Date, date: string): Date {
    const { hour, minute, second, millisecond } = this.#local(now);
    return DateTime.fromISO(date, { zone: this.#calendar.timezone }).set({ hour, minute, second, millisecond }).toJSDate();
  }
}

/** The same weekday of the weeks before, oldest first. */
const comparedDays = (day: string): string[] => Array.from({ length: COMPARED_WEEKS }, (_, week) => addDays(day, -7 * (COMPARED_WEEKS - week)));

const choiceOf = (scope: StatsScope, teams: readonly TeamName[]): TeamName[] =>
  scope.kind === 'self' || teams.length < 2 ? [] : teams.map(({ id, name }) => ({ id, name }));

/** Interactions by themselves, presence by the daily rows: the two share no sum. */
function withPresence(work: MetricSums = EMPTY_SUMS, presence: MetricSums = EMPTY_SUMS): MetricSums {
  const { onlineHours, awayHours, presenceDays, occupiedSeconds, idleSeconds } = presence;
  return { ...work, onlineHours, awayHours, presenceDays, occupiedSeconds, idleSeconds };
}

const distinctTargets = (all: readonly TeamSettings[]): TeamSettings['targets'][] => (all.length > 0 ? all : [resolveTeamSettings(null)]).map((settings) => settings.targets);

function commonServiceLevel(all: readonly TeamSettings[]): number | null {
  const seconds = new Set((all.length > 0 ? all : [resolveTeamSettings(null)]).map((settings) => settings.serviceLevelSeconds));
  return seconds.size === 1 ? ([...seconds][0] ?? null) : null;
}
