import type { ActivityService } from '../activity/activity.service.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { NotificationsService } from '../notifications/notifications.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import { ImportedPresenceRepository } from './imported-presence.repository.ts';
import { ImportedPresence } from './imported-presence.service.ts';
import { LedgerRepository } from './ledger.repository.ts';
import { LedgerService } from './ledger.service.ts';
import { PresenceRepository } from './presence.repository.ts';
import { PresenceService } from './presence.service.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionsService } from './sessions.service.ts';
import { StatusReasons } from './status-reasons.ts';
import { ThresholdsRepository } from './thresholds.repository.ts';
import { ThresholdsService } from './thresholds.service.ts';

/** Who is there, and the record of it. */
export function buildPresence(
  uow: UnitOfWork, clock: Clock, calendar: BusinessCalendar,
  { agents, activity, teams, notifications, recomputation }: { agents: AgentsService; activity: ActivityService; teams: TeamsService; notifications: NotificationsService; recomputation: RecomputationService },
) {
  const reasons = new StatusReasons((db, teamId) => teams.settingsInForce(db, teamId));
  const presence = new PresenceService({ uow, presence: new PresenceRepository(), agents, activity, reasons, calendar, markStale: (tx, days) => recomputation.markStale(tx, days) });
  const sessions = new SessionsService({ uow, sessions: new SessionRepository(), presence, clock });
  const ledger = new LedgerService({ uow, ledger: new LedgerRepository(), presence, agents, reasons, calendar, clock });
  const thresholds = new ThresholdsService({ uow, thresholds: new ThresholdsRepository(), notifications });
  const importedPresence = new ImportedPresence({ history: new ImportedPresenceRepository(), presence, calendar, markStale: (tx, days) => recomputation.markStale(tx, days) });
  return { presence, sessions, ledger, thresholds, importedPresence };
}
