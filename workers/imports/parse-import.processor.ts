import { systemPrincipal } from '../../api/auth/principal.ts';
import { parseImportJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const parseImportProcessor = defineProcessor({
  job: parseImportJob,
  run: async (ctx, { payload: { payload }, signal }) => {
    await ctx.imports.stage(systemPrincipal('imports'), payload.id, payload.generation, signal);
  },
});
