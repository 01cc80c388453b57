import { defineJob, type EventJob, type EventJobPayload } from '../queues/jobs.ts';
import { mailQueued } from './mail.events.ts';

/** Sends what is due. The mails themselves remember their attempts, so the job needs none. */
export const deliverMailJob = defineJob<EventJobPayload>({ name: 'deliver-mail', queue: 'mail', attempts: 1 });

/** The same by the clock, for what has to be tried again. */
export const retryMailJob = defineJob<Record<string, never>>({ name: 'retry-mail', queue: 'mail', attempts: 1 });

export const mailEventJobs: readonly EventJob[] = [{ event: mailQueued.type, job: deliverMailJob }];
