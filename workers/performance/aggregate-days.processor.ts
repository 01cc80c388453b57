import { aggregateDaysJob } from '../../api/performance/performance.events.ts';
import { defineProcessor } from '../registry.ts';

export const aggregateDaysProcessor = defineProcessor({
  job: aggregateDaysJob,
  run: (ctx) => ctx.recomputation.aggregateLastDays(),
});
