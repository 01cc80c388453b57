import { keepPartitionsJob } from '../../api/activity/activity.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const keepPartitionsProcessor = defineProcessor({
  job: keepPartitionsJob,
  run: async (ctx) => {
    const made = await ctx.partitions.keep();
    if (made > 0) ctx.log.info({ made }, 'made months of activities ready');
  },
});
