import { reportLateAnswersJob } from '../../api/sessions/sessions.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const reportLateAnswersProcessor = defineProcessor({
  job: reportLateAnswersJob,
  run: async (ctx) => void (await ctx.coachingSessions.deadlineWatch.report()),
});
