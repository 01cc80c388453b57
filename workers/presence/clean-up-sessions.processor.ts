import { cleanUpSessionsJob } from '../../api/presence/presence.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const cleanUpSessionsProcessor = defineProcessor({
  job: cleanUpSessionsJob,
  run: async (ctx) => {
    const ended = await ctx.sessions.cleanUp();
    if (ended > 0) ctx.log.info({ ended }, 'ended sessions without a sign of life');
  },
});
