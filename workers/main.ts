import { readEnv, toConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { jobs } from '../api/jobs.ts';
import { waitForSchema } from '../api/db/migrate.ts';
import { declareSchedules } from '../api/schedules.ts';
import { endInGoodOrder } from '../api/shutdown.ts';
import { startSimulator } from './demo/simulator.ts';
import { processors } from './processors.ts';
import { buildRegistry } from './registry.ts';
import { runWorkers } from './run.ts';

const config = toConfig(readEnv());
const registry = buildRegistry(processors, jobs);
// The API migrates; a worker that was started first waits for it.
await waitForSchema(config.database.directUrl);
const ctx = await createContext(config, 'worker');
await declareSchedules(ctx);
const workers = runWorkers(ctx, registry);
const simulator = config.simulator ? startSimulator(ctx) : null;
ctx.log.info({ jobs: registry.size }, 'working');
process.send?.({ type: 'ready' });

endInGoodOrder(ctx.log, 14_000, async () => {
  await Promise.all([simulator?.close(), workers.close()]);
  await ctx.close();
});
