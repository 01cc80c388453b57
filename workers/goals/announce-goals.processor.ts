import { announceGoalsJob } from '../../api/goals/goals.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const announceGoalsProcessor = defineProcessor({
  job: announceGoalsJob,
  run: async (ctx) => void (await ctx.goals.announceMoved()),
});
