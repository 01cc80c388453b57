import { systemPrincipal } from '../../api/auth/principal.ts';
import { clearImportJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const clearImportProcessor = defineProcessor({
  job: clearImportJob,
  run: async (ctx, { payload: { payload } }) => {
    await ctx.imports.clear(systemPrincipal('imports'), payload.id);
  },
});
