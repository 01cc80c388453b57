import { systemPrincipal } from '../../api/auth/principal.ts';
import { clearExpired } from '../../api/retention/retention.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const clearExpiredProcessor = defineProcessor({
  job: clearExpired,
  run: async (ctx) => {
    const cleared = await ctx.retention.clearExpired();
    const ended = await ctx.imports.clearExpired(systemPrincipal('retention'));
    ctx.log.info({ cleared: { ...cleared, ...ended } }, 'cleared away what had expired');
  },
});
