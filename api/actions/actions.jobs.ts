import { defineJob } from '../queues/jobs.ts';

/** Every five minutes: says what is overdue, and reminds people of what is due; finds out by itself of what. */
export const remindOfActionsJob = defineJob<Record<string, never>>({ name: 'remind-of-actions', queue: 'maintenance', attempts: 3, coalesce: true, alone: true });
