import { watchThresholdsJob } from '../../api/presence/presence.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const watchThresholdsProcessor = defineProcessor({
  job: watchThresholdsJob,
  run: async (ctx) => void (await ctx.thresholds.watch()),
});
