import { defineJob } from '../queues/jobs.ts';

/** Every five minutes: tells people of acknowledgements and disputes that are late. */
export const reportLateAnswersJob = defineJob<Record<string, never>>({ name: 'report-late-answers', queue: 'maintenance', attempts: 3 });
