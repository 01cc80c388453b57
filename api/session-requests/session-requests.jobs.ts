import { defineJob } from '../queues/jobs.ts';

/** Every five minutes: tells leaders which requests have waited for an answer for too long. */
export const reportLateRequestsJob = defineJob<Record<string, never>>({ name: 'report-late-session-requests', queue: 'maintenance', attempts: 3 });
