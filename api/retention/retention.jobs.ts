import { defineJob } from '../queues/jobs.ts';

/** Clears away what has served its time; once an hour. */
export const clearExpired = defineJob<Record<string, never>>({ name: 'retention.clear-expired', queue: 'maintenance', attempts: 3 });
