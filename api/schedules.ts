import { remindOfActionsJob } from './actions/actions.jobs.ts';
import { keepPartitionsJob } from './activity/activity.jobs.ts';
import type { Context } from './context.ts';
import { announceGoalsJob } from './goals/goals.jobs.ts';
import { tidyImportsJob } from './imports/imports.jobs.ts';
import { aggregateDaysJob, refreshFiguresJob } from './performance/performance.events.ts';
import { retryMailJob } from './mail/mail.jobs.ts';
import { compilePreparationsJob } from './preparation/preparation.events.ts';
import { announceQueueJob } from './priority-queue/priority-queue.events.ts';
import { cleanUpSessionsJob, watchThresholdsJob } from './presence/presence.jobs.ts';
import { reportLateRequestsJob } from './session-requests/session-requests.jobs.ts';
import { makeDigestsJob } from './notifications/notifications.jobs.ts';
import { clearExpired } from './retention/retention.jobs.ts';
import { closeSessionEditsJob } from './sessions/live/live.jobs.ts';
import { reportLateAnswersJob } from './sessions/sessions.jobs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Declares what runs by the clock. Declaring it again, by any number of workers, changes nothing. */
export async function declareSchedules(ctx: Context): Promise<void> {
  await ctx.queues.schedule(clearExpired, {}, { everyMs: HOUR_MS });
  await ctx.queues.schedule(keepPartitionsJob, {}, { everyMs: 6 * HOUR_MS });
  // Events ask for it as they come; this is for whatever might have kept one from being asked for.
  await ctx.queues.schedule(announceQueueJob, {}, { everyMs: 5 * MINUTE_MS });
  // Events tell of the figures; the day moves on by itself.
  await ctx.queues.schedule(announceGoalsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(compilePreparationsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(remindOfActionsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(tidyImportsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(retryMailJob, {}, { everyMs: MINUTE_MS });
  await ctx.queues.schedule(makeDigestsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(closeSessionEditsJob, {}, { everyMs: MINUTE_MS });
  await ctx.queues.schedule(cleanUpSessionsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(watchThresholdsJob, {}, { everyMs: MINUTE_MS / 2 });
  await ctx.queues.schedule(reportLateRequestsJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(reportLateAnswersJob, {}, { everyMs: 5 * MINUTE_MS });
  await ctx.queues.schedule(refreshFiguresJob, {}, { everyMs: HOUR_MS });
  await ctx.queues.schedule(aggregateDaysJob, {}, { pattern: '1 0 * * *', timezone: ctx.config.businessTimezone });
}
