import { readEnv, toConfig } from './config.ts';
import { createContext } from './context.ts';
import { migrate } from './db/migrate.ts';
import { migrateQueues } from './queues/queues.ts';
import { startServer } from './server.ts';
import { endInGoodOrder } from './shutdown.ts';

const config = toConfig(readEnv());
// The queues' tables first: a worker that sees our schema complete may use both.
if (!config.redisUrl) await migrateQueues(config.database.directUrl);
await migrate(config.database.directUrl);
const ctx = await createContext(config, 'api');
const demo = await ctx.demo.settle(config);
const server = await startServer(ctx);
const setup = await ctx.auth.offerSetup();
server.markReady();
const setupUrl = setup && `${config.publicUrl}/#setup=${setup}`;
ctx.log.info({ url: server.url }, 'listening');
if (setupUrl) ctx.log.warn(`No accounts yet. Create the first administrator within 24 hours: ${setupUrl}`);
process.send?.({ type: 'ready', url: server.url, setupUrl, demo });

endInGoodOrder(ctx.log, 9000, async () => {
  await server.close();
  await ctx.close();
});
