import { DateTime } from 'luxon';
import type { AgentsService } from '../agents/agents.service.ts';
import { leads, scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { Db } from '../db/db.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, forbidden, type FieldError } from '../errors/problem.ts';
import type { BookedSession, BookedSessionRepository } from './booked-session.repository.ts';
import { addDays, daysBetween, FIRST_DAY, type BusinessCalendar } from './business-day.ts';
import { figureOnDay } from './daily-figure.ts';
import type { DailyRow, DailyRowsRepository, DayFilters, NamedDailyRow, PeriodSums } from './daily-rows.repository.ts';
import { countOf, figureOf, type MetricId } from './metric-definitions.ts';
import { EMPTY_SUMS } from './metric-sums.ts';
import { LEVEL_CONSTANTS, performanceLevel, type PerformanceLevel } from './performance-level.ts';
import { resolveTeamSettings, type TeamSettings } from './team-settings.ts';

type Person = Awaited<ReturnType<AgentsService['get']>>;

const MAX_DAYS = 90;
const DEFAULT_DAYS = 30;

/** Inclusive business days. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A metric on a day on which it was measured. */
export interface MeasuredDay {
  readonly date: string;
  /** As it is shown: with four decimals. */
  readonly value: number;
  /** The count behind it; 0 where only a mean was imported. */
  readonly n: number;
  readonly origin: 'computed' | 'imported';
}

export interface PerformanceDays extends Period {
  readonly rows: readonly DailyRow[];
}

export interface MeasuredPeriod extends Period {
  readonly sums: PeriodSums;
  /** The same over the period of equal length before. */
  readonly previous: Period & { readonly sums: PeriodSums };
}

export interface Summary {
  readonly agentId: number;
  readonly asOf: string;
  readonly settingsVersion: number;
  readonly settings: TeamSettings;
  readonly level: PerformanceLevel;
  /** Null without one, and where the reader may not follow. */
  readonly nextSession: BookedSession | null;
  readonly today: MeasuredPeriod;
  readonly period: MeasuredPeriod;
  /** Whether the reader may see the rows behind the figures. */
  readonly mayFollow: boolean;
}

export interface FigureRequest extends Period {
  readonly agentId: number;
  readonly metric: MetricId;
}

/** A metric in its unit, null where nothing was measured, and the count behind it. */
export interface Figure {
  readonly value: number | null;
  readonly n: number;
}

/** Reads people's figures. */
export class PerformanceService {
  readonly #uow: UnitOfWork;
  readonly #days: DailyRowsRepository;
  readonly #sessions: BookedSessionRepository;
  readonly #agents: AgentsService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; days: DailyRowsRepository; sessions: BookedSessionRepository; agents: AgentsService; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#days = deps.days;
    this.#sessions = deps.sessions;
    this.#agents = deps.agents;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  get timezone(): string {
    return this.#calendar.timezone;
  }

  /** @throws Problem 400 (period), 403 (figures hidden from peers), 404. */
  async daily(by: Principal, agentId: number, from?: string, to?: string): Promise<PerformanceDays> {
    const period = this.#period(from, to);
    assertMaySee(by, await this.#agents.get(agentId));
    const rows = await this.#uow.read((db) => this.#days.days(db, scopeOf(by), agentId, period.from, period.to));
    return { ...period, rows };
  }

  /** The daily rows of everybody whose work the reader may see, page by page: not of those they know from the directory alone. */
  pages(by: Principal, filters: DayFilters, gone?: AbortSignal): AsyncIterable<readonly NamedDailyRow[]> {
    return pagesOf(PAGE_ROWS, (after: NamedDailyRow | undefined, size) => this.#uow.report((db) => this.#days.page(db, scopeOf(by), filters, after, size), gone), (row) => row);
  }

  /**
   * Today and the 28 days up to and including it, against the targets in force then.
   *
   * @param asOf business day to stand at; default today
   * @throws Problem 400 (day in the future), 403 (figures hidden from peers), 404
   */
  async summary(by: Principal, agentId: number, asOf?: string): Promise<Summary> {
    const today = this.#calendar.dayOf(this.#clock.now());
    if (asOf !== undefined && asOf > today) throw badPeriod('/query/asOf', 'is in the future');
    const day = asOf ?? today;
    if (addDays(day, 1 - 2 * LEVEL_CONSTANTS.days) < FIRST_DAY) throw badPeriod('/query/asOf', `is less than ${2 * LEVEL_CONSTANTS.days} days into ${FIRST_DAY.slice(0, 4)}`);
    const agent = await this.#agents.get(agentId);
    assertMaySee(by, agent);
    return this.#uow.read(async (db) => {
      const stored = await this.#days.settings(db, agent.teamId, this.#calendar.endOf(day));
      const settings = resolveTeamSettings(stored?.settings);
      const measure = async (days: number): Promise<MeasuredPeriod> => {
        const from = addDays(day, 1 - days);
        const previous = { from: addDays(from, -days), to: addDays(from, -1) };
        return {
          from,
          to: day,
          sums: await this.#days.totals(db, agentId, from, day),
          previous: { ...previous, sums: await this.#days.totals(db, agentId, previous.from, previous.to) },
        };
      };
      const [now, period] = [await measure(1), await measure(LEVEL_CONSTANTS.days)];
      const mayFollow = by.agentId === agentId || leads(by, agent.teamId);
      const level = performanceLevel(period.sums, settings.targets);
      const nextSession = (mayFollow ? await this.#sessions.next(db, agentId, this.#clock.now()) : undefined) ?? null;
      return { agentId, asOf: day, settingsVersion: stored?.version ?? 0, settings, level, nextSession, today: now, period, mayFollow };
    });
  }

  /**
   * Metrics of people over inclusive business days, in the order in which they are asked for. Whoever asks has made sure
   * that the reader may see them.
   */
  async figures(db: Db, asked: readonly FigureRequest[]): Promise<Figure[]> {
    const sums = await this.#days.totalsOf(db, asked);
    return asked.map(({ metric }, i) => ({ value: figureOf(metric, sums[i] ?? EMPTY_SUMS), n: countOf(metric, sums[i] ?? EMPTY_SUMS) }));
  }

  /** Each metric on each day that has a value, as {@link daily} shows it; for a room that has decided who may see it. */
  async measuredDays<Id extends MetricId>(agentId: number, metrics: readonly Id[], { from, to }: Period): Promise<ReadonlyMap<Id, readonly MeasuredDay[]>> {
    const rows = await this.#uow.read((db) => this.#days.days(db, { kind: 'none' }, agentId, from, to));
    return new Map(metrics.map((id) => [id, rows.flatMap((row) => measuredDay(id, row))]));
  }

  /** The settings in force for a team at the end of a business day. */
  async settingsOn(teamId: string | null, day: string): Promise<TeamSettings> {
    const stored = await this.#uow.read((db) => this.#days.settings(db, teamId, this.#calendar.endOf(day)));
    return resolveTeamSettings(stored?.settings);
  }

  /** The business day of a day or an instant. */
  #dayOf(path: string, text: string): string {
    const day = DateTime.fromISO(text, { zone: this.#calendar.timezone });
    if (!day.isValid) throw badPeriod(path, 'is not a day or an instant');
    return day.toISODate();
  }

  #period(from?: string, to?: string): Period {
    const last = to === undefined ? this.#calendar.dayOf(this.#clock.now()) : this.#dayOf('/query/to', to);
    const first = from === undefined ? addDays(last, 1 - DEFAULT_DAYS) : this.#dayOf('/query/from', from);
    if (first > last) throw badPeriod('/query/from', 'is after to');
    if (daysBetween(first, last) >= MAX_DAYS) throw badPeriod('/query/from', `is more than ${MAX_DAYS} days before to`);
    if (first < FIRST_DAY) throw badPeriod(from === undefined ? '/query/to' : '/query/from', `reaches behind ${FIRST_DAY}`);
    return { from: first, to: last };
  }
}

function measuredDay(id: MetricId, row: DailyRow): MeasuredDay[] {
  const value = figureOnDay(id, row);
  return value === null ? [] : [{ date: row.date, value, n: countOf(id, row), origin: row.origin }];
}

/** Figures are part of the directory, unless the person's team hides them from peers. */
function assertMaySee(by: Principal, agent: Person): void {
  if (by.role === 'cs' && by.agentId !== agent.id && agent.figuresHidden) {
    throw forbidden('This team does not show its figures to peers.', 'figures_hidden');
  }
}

function badPeriod(path: string, message: string) {
  const error: FieldError = { path, message, code: 'period' };
  return badRequest('invalid_period', `${path} ${message}.`, [error]);
}
