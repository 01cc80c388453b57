import { actionsRoutes } from './actions/actions.routes.ts';
import { activityRoutes } from './activity/activity.routes.ts';
import { agentsRoutes } from './agents/agents.routes.ts';
import { authRoutes } from './auth/auth.routes.ts';
import type { Context } from './context.ts';
import { EFFECT_RULES } from './effect/effect-constants.ts';
import { effectRoutes } from './effect/effect.routes.ts';
import { exportsRoutes } from './exports/exports.routes.ts';
import { goalsRoutes } from './goals/goals.routes.ts';
import { fairnessRoutes } from './fairness/fairness.routes.ts';
import { loadContract } from './http/contract.ts';
import { healthRoutes, type Readiness } from './http/health.routes.ts';
import type { AnyHandler } from './http/register.ts';
import { metricsRoutes } from './observability/metrics.routes.ts';
import type { Metrics } from './observability/metrics.ts';
import { interactionsRoutes } from './interactions/interactions.routes.ts';
import { Idempotency } from './http/idempotency.ts';
import { identitiesRoutes } from './identities/identities.routes.ts';
import { ContractValidator } from './http/validator.ts';
import { importsRoutes } from './imports/imports.routes.ts';
import { keysRoutes } from './keys/keys.routes.ts';
import { notesRoutes } from './notes/notes.routes.ts';
import { notificationsRoutes } from './notifications/notifications.routes.ts';
import { performanceRoutes } from './performance/performance.routes.ts';
import { preparationRoutes } from './preparation/preparation.routes.ts';
import { presentPreparationRules } from './preparation/preparation.presenter.ts';
import { presenceRoutes } from './presence/presence.routes.ts';
import { presentQueueRules } from './priority-queue/priority-queue.presenter.ts';
import { priorityQueueRoutes } from './priority-queue/priority-queue.routes.ts';
import { quickStatsRoutes } from './quick-stats/quick-stats.routes.ts';
import { recordRoutes } from './record/record.routes.ts';
import { sessionRequestsRoutes } from './session-requests/session-requests.routes.ts';
import { liveRoutes } from './sessions/live/live.routes.ts';
import { sessionsRoutes } from './sessions/sessions.routes.ts';
import { statusBoardRoutes } from './status-board/status-board.routes.ts';
import { teamsRoutes } from './teams/teams.routes.ts';
import { templatesRoutes } from './templates/templates.routes.ts';

/** The handlers of every room, by operationId. */
export function allHandlers(ctx: Context, readiness: Readiness, metrics: Metrics | null): Readonly<Record<string, AnyHandler>> {
  const validator = ContractValidator.of(loadContract());
  return {
    ...healthRoutes(ctx.config, readiness),
    ...metricsRoutes(metrics),
    ...authRoutes(ctx.auth, ctx.passwords, ctx.agents, ctx.teams, ctx.config),
    ...agentsRoutes(ctx.agents, ctx.absences),
    ...activityRoutes(ctx.activity),
    ...identitiesRoutes(ctx.identities),
    ...keysRoutes(ctx.keys, ctx.clock),
    ...presenceRoutes(ctx),
    ...teamsRoutes(ctx.teams, ctx.agents),
    ...notesRoutes(ctx.notes),
    ...actionsRoutes(ctx.actions, ctx.actionProgress, ctx.actionEvidence),
    ...templatesRoutes(ctx.templates),
    ...goalsRoutes(ctx.goals),
    ...sessionRequestsRoutes(ctx.sessionRequests),
    ...notificationsRoutes(ctx.inbox, ctx.preferences),
    ...sessionsRoutes(ctx.coachingSessions),
    ...recordRoutes(ctx.record),
    ...liveRoutes(ctx.liveSessions.documents),
    ...importsRoutes(ctx.imports, new Idempotency(ctx.uow)),
    ...exportsRoutes(ctx.exports),
    ...interactionsRoutes(ctx.interactions, ctx.recording, validator.schema('InteractionReport')),
    ...performanceRoutes(ctx.performance, { priorityQueue: presentQueueRules(), effect: EFFECT_RULES, preparation: presentPreparationRules() }),
    ...quickStatsRoutes(ctx.quickStats),
    ...priorityQueueRoutes(ctx.priorityQueue, ctx.snoozes),
    ...effectRoutes(ctx.effects),
    ...preparationRoutes(ctx.preparations),
    ...fairnessRoutes(ctx.fairness),
    ...statusBoardRoutes(ctx.statusBoard),
  };
}
