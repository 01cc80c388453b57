import { defineJob, type EventJob, type EventJobPayload } from '../queues/jobs.ts';
import { importCancelled, importConfirmed, importDiscarded, importQueued, importRollbackAsked } from './imports.events.ts';

/**
 * Tried for an hour and a half, in the end twice a minute: the database or the storage is back some time, and imports go on with
 * it. What fails for another reason is not asked for so often: the service ends it.
 */
const attempts = 200;

/** Reads, checks and compares a file. */
export const parseImportJob = defineJob<EventJobPayload<{ id: string; generation: number }>>({ name: 'parse-import', queue: 'imports', attempts });

/** Writes what the preview shows. */
export const commitImportJob = defineJob<EventJobPayload<{ id: string }>>({ name: 'commit-import', queue: 'imports', attempts });

/** Takes a committed import back. */
export const rollBackImportJob = defineJob<EventJobPayload<{ id: string }>>({ name: 'roll-back-import', queue: 'imports', attempts });

/** Removes the rows and the file of an import that was given up. Not behind the other imports: nobody waits for those. */
export const clearImportJob = defineJob<EventJobPayload<{ id: string }>>({ name: 'clear-import', queue: 'maintenance', attempts: 8 });

/** Takes up imports whose job was lost, and clears away files nobody kept. To be scheduled every few minutes. */
export const tidyImportsJob = defineJob<Record<string, never>>({ name: 'tidy-imports', queue: 'maintenance', attempts: 1 });

export const importsEventJobs: readonly EventJob[] = [
  { event: importQueued.type, job: parseImportJob },
  { event: importConfirmed.type, job: commitImportJob },
  { event: importCancelled.type, job: clearImportJob },
  { event: importDiscarded.type, job: clearImportJob },
  { event: importRollbackAsked.type, job: rollBackImportJob },
];
