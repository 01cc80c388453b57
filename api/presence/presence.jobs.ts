import { defineJob } from '../queues/jobs.ts';

/** Every five minutes: ends sessions without a sign of life; statuses follow. */
export const cleanUpSessionsJob = defineJob<Record<string, never>>({ name: 'clean-up-sessions', queue: 'maintenance', attempts: 3 });

/** Twice a minute: tells leaders who has been in one status for longer than the team allows. */
export const watchThresholdsJob = defineJob<Record<string, never>>({ name: 'watch-presence-thresholds', queue: 'maintenance', attempts: 3 });
