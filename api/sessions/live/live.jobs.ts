import { defineJob } from '../../queues/jobs.ts';

/** Every minute: writes into the audit log what people have written in sessions in one go. */
export const closeSessionEditsJob = defineJob<Record<string, never>>({ name: 'close-session-edits', queue: 'maintenance', attempts: 3 });
