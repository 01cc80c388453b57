import { systemPrincipal } from '../../api/auth/principal.ts';
import { rollBackImportJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const rollBackImportProcessor = defineProcessor({
  job: rollBackImportJob,
  run: async (ctx, { payload: { payload }, attempt }) => {
    await ctx.imports.undo(systemPrincipal('imports'), payload.id, attempt);
  },
});
