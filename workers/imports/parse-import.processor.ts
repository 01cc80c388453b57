import { systemPrincipal } from '../../api/auth/principal.ts';
import { parseImportJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

/** A file that has ended its reader so often would end it again, and every other job of that worker with it. */
const MOST_DEATHS = 3;

export const parseImportProcessor = defineProcessor({
  job: parseImportJob,
  run: async (ctx, { payload: { payload }, signal, deaths }) => {
    const by = systemPrincipal('imports');
    if (deaths < MOST_DEATHS) await ctx.imports.stage(by, payload.id, payload.generation, signal);
    else await ctx.imports.giveUp(by, payload.id, payload.generation);
  },
});
