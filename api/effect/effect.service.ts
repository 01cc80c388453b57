import type { AgentsService } from '../agents/agents.service.ts';
import { leads, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { MeasuredDay, PerformanceService } from '../performance/performance.service.ts';
import { TARGET_METRICS, type TargetMetric } from '../performance/team-settings.ts';
import { attendeeOf } from '../sessions/attendee-of.ts';
import { smallestEffect } from './effect-constants.ts';
import { judgeEffect, type MetricEffect } from './effect.rule.ts';
import { effectWindows, type EffectWindow } from './effect-windows.ts';
import type { NeighbourRepository } from './neighbour.repository.ts';

/** What the effect needs to know of a session. Instants are ISO strings. */
export interface CoachedSession {
  readonly id: string;
  readonly status: string;
  readonly scheduledAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly focusMetrics: readonly string[];
  readonly facilitatorId: number;
  readonly attendeeIds: readonly number[];
}

/** A session that the caller may see. @throws Problem 404. The sessions room lends it. */
export type ReadCoachedSession = (by: Principal, sessionId: string) => Promise<CoachedSession>;

/** One side of a session, with how many interactions are behind each metric there. */
export interface MeasuredSide {
  readonly window: EffectWindow | null;
  /** Without imported days, whose interactions are not here to be listed. */
  readonly interactions: ReadonlyMap<string, number>;
}

export interface SessionEffect {
  readonly sessionId: string;
  readonly agentId: number;
  readonly agentName: string;
  readonly held: boolean;
  readonly day: string;
  readonly previousOn: string | null;
  readonly nextOn: string | null;
  readonly before: MeasuredSide;
  readonly after: MeasuredSide;
  readonly targets: Readonly<Record<TargetMetric, number>>;
  readonly metrics: readonly MetricEffect[];
  /** Whether the reader may see the rows behind the figures. */
  readonly mayFollow: boolean;
}

type DaysOf = ReadonlyMap<TargetMetric, readonly MeasuredDay[]>;

/** Compares a person with themselves before and after a session. */
export class EffectService {
  readonly #uow: UnitOfWork;
  readonly #neighbours: NeighbourRepository;
  readonly #session: ReadCoachedSession;
  readonly #agents: AgentsService;
  readonly #performance: PerformanceService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; neighbours: NeighbourRepository; session: ReadCoachedSession; agents: AgentsService; performance: PerformanceService; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#neighbours = deps.neighbours;
    this.#session = deps.session;
    this.#agents = deps.agents;
    this.#performance = deps.performance;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /**
   * @param agentId whose figures; needed where the session has several attendees and the caller is none of them
   * @throws Problem 404 (no such session, or not an attendee the caller may look at), 422 (several are meant)
   */
  async effect(by: Principal, sessionId: string, agentId?: number): Promise<SessionEffect> {
    const session = await this.#session(by, sessionId);
    const agent = await this.#agents.get(attendeeOf(session.attendeeIds, by, agentId));
    const mayFollow = by.agentId === agent.id || leads(by, agent.teamId);
    if (!mayFollow && by.agentId !== session.facilitatorId) throw notFound('Agent');
    const held = session.status === 'completed';
    const day = this.#calendar.dayOf(new Date((held ? (session.startedAt ?? session.completedAt) : null) ?? session.scheduledAt));
    const today = this.#calendar.dayOf(this.#clock.now());
    const { previousOn, nextOn } = await this.#uow.read((db) => this.#neighbours.around(db, agent.id, day));
    const { before, after } = effectWindows({ day, previousOn, nextOn, today });
    const metrics = TARGET_METRICS.filter((metric) => session.focusMetrics.includes(metric));
    const { targets } = await this.#performance.settingsOn(agent.teamId, day < today ? day : today);
    const [daysBefore, daysAfter] = [await this.#days(agent.id, metrics, before), await this.#days(agent.id, metrics, after)];
    const measured = metrics.map((metric) => ({
      metric,
      smallestEffect: smallestEffect(metric, targets),
      before: daysBefore.get(metric) ?? [],
      after: daysAfter.get(metric) ?? [],
    }));
    return {
      sessionId: session.id, agentId: agent.id, agentName: agent.fullName, held, day, previousOn, nextOn, targets, mayFollow,
      before: { window: before, interactions: interactionsOf(daysBefore) },
      after: { window: after, interactions: interactionsOf(daysAfter) },
      metrics: judgeEffect(measured, { held, over: isOver(after, day, nextOn, today) }),
    };
  }

  async #days(agentId: number, metrics: readonly TargetMetric[], window: EffectWindow | null): Promise<DaysOf> {
    return window && metrics.length > 0 ? this.#performance.measuredDays(agentId, metrics, window) : new Map();
  }
}

/** No day of the second window is still to come. */
function isOver(after: EffectWindow | null, day: string, nextOn: string | null, today: string): boolean {
  // Without a single day, it is either the next session that leaves none or that tomorrow is not over yet.
  return after ? after.cutBy !== 'today' : nextOn !== null && day < nextOn && nextOn <= today;
}

const interactionsOf = (days: DaysOf): ReadonlyMap<string, number> =>
  new Map([...days].map(([metric, list]) => [metric, list.reduce((total, day) => total + (day.origin === 'computed' ? day.n : 0), 0)]));
