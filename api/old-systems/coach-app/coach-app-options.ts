import type { MigratedAction } from '../../actions/migrated-actions.service.ts';
import type { MigratedPerson } from '../../agents/migration/migrated-people.service.ts';
import type { MigratedIdentity } from '../../identities/migrated-identities.service.ts';
import type { MigratedNote } from '../../notes/migrated-notes.service.ts';
import type { MigratedDay, Scorecard } from '../../performance/migrated-figures.service.ts';
import type { MigratedSession } from '../../sessions/migrated-sessions.service.ts';
import type { MigratedTeam } from '../../teams/migrated-teams.service.ts';
import type { ContractRules } from '../../http/contract-rules.ts';
import type { ThingStore } from '../things.ts';

/** The doors of the rooms that take what the Coach App had. */
export interface CoachStores {
  readonly people: ThingStore<MigratedPerson>;
  readonly identities: ThingStore<MigratedIdentity>;
  readonly teams: ThingStore<MigratedTeam>;
  readonly sessions: ThingStore<MigratedSession>;
  readonly notes: ThingStore<MigratedNote>;
  readonly actions: ThingStore<MigratedAction>;
  readonly days: ThingStore<MigratedDay>;
  readonly scorecards: ThingStore<Scorecard>;
}

export interface CoachAppOptions {
  /** Label of this Coach App, where there were several. */
  readonly system: string;
  readonly dryRun: boolean;
  readonly rules: ContractRules;
  /** Milliseconds to wait for a program that is writing to the file; 5000 when left out. */
  readonly patienceMs?: number | undefined;
  /** Told after every batch. */
  readonly progress?: ((table: string, rows: number) => void) | undefined;
}
