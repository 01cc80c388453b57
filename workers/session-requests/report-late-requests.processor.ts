import { reportLateRequestsJob } from '../../api/session-requests/session-requests.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const reportLateRequestsProcessor = defineProcessor({
  job: reportLateRequestsJob,
  run: async (ctx) => void (await ctx.sessionRequests.reportLate()),
});
