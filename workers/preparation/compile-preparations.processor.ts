import { compilePreparationsJob } from '../../api/preparation/preparation.events.ts';
import { defineProcessor } from '../registry.ts';

export const compilePreparationsProcessor = defineProcessor({
  job: compilePreparationsJob,
  run: (ctx) => ctx.preparations.refresh(),
});
