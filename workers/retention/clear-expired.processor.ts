import { clearExpired } from '../../api/retention/retention.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const clearExpiredProcessor = defineProcessor({
  job: clearExpired,
  run: async (ctx) => {
    const cleared = await ctx.retention.clearExpired();
    ctx.log.info({ cleared }, 'cleared away what had expired');
  },
});
