import { migratedActions } from '../actions/migrated-actions.service.ts';
import type { MigratedPeople } from '../agents/migration/migrated-people.service.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { MigratedIdentities } from '../identities/migrated-identities.service.ts';
import { migratedNotes } from '../notes/migrated-notes.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { MigratedDays, scorecards } from '../performance/migrated-figures.service.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import { migratedSessions } from '../sessions/migrated-sessions.service.ts';
import type { MigratedTeams } from '../teams/migrated-teams.service.ts';
import { CoachAppMigration } from './coach-app/coach-app.service.ts';
import { MigratedIdRepository } from './migrated-id.repository.ts';

export interface OldSystems {
  readonly coachApp: CoachAppMigration;
}

/** Puts the room together; called by the composition root. */
export function buildOldSystems(needs: { uow: UnitOfWork; calendar: BusinessCalendar; people: MigratedPeople; identities: MigratedIdentities; teams: MigratedTeams; recomputation: RecomputationService }): OldSystems {
  const { uow, calendar, people, identities, teams, recomputation } = needs;
  const ids = new MigratedIdRepository();
  const stores = { people, identities, teams, sessions: migratedSessions(), notes: migratedNotes(), actions: migratedActions(calendar), days: new MigratedDays(), scorecards: scorecards() };
  const recompute = (): Promise<unknown> => recomputation.recomputeStaleDays({ quiet: true });
  return { coachApp: new CoachAppMigration({ uow, ids, stores, calendar, recompute }) };
}
