import type { AgentsService } from '../agents/agents.service.ts';
import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, notFound } from '../errors/problem.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import { targetOf } from '../performance/team-settings.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import { progressDays, progressOf, type Progress, type Target } from './action-progress.ts';
import type { ActionRow, ActionsService } from './actions.service.ts';

type Measurable = ActionRow & { readonly targetMetric: MetricId };

/** How the target metrics of action items have moved since these were agreed. */
export class ActionProgressService {
  readonly #uow: UnitOfWork;
  readonly #actions: ActionsService;
  readonly #performance: PerformanceService;
  readonly #agents: AgentsService;
  readonly #teams: TeamsService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; actions: ActionsService; performance: PerformanceService; agents: AgentsService; teams: TeamsService; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#actions = deps.actions;
    this.#performance = deps.performance;
    this.#agents = deps.agents;
    this.#teams = deps.teams;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /** @throws Problem 403 (who only holds its session), 404 (not there, or without a target metric). */
  async get(by: Principal, id: string): Promise<Progress> {
    const item = await this.#actions.get(by, id);
    if (!(await this.#actions.mayFollow(by, item))) throw forbidden('The figures of somebody are for them, and for those who lead them.', 'not_yours_to_follow');
    const [progress] = await this.#of([item]);
    if (!progress) throw notFound('Progress');
    return progress;
  }

  /** The progress of those of the items that have a target metric and whose figures the reader may see, in their order. */
  async of(by: Principal, items: readonly ActionRow[]): Promise<Progress[]> {
    const theirs: ActionRow[] = [];
    for (const item of items) if (await this.#actions.mayFollow(by, item)) theirs.push(item);
    return this.#of(theirs);
  }

  #of(items: readonly ActionRow[]): Promise<Progress[]> {
    const measurable = items.filter((item): item is Measurable => item.targetMetric !== null);
    return this.#uow.read(async (db) => {
      const days = measurable.map((item) => this.#days(item));
      const asked = measurable.flatMap(({ agentId, targetMetric: metric }, i) => [days[i]?.baseline, days[i]?.current].flatMap((period) => (period ? [{ agentId, metric, ...period }] : [])));
      const figures = await this.#performance.figures(db, asked);
      const measured = asked.map(({ from, to }, i) => ({ from, to, value: figures[i]?.value ?? null, n: figures[i]?.n ?? 0 }));
      const found: Progress[] = [];
      for (const [i, { id, agentId, targetMetric: metric, targetValue }] of measurable.entries()) {
        const [baseline, current] = measured.slice(2 * i, 2 * i + 2);
        if (baseline && current) found.push(progressOf({ id, agentId, metric }, baseline, current, await this.#target(db, agentId, metric, targetValue)));
      }
      return found;
    });
  }

  #days({ createdAt, completedAt }: ActionRow) {
    const dayOf = (instant: string): string => this.#calendar.dayOf(new Date(instant));
    return progressDays(dayOf(createdAt), completedAt === null ? null : dayOf(completedAt), this.#calendar.dayOf(this.#clock.now()));
  }

  /** The item's own target, else that of the team the person is in. */
  async #target(db: Db, agentId: number, metric: MetricId, own: number | null): Promise<Target> {
    if (own !== null) return { value: own, from: 'item' };
    const { teamId } = await this.#agents.get(agentId);
    const value = targetOf(metric, (await this.#teams.settingsInForce(db, teamId)).targets);
    return { value, from: value === null ? null : 'team' };
  }
}
