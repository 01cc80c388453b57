import { announceQueueJob } from '../../api/priority-queue/priority-queue.events.ts';
import { defineProcessor } from '../registry.ts';

export const announceQueueProcessor = defineProcessor({
  job: announceQueueJob,
  run: (ctx) => ctx.announcements.announceNews(),
});
