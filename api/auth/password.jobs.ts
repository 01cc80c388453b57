import { defineJob, type EventJob, type EventJobPayload } from '../queues/jobs.ts';
import { passwordForgotten, type PasswordForgotten } from './auth.events.ts';

/** Looks for the person and sends the link: beside the request, which must take as long for nobody as for somebody. */
export const sendPasswordLinkJob = defineJob<EventJobPayload<PasswordForgotten>>({ name: 'send-password-link', queue: 'mail', attempts: 5 });

export const authEventJobs: readonly EventJob[] = [{ event: passwordForgotten.type, job: sendPasswordLinkJob }];
