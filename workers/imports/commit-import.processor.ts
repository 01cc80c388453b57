import { systemPrincipal } from '../../api/auth/principal.ts';
import { commitImportJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const commitImportProcessor = defineProcessor({
  job: commitImportJob,
  run: async (ctx, { payload: { payload }, attempt }) => {
    await ctx.imports.commit(systemPrincipal('imports'), payload.id, attempt);
  },
});
