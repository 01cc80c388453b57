import { systemPrincipal } from '../../api/auth/principal.ts';
import { tidyImportsJob } from '../../api/imports/imports.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const tidyImportsProcessor = defineProcessor({
  job: tidyImportsJob,
  run: async (ctx) => {
    const resumed = await ctx.imports.tidy(systemPrincipal('imports'));
    if (resumed > 0) ctx.log.warn({ resumed }, 'imports had lost their jobs');
  },
});
