import { defineJob } from '../queues/jobs.ts';

/** Makes the coming months of the activities ready; several times a day, so that a failed one has time. */
export const keepPartitionsJob = defineJob<Record<string, never>>({ name: 'activity.keep-partitions', queue: 'maintenance', attempts: 5, alone: true });
