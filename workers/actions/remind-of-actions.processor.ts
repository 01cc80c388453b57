import { remindOfActionsJob } from '../../api/actions/actions.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const remindOfActionsProcessor = defineProcessor({
  job: remindOfActionsJob,
  run: async (ctx) => {
    const said = await ctx.actionReminders.run();
    if (said.overdue + said.reminded > 0) ctx.log.info(said, 'action items: overdue, reminded of');
  },
});
