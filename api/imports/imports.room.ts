import type { ImportedPeople } from '../agents/imported-people.service.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { rooms } from '../events/event.ts';
import type { Log } from '../observability/log.ts';
import type { ImportedPresence } from '../presence/imported-presence.service.ts';
import type { EphemeralChannel } from '../realtime/ephemeral.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import { CommitChecks } from './commit-checks.service.ts';
import { CommitService } from './commit.service.ts';
import { EndingsService } from './endings.service.ts';
import { ImportRepository } from './import.repository.ts';
import { ImportRowsRepository } from './import-rows.repository.ts';
import { ImportsService } from './imports.service.ts';
import { actionsKind } from './kinds/actions/actions-kind.ts';
import { agentsKind } from './kinds/agents/agents-kind.ts';
import { interactionsKind } from './kinds/interactions/interactions-kind.ts';
import { notesKind } from './kinds/notes/notes-kind.ts';
import { performanceKind } from './kinds/performance/performance-kind.ts';
import { presenceKind } from './kinds/presence/presence-kind.ts';
import { OrphanedFiles } from './orphaned-files.service.ts';
import { MappingMemoryRepository } from './mapping/mapping-memory.repository.ts';
import { defaultLimits } from './parsing/limits.ts';
import { PreviewRepository } from './preview/preview.repository.ts';
import { PreviewService } from './preview/preview.service.ts';
import { RejectedFiles } from './preview/rejected-files.service.ts';
import { RollbackService } from './rollback.service.ts';
import type { ProgressSink } from './progress.ts';
import { StagingAttempts } from './staging-attempt.repository.ts';
import { StagingService } from './staging.service.ts';
import { UploadsService } from './uploads.service.ts';

/** What the room needs of others. */
export interface ImportsNeeds {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly uow: UnitOfWork;
  readonly files: FileStore;
  readonly teams: TeamsService;
  readonly people: ImportedPeople;
  readonly presence: ImportedPresence;
  readonly ephemeral: EphemeralChannel;
  /** Of the performance room; without an event per person. */
  readonly recomputeStaleDays: () => Promise<unknown>;
}

/** Puts the room together; called by the composition root. */
export function buildImports(needs: ImportsNeeds): ImportsService {
  const { config, log, clock, uow, files, teams, people, presence, recomputeStaleDays } = needs;
  const { businessTimezone, uploadLimitBytes } = config;
  const imports = new ImportRepository();
  const rows = new ImportRowsRepository();
  const memory = new MappingMemoryRepository();
  const kinds = { interactions: interactionsKind(), performance: performanceKind(), agents: agentsKind(people), notes: notesKind(), actions: actionsKind(), presence: presenceKind(presence) };
  const progress = socketProgress(needs.ephemeral, log);
  const limits = defaultLimits;
  const attempts = new StagingAttempts(config.database.url);
  const staging = new StagingService({ uow, clock, imports, rows, memory, attempts, people, files, kinds, progress, limits, businessTimezone });
  const commits = new CommitService({ uow, imports, rows, memory, people, kinds, recomputeStaleDays, progress, businessTimezone });
  const uploads = new UploadsService({ files, kinds, limits, uploadLimitBytes });
  const rollbacks = new RollbackService({ uow, imports, rows, people, kinds, recomputeStaleDays, progress });
  const preview = new PreviewRepository();
  const previews = new PreviewService({ uow, imports, preview, rejected: new RejectedFiles({ uow, preview, files, limits }) });
  const orphans = new OrphanedFiles({ uow, imports, files, clock });
  const endings = new EndingsService({ uow, clock, imports, rows, orphans });
  const checks = new CommitChecks({ teams, people });
  return new ImportsService({ uow, clock, log, imports, rows, memory, files, checks, previews, endings, orphans, staging, commits, rollbacks, kinds, uploads });
}

function socketProgress(ephemeral: EphemeralChannel, log: Log): ProgressSink {
  return {
    publish: (message) => {
      const to = [rooms.managers, rooms.user(message.uploadedBy)];
      ephemeral.publish({ type: 'import:progress', payload: message, rooms: to }).catch((error: unknown) => log.debug({ err: error }, 'progress went unheard'));
    },
  };
}
