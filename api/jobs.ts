import { remindOfActionsJob } from './actions/actions.jobs.ts';
import { keepPartitionsJob } from './activity/activity.jobs.ts';
import { announceGoalsJob } from './goals/goals.jobs.ts';
import { aggregateDaysJob, applyTeamPolicyJob, recomputeStaleDaysJob, refreshFiguresJob } from './performance/performance.events.ts';
import { compilePreparationsJob } from './preparation/preparation.events.ts';
import { announceQueueJob } from './priority-queue/priority-queue.events.ts';
import { clearImportJob, commitImportJob, parseImportJob, rollBackImportJob, tidyImportsJob } from './imports/imports.jobs.ts';
import { sendPasswordLinkJob } from './auth/password.jobs.ts';
import { deliverMailJob, retryMailJob } from './mail/mail.jobs.ts';
import { cleanUpSessionsJob, watchThresholdsJob } from './presence/presence.jobs.ts';
import { makeDigestsJob } from './notifications/notifications.jobs.ts';
import type { JobDefinition } from './queues/jobs.ts';
import { reportLateRequestsJob } from './session-requests/session-requests.jobs.ts';
import { clearExpired } from './retention/retention.jobs.ts';
import { closeSessionEditsJob } from './sessions/live/live.jobs.ts';
import { reportLateAnswersJob } from './sessions/sessions.jobs.ts';

/** Every job the API, the workers and the schedules can queue. The worker refuses to start without a processor for each. */
export const jobs: readonly JobDefinition<unknown>[] = [parseImportJob, commitImportJob, rollBackImportJob, clearImportJob, tidyImportsJob,
  clearExpired, keepPartitionsJob,
  remindOfActionsJob,
  recomputeStaleDaysJob, aggregateDaysJob, refreshFiguresJob, applyTeamPolicyJob,
  announceQueueJob, announceGoalsJob, compilePreparationsJob,
  closeSessionEditsJob,
  cleanUpSessionsJob, watchThresholdsJob,
  reportLateRequestsJob,
  reportLateAnswersJob,
  sendPasswordLinkJob, deliverMailJob, retryMailJob, makeDigestsJob,
];
