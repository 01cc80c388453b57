import { readEnv, toConfig } from '../api/config.ts';
import { createContext, type Context } from '../api/context.ts';
import { jobs } from '../api/jobs.ts';
import { waitForSchema } from '../api/db/migrate.ts';
import { aggregateDaysJob } from '../api/performance/performance.events.ts';
import { declareSchedules } from '../api/schedules.ts';
import { endInGoodOrder } from '../api/shutdown.ts';
import { assertClock, ClockError, guardClock } from './clock-guard.ts';
import { startSimulator } from './demo/simulator.ts';
import { processors } from './processors.ts';
import { buildRegistry } from './registry.ts';
import { runWorkers } from './run.ts';

const config = toConfig(readEnv());
const registry = buildRegistry(processors, jobs);
// The API migrates; a worker that was started first waits for it.
await waitForSchema(config.database.directUrl);
const ctx = await createContext(config, 'worker');
await startOrEnd(ctx);
await declareSchedules(ctx);
// What was missed while nothing ran is made up for at once, not at the next full hour.
await ctx.queues.add(aggregateDaysJob, {}, { id: `aggregate-days-at-start-${Date.now()}` });
const workers = runWorkers(ctx, registry);
const clock = guardClock(ctx, (message) => {
  ctx.log.fatal(message);
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
});
const simulator = config.simulator ? startSimulator(ctx) : null;
ctx.log.info({ jobs: registry.size }, 'working');
process.send?.({ type: 'ready' });

endInGoodOrder(ctx.log, 14_000, async () => {
  clock.close();
  await Promise.all([simulator?.close(), workers.close()]);
  await ctx.close();
});

/** A worker whose clock is wrong would do harm: it ends, and whoever starts it again tries again. */
async function startOrEnd(ctx: Context): Promise<void> {
  try {
    await assertClock(ctx);
  } catch (error) {
    if (!(error instanceof ClockError)) throw error;
    ctx.log.fatal(error.message);
    await ctx.close();
    process.exit(1);
  }
}
