import { refreshFiguresJob } from '../../api/performance/performance.events.ts';
import { defineProcessor } from '../registry.ts';

export const refreshFiguresProcessor = defineProcessor({
  job: refreshFiguresJob,
  // Today once more as well: the hours of who is signed in grow without an event.
  run: (ctx) => ctx.recomputation.aggregateLastDays(),
});
