import { recomputeStaleDaysJob } from '../../api/performance/performance.events.ts';
import { defineProcessor } from '../registry.ts';

export const recomputeStaleDaysProcessor = defineProcessor({
  job: recomputeStaleDaysJob,
  run: async (ctx) => {
    await ctx.recomputation.recomputeStaleDays();
  },
});
