import { systemPrincipal } from '../../api/auth/principal.ts';
import { clearExpired } from '../../api/retention/retention.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const clearExpiredProcessor = defineProcessor({
  job: clearExpired,
  run: async (ctx) => {
    const cleared = await ctx.retention.clearExpired();
    const files = await ctx.imports.orphans.clear(systemPrincipal('retention'));
    ctx.log.info({ cleared: { ...cleared, files } }, 'cleared away what had expired');
  },
});
