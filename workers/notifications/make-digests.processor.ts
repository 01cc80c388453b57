import { makeDigestsJob } from '../../api/notifications/notifications.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const makeDigestsProcessor = defineProcessor({
  job: makeDigestsJob,
  run: async (ctx, { signal }) => {
    const made = await ctx.digests.makeDue(signal);
    if (made > 0) ctx.log.info({ made }, 'digests made');
  },
});
