import type { AgentsService } from '../agents/agents.service.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { InteractionsService } from '../interactions/interactions.service.ts';
import type { NotificationsService } from '../notifications/notifications.service.ts';
import type { PreferencesService } from '../notifications/preferences.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import { ActionEvidenceRepository } from './action-evidence.repository.ts';
import { ActionEvidenceService } from './action-evidence.service.ts';
import { ActionNews } from './action-news.ts';
import { ActionProgressService } from './action-progress.service.ts';
import type { ActionRepository } from './action.repository.ts';
import { ActionsService } from './actions.service.ts';
import { Concerned } from './concerned.ts';
import { ReminderRepository } from './reminder.repository.ts';
import { RemindersService } from './reminders.service.ts';

/** What is to be done: agreed, worked off, and what came of it. */
export function buildActions(
  uow: UnitOfWork, clock: Clock, calendar: BusinessCalendar, items: ActionRepository,
  { agents, teams, interactions, notifications, preferences, performance }: { agents: AgentsService; teams: TeamsService; interactions: InteractionsService; notifications: NotificationsService; preferences: PreferencesService; performance: PerformanceService },
) {
  const concerned = new Concerned({ agents, teams });
  const news = new ActionNews({ notifications, agents, concerned });
  const actions = new ActionsService({ uow, actions: items, agents, concerned, news, calendar, clock });
  const actionProgress = new ActionProgressService({ uow, actions, performance, agents, teams, calendar, clock });
  const actionEvidence = new ActionEvidenceService({ uow, actions, evidence: new ActionEvidenceRepository(), news, performance, calendar, clock, interactionIsAbout: (by, id, agentId) => interactions.isAbout(by, id, agentId) });
  const actionReminders = new RemindersService({ uow, reminders: new ReminderRepository(), actions, news, preferences, calendar });
  return { actions, actionProgress, actionEvidence, actionReminders };
}
