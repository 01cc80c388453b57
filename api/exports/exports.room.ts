import type { ActionsService } from '../actions/actions.service.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { InteractionsService } from '../interactions/interactions.service.ts';
import type { NotesService } from '../notes/notes.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import type { SchedulingService } from '../sessions/scheduling.service.ts';
import { anySheet } from './export-sheet.ts';
import { ExportsService } from './exports.service.ts';
import { actionsSheet } from './sheets/actions.sheet.ts';
import { agentsSheet } from './sheets/agents.sheet.ts';
import { interactionsSheet } from './sheets/interactions.sheet.ts';
import { metricsSheet } from './sheets/metrics.sheet.ts';
import { notesSheet } from './sheets/notes.sheet.ts';
import { sessionsSheet } from './sheets/sessions.sheet.ts';
import { LocalTimes } from './writing/local-times.ts';

/** What the room needs of others. */
export interface ExportsNeeds {
  readonly uow: UnitOfWork;
  readonly calendar: BusinessCalendar;
  readonly actions: ActionsService;
  readonly agents: AgentsService;
  readonly interactions: InteractionsService;
  readonly performance: PerformanceService;
  readonly notes: NotesService;
  readonly sessions: SchedulingService;
}

/** Puts the room together; called by the composition root. */
export function buildExports({ uow, calendar, actions, agents, interactions, performance, notes, sessions }: ExportsNeeds): ExportsService {
  const sheets = {
    actions: anySheet(actionsSheet(actions)),
    agents: anySheet(agentsSheet(agents)),
    interactions: anySheet(interactionsSheet(interactions)),
    metrics: anySheet(metricsSheet(performance)),
    notes: anySheet(notesSheet(notes, calendar)),
    sessions: anySheet(sessionsSheet(sessions, calendar)),
  };
  return new ExportsService({ uow, sheets, times: new LocalTimes(calendar.timezone) });
}
