import { systemPrincipal } from '../../api/auth/principal.ts';
import { announceQueueJob, concernOf } from '../../api/priority-queue/priority-queue.events.ts';
import { defineProcessor } from '../registry.ts';

export const announceQueueProcessor = defineProcessor({
  job: announceQueueJob,
  run: async (ctx, { payload }) => {
    const concern = concernOf(payload);
    if (concern) await ctx.snoozes.announce(systemPrincipal('priority-queue'), concern);
  },
});
