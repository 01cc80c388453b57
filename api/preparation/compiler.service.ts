import type { ActionsService } from '../actions/actions.service.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { EffectService } from '../effect/effect.service.ts';
import { effectSentence } from '../effect/effect-sentences.ts';
import { addDays } from '../performance/business-day.ts';
import { METRICS } from '../performance/metric-definitions.ts';
import { presentSummary } from '../performance/performance.presenter.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import { TARGET_METRICS } from '../performance/team-settings.ts';
import { presentExplanation } from '../priority-queue/priority-queue.presenter.ts';
import type { PriorityQueueService } from '../priority-queue/priority-queue.service.ts';
import { draftAgenda } from './agenda.ts';
import { flaggedAmong } from './flagged.ts';
import { metricTrend } from './metric-trend.ts';
import { PREPARATION_CONSTANTS } from './preparation-constants.ts';
import type { LastSession, MetricTrend, PreparationContent, PreparedAction, PreparedMetric } from './preparation-content.ts';
import type { PreparationFactsRepository } from './preparation-facts.repository.ts';

const SYSTEM = systemPrincipal('preparation');

/** Puts together what two people need before they talk, from what the other rooms know. */
export class PreparationCompiler {
  readonly #facts: PreparationFactsRepository;
  readonly #performance: PerformanceService;
  readonly #actions: ActionsService;
  readonly #effects: EffectService;
  readonly #queue: PriorityQueueService;

  constructor(deps: { facts: PreparationFactsRepository; performance: PerformanceService; actions: ActionsService; effects: EffectService; queue: PriorityQueueService }) {
    this.#facts = deps.facts;
    this.#performance = deps.performance;
    this.#actions = deps.actions;
    this.#effects = deps.effects;
    this.#queue = deps.queue;
  }

  /** The same as long as nothing it is made of changes. @param today business day */
  async compile(db: Db, agentId: number, focusMetrics: readonly string[], today: string): Promise<PreparationContent> {
    const summary = await this.#performance.summary(SYSTEM, agentId, today);
    const metrics = presentSummary(summary).period.figures.filter(({ metric }) => (TARGET_METRICS as readonly string[]).includes(metric)) satisfies readonly PreparedMetric[];
    const { targets } = summary.settings;
    const from = addDays(today, 1 - PREPARATION_CONSTANTS.windowDays);
    const explanation = await this.#queue.explain(agentId);
    const facts = {
      asOf: today,
      focusMetrics,
      metrics,
      actions: (await this.#actions.openFor(db, agentId)).map(presentAction),
      lastSession: await this.#lastSession(db, agentId),
      flagged: flaggedAmong(await this.#facts.flaggable(db, agentId, from, today, targets.aht), targets.aht),
      trends: await this.#trends(agentId, from, today),
      ...(explanation ? presentExplanation(explanation) : { queue: null, recognitions: [] }),
    };
    return { ...facts, agenda: draftAgenda({ ...facts, notes: await this.#facts.notes(db, agentId) }) };
  }

  async #lastSession(db: Db, agentId: number): Promise<LastSession | null> {
    const last = await this.#facts.lastSession(db, agentId);
    if (!last) return null;
    const { metrics } = await this.#effects.effect(SYSTEM, last.id, agentId);
    return {
      ...last,
      commitments: last.commitments.filter(({ personId }) => personId === null || personId === agentId || personId === last.facilitator.id),
      effect: metrics.map((effect) => ({ metric: effect.metric, name: METRICS[effect.metric].name, verdict: effect.verdict, sentence: effectSentence(effect) })),
    };
  }

  async #trends(agentId: number, from: string, to: string): Promise<MetricTrend[]> {
    const days = await this.#performance.measuredDays(agentId, TARGET_METRICS, { from, to });
    return TARGET_METRICS.map((metric) => metricTrend(metric, days.get(metric) ?? []));
  }
}

const presentAction = ({ id, title, dueDate, priority, status, overdue, assigneeName, targetMetric, targetValue }: Awaited<ReturnType<ActionsService['openFor']>>[number]): PreparedAction =>
  ({ id, title, dueDate, priority, status, overdue, assigneeName, targetMetric, targetValue });
