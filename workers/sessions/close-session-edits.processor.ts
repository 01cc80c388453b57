import { closeSessionEditsJob } from '../../api/sessions/live/live.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const closeSessionEditsProcessor = defineProcessor({
  job: closeSessionEditsJob,
  run: async (ctx) => {
    await ctx.liveSessions.edits.closeFinished();
  },
});
