import { migratedActions } from '../actions/migrated-actions.service.ts';
import type { MigratedPeople } from '../agents/migration/migrated-people.service.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { ImportedPeople } from '../agents/imported-people.service.ts';
import type { IdentitiesService } from '../identities/identities.service.ts';
import type { MigratedIdentities } from '../identities/migrated-identities.service.ts';
import { MigratedCalls, migratedRecordings, migratedTranscripts } from '../interactions/migrated-calls.service.ts';
import { migratedNotes } from '../notes/migrated-notes.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { MigratedDays, scorecards } from '../performance/migrated-figures.service.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import { migratedSessions } from '../sessions/migrated-sessions.service.ts';
import type { MigratedTeams } from '../teams/migrated-teams.service.ts';
import { CallsMigration } from './calls/calls.service.ts';
import { CoachAppMigration } from './coach-app/coach-app.service.ts';
import type { PeopleByOldId } from './calls/who-took-it.ts';
import { MigratedIdRepository } from './migrated-id.repository.ts';

export interface OldSystems {
  readonly coachApp: CoachAppMigration;
  readonly calls: CallsMigration;
}

/** What the room needs of others. */
export interface OldSystemsNeeds {
  readonly uow: UnitOfWork;
  readonly calendar: BusinessCalendar;
  readonly people: MigratedPeople;
  readonly everybody: Pick<ImportedPeople, 'everybody'>;
  readonly identities: Pick<IdentitiesService, 'resolveAnywhere'>;
  readonly migratedIdentities: MigratedIdentities;
  readonly teams: MigratedTeams;
  readonly recomputation: RecomputationService;
}

/** Puts the room together; called by the composition root. */
export function buildOldSystems({ uow, calendar, people, everybody, identities, migratedIdentities, teams, recomputation }: OldSystemsNeeds): OldSystems {
  const ids = new MigratedIdRepository();
  const recompute = (): Promise<unknown> => recomputation.recomputeStaleDays({ quiet: true });
  const stores = { people, identities: migratedIdentities, teams, sessions: migratedSessions(), notes: migratedNotes(), actions: migratedActions(calendar), days: new MigratedDays(), scorecards: scorecards() };
  const byOldId: PeopleByOldId = async (db, oldIds) => [...(await ids.people(db, oldIds)), ...(await identities.resolveAnywhere(db, oldIds)).map(({ externalId, agentId }) => ({ oldId: externalId, agentId }))];
  const callStores = { calls: new MigratedCalls(), recordings: migratedRecordings(), transcripts: migratedTranscripts() };
  return {
    coachApp: new CoachAppMigration({ uow, ids, stores, calendar, recompute }),
    calls: new CallsMigration({ uow, ids, stores: callStores, calendar, everybody: () => everybody.everybody(), byOldId, recompute }),
  };
}
