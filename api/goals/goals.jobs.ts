import { daysRecomputed } from '../performance/performance.events.ts';
import { defineJob, type EventJob } from '../queues/jobs.ts';

/** Tells how goals have moved with their metrics, and with the day; finds out by itself which have. */
export const announceGoalsJob = defineJob<unknown>({ name: 'announce-goals', queue: 'performance', attempts: 5, coalesce: true, alone: true });

export const goalsJobs: readonly EventJob[] = [{ event: daysRecomputed.type, job: announceGoalsJob }];
