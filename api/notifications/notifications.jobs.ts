import { defineJob } from '../queues/jobs.ts';

/** Every five minutes: makes the digests whose hour has come. */
export const makeDigestsJob = defineJob<Record<string, never>>({ name: 'make-digests', queue: 'mail', attempts: 3 });
