import { createHash } from 'node:crypto';
import type { AgentsService } from '../agents/agents.service.ts';
import { leads, scopeOf, systemPrincipal, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/db.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import { addDays, type BusinessCalendar } from '../performance/business-day.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import { LEVEL_CONSTANTS } from '../performance/performance-level.ts';
import type { PerformanceService, Period } from '../performance/performance.service.ts';
import type { GoalRecord, GoalStatus } from './goal.entity.ts';
import { presentGoal, type GoalState } from './goal.presenter.ts';
import { progressOf } from './goal-progress.ts';
import type { GoalFilters, GoalRepository, GoalRow, ToldGoal } from './goal.repository.ts';
import { goalUpdated } from './goals.events.ts';

export interface NewGoal {
  readonly agentId: number;
  readonly title: string;
  readonly description?: string | undefined;
  readonly metric?: MetricId | undefined;
  readonly startValue?: number | undefined;
  readonly targetValue?: number | undefined;
  readonly dueDate?: string | undefined;
}

export interface GoalChanges {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly startValue?: number | undefined;
  readonly targetValue?: number | undefined;
  readonly dueDate?: string | null | undefined;
  readonly status?: GoalStatus | undefined;
  readonly outcome?: string | undefined;
}

const WATCHER = systemPrincipal('goals');
/** Goals in one transaction. */
const BATCH = 200;
/** Before every id there is. */
const NO_GOAL = '00000000-0000-0000-0000-000000000000';

/** Goals: set by those who lead a person, seen by both, measured by the metric itself. */
export class GoalsService {
  readonly #uow: UnitOfWork;
  readonly #goals: GoalRepository;
  readonly #agents: AgentsService;
  readonly #performance: PerformanceService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; goals: GoalRepository; agents: AgentsService; performance: PerformanceService; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#goals = deps.goals;
    this.#agents = deps.agents;
    this.#performance = deps.performance;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  list(by: Principal, filters: GoalFilters, page: number, limit: number): Promise<{ rows: GoalState[]; total: number }> {
    return this.#uow.read(async (db) => {
      const { rows, total } = await this.#goals.list(db, scopeOf(by), filters, page, limit);
      return { rows: await this.#standing(db, rows), total };
    });
  }

  /** @throws Problem 404. */
  get(by: Principal, id: string): Promise<GoalState> {
    return this.#uow.read(async (db) => {
      const row = await this.#goals.byId(db, scopeOf(by), id);
      const [goal] = await this.#standing(db, row ? [row] : []);
      if (!goal) throw notFound('Goal');
      return goal;
    });
  }

  /** @throws Problem 422 naming `path` where one of these is no goal of one of these people. */
  async assertOf(db: Db, ids: readonly string[], agentIds: readonly number[], path = '/body/goalIds'): Promise<void> {
    const known = new Set(await this.#goals.ofPeople(db, ids, agentIds));
    const unknown = ids.filter((id) => !known.has(id.toLowerCase()));
    if (unknown.length > 0) throw unprocessable('unknown_goal', 'There is no such goal of this person.', [{ path, message: `${unknown.join(', ')}: no goal of this person` }]);
  }

  /** @throws Problem 404 (nobody of that id in scope), 422 (about oneself, a target without a metric or the other way round, due in the past). */
  create(by: Principal, data: NewGoal): Promise<GoalState> {
    return this.#uow.write(by, async (tx) => {
      await this.#assertMaySet(by, data.agentId);
      assertMeasured(data.metric ?? null, data);
      this.#assertAhead(data.dueDate);
      const id = newId();
      await this.#goals.insert(tx, {
        id,
        agentId: data.agentId,
        title: data.title,
        description: data.description ?? null,
        metric: data.metric ?? null,
        startValue: data.startValue ?? (data.metric ? await this.#valueNow(tx, data.agentId, data.metric) : null),
        targetValue: data.targetValue ?? null,
        dueDate: data.dueDate ?? null,
        status: 'open',
        outcome: null,
        closedAt: null,
        closedBy: null,
        createdBy: by.agentId || null,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
      tx.audit({ action: 'goal.create', targetType: 'goal', targetId: id, after: { ...data } });
      return this.#announced(tx, by, id);
    });
  }

  /** @throws Problem 403 (one's own), 404, 412, 422 (values of a goal without a metric, due in the past). */
  update(by: Principal, id: string, changes: GoalChanges, expected?: number): Promise<GoalState> {
    return this.#uow.write(by, async (tx) => {
      const goal = await this.#goals.forUpdate(tx, scopeOf(by), id);
      if (!goal) throw notFound('Goal');
      if (goal.agentId === by.agentId) throw forbidden('Your goals are changed by those who lead you, together with you.', 'own_goal');
      if (expected !== undefined && expected !== goal.version) throw preconditionFailed();
      if (!goal.metric) assertMeasured(null, changes);
      this.#assertAhead(changes.dueDate === goal.dueDate ? null : changes.dueDate);
      const before = Object.fromEntries(Object.keys(changes).map((key) => [key, goal[key as keyof GoalRecord]]));
      const { status, ...fields } = changes;
      Object.assign(goal, given(fields), { updatedAt: tx.now }, status === undefined || status === goal.status ? {} : closing(status, by, tx.now, fields.outcome));
      await tx.em.flush();
      tx.audit({ action: 'goal.update', targetType: 'goal', targetId: id, before, after: { ...changes } });
      return this.#announced(tx, by, id);
    });
  }

  async #announced(tx: Tx, by: Principal, id: string): Promise<GoalState> {
    const goal = await this.get(by, id);
    await this.#tell(tx, [goal]);
    return goal;
  }

  /** A session of these goals was scheduled, moved, held or called off: each says so. Joins the transaction that is open. */
  announceSessions(tx: Tx, ids: readonly string[]): Promise<void> {
    return ids.length === 0 ? Promise.resolve() : this.#goals.locked(tx, ids).then((rows) => this.#tellMoved(tx, rows));
  }

  /**
   * Tells of every open goal that has moved since it was told last, with its metric or with the day. Any number may do so at
   * once, and again: what was told is not told twice.
   */
  async announceMoved(): Promise<void> {
    for (let after = NO_GOAL; ; ) {
      const last = await this.#uow.write(WATCHER, async (tx) => {
        const today = this.#calendar.dayOf(tx.now);
        const rows = await this.#goals.maybeMoved(tx, { after, since: this.#calendar.startOf(today), from: upTo(today).from }, BATCH);
        await this.#tellMoved(tx, rows);
        return rows.at(-1)?.id;
      });
      if (last === undefined) return;
      after = last;
    }
  }

  async #tellMoved(tx: Tx, rows: readonly ToldGoal[]): Promise<void> {
    const states = await this.#standing(tx, rows.map(({ told: _told, ...row }) => row));
    const told = new Map(rows.map((row) => [row.id, row.told]));
    await this.#tell(tx, states, (goal) => digestOf(goal) !== told.get(goal.id));
  }

  async #tell(tx: Tx, goals: readonly GoalState[], isNews: (goal: GoalState) => boolean = () => true): Promise<void> {
    for (const goal of goals) if (isNews(goal)) tx.record(goalUpdated.record(goal.id, presentGoal(goal), { agentId: goal.agentId }));
    await this.#goals.looked(tx, goals.map((goal) => ({ id: goal.id, told: digestOf(goal) })), tx.now);
  }

  /** Goals with how they stand: measured over the days of every current figure, up to today or to the day of their end. */
  async #standing(db: Db, rows: readonly GoalRow[]): Promise<GoalState[]> {
    const today = this.#calendar.dayOf(this.#clock.now());
    const ways = rows.map(({ metric, startValue, targetValue }) => (metric && targetValue !== null ? { metric, startValue, targetValue } : null));
    const periods = rows.map(({ closedAt }) => upTo(closedAt ? this.#calendar.dayOf(new Date(closedAt)) : today));
    // Of a goal without a metric nothing is read, but it keeps its place.
    const figures = await this.#performance.figures(db, rows.map(({ agentId }, i) => ({ agentId, metric: ways[i]?.metric ?? 'handled', ...periods[i]! })));
    const sessions = Map.groupBy(await this.#goals.sessions(db, rows.map((row) => row.id)), (session) => session.goalId);
    return rows.map((row, i) => ({
      ...row,
      isOverdue: row.status === 'open' && row.dueDate !== null && row.dueDate < today,
      progress: ways[i] ? progressOf(ways[i], figures[i]!, periods[i]!) : null,
      sessions: (sessions.get(row.id) ?? []).map(({ id, scheduledAt, status }) => ({ id, scheduledAt, status })),
    }));
  }

  async #valueNow(db: Db, agentId: number, metric: MetricId): Promise<number | null> {
    const [figure] = await this.#performance.figures(db, [{ agentId, metric, ...upTo(this.#calendar.dayOf(this.#clock.now())) }]);
    return figure?.value ?? null;
  }

  async #assertMaySet(by: Principal, agentId: number): Promise<void> {
    if (agentId === by.agentId) throw unprocessable('goal_for_yourself', 'Goals are set together with those who lead you.', [{ path: '/body/agentId', message: 'is yourself' }]);
    const agent = await this.#agents.get(agentId);
    if (!leads(by, agent.teamId)) throw notFound('Agent');
  }

  #assertAhead(dueDate: string | null | undefined): void {
    if (dueDate && dueDate < this.#calendar.dayOf(this.#clock.now())) {
      throw unprocessable('due_in_the_past', 'A goal is due today or later.', [{ path: '/body/dueDate', message: 'is over' }]);
    }
  }
}

/** What a goal says beyond its row. */
const digestOf = ({ progress, isOverdue, sessions }: GoalState): string => createHash('sha256').update(JSON.stringify([progress, isOverdue, sessions])).digest('base64url').slice(0, 22);

/** The days of a current figure that ends on a day. */
const upTo = (day: string): Period => ({ from: addDays(day, 1 - LEVEL_CONSTANTS.days), to: day });

/** A goal that is measured has a target; one that is not has no values. */
function assertMeasured(metric: MetricId | null, { startValue, targetValue }: Pick<NewGoal, 'startValue' | 'targetValue'>): void {
  if (metric !== null && targetValue === undefined) throw unprocessable('target_missing', 'A goal with a metric has a target.', [{ path: '/body/targetValue', message: 'is missing' }]);
  if (metric !== null) return;
  const values = Object.entries({ startValue, targetValue }).filter(([, value]) => value !== undefined);
  if (values.length > 0) throw unprocessable('not_measured', 'A goal without a metric has no values.', values.map(([name]) => ({ path: `/body/${name}`, message: 'needs a metric' })));
}

const closing = (status: GoalStatus, by: Principal, now: Date, outcome: string | undefined): Partial<GoalRecord> =>
  status === 'open' ? { status, closedAt: null, closedBy: null, outcome: outcome ?? null } : { status, closedAt: now, closedBy: by.agentId || null };

/** Without the keys that were not sent. */
const given = <T extends object>(fields: T): Partial<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
