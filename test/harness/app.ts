import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import supertest from 'supertest';
import { toConfig, type Config, type Env } from '../../api/config.ts';
import { createContext, type Context, type Overrides } from '../../api/context.ts';
import { sql, type RawBuilder } from '../../api/db/db.ts';
import { createLog } from '../../api/observability/log.ts';
import { startServer, type RunningServer } from '../../api/server.ts';
import { checkHeard, storedEventFaults } from './event-check.ts';
import { createDatabaseFromTemplate, type TestDatabase } from './postgres.ts';
import { TestPeople } from './people.ts';

/** A whole API on a database of its own, listening on a free port of loopback. */
export interface TestApp {
  readonly config: Config;
  readonly ctx: Context;
  readonly server: RunningServer;
  readonly database: TestDatabase;
  readonly people: TestPeople;
  readonly url: string;
  /** Supertest against the listening server; with a token, as its bearer. */
  request(token?: string): supertest.Agent;
  /** A connected socket; rejects with the server's reason. `prepare` sees it before it connects, so that it can miss nothing. */
  socket(token: string, auth?: Record<string, unknown>, prepare?: (socket: Socket) => void): Promise<Socket>;
  query<Row>(query: RawBuilder<Row>): Promise<Row[]>;
  /** Resolves when every event committed so far has been sent to the sockets. */
  settled(): Promise<void>;
  /** Ends everything. @throws when an event of this test was not as the contract has it. */
  close(): Promise<void>;
}

/** Environment of tests: quick, checked against the contract, and without limits unless a test is about them. */
const ENV: Env = { NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'fatal', RATE_LIMIT_FACTOR: '1000', DATABASE_POOL_SIZE: '10' };

/**
 * Starts an API for one test file; close it in `after`.
 * @param name names the database
 * @param env variables on top of those of every test
 * @param ownDatabase a database that was made before, dropped with the rest
 */
export async function startTestApp(name: string, env: Env = {}, overrides: Overrides = {}, ownDatabase?: TestDatabase): Promise<TestApp> {
  const database = ownDatabase ?? (await createDatabaseFromTemplate(name));
  const dataDir = await mkdtemp(join(tmpdir(), 'sideline-test-'));
  const config = toConfig({ JWT_SECRET: randomBytes(32).toString('hex'), DATA_DIR: dataDir, DATABASE_URL: database.url, ...ENV, ...env });
  const ctx = await createContext(config, name, { log: createLog(config.logLevel, name), ...overrides });
  const server = await startServer(ctx);
  server.markReady();
  const sockets: Socket[] = [];
  const faults: string[] = [];
  return {
    config,
    ctx,
    server,
    database,
    people: new TestPeople(ctx),
    url: server.url,
    request: (token) => {
      const agent = supertest.agent(server.url);
      return token === undefined ? agent : agent.set('Authorization', `Bearer ${token}`);
    },
    socket: async (token, auth = {}, prepare) => {
      const socket = io(server.url, { auth: { token, ...auth }, transports: ['websocket'], reconnection: false, forceNew: true });
      sockets.push(socket);
      checkHeard(socket, faults);
      prepare?.(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      // Whoever connects may come online by it. A test that listens from here on is not to hear of that.
      await server.lives.written();
      await settled(ctx, server, [], 2000).catch(() => undefined);
      return socket;
    },
    query: async (query) => {
      const rows = await ctx.uow.read((db) => db.rows(query));
      // It may have written, past everything that announces a write.
      await ctx.peopleCache.outdate();
      return rows;
    },
    settled: () => settled(ctx, server, sockets),
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      faults.push(...(await storedEventFaults(ctx).catch((error: unknown) => [`the events could not be checked: ${String(error)}`])));
      await server.close();
      await ctx.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`Events against the contract:\n${[...new Set(faults)].join('\n')}`);
    },
  };
}

async function settled(ctx: Context, server: RunningServer, sockets: readonly Socket[], withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const [row] = await ctx.uow.read((db) =>
      db.rows(sql<{ waiting: number; last: string | null }>`select count(*) filter (where seq is null)::int as waiting, max(seq)::text as last from outbox`),
    );
    if (row?.waiting === 0 && server.gateway.sent >= Number(row.last ?? 0)) break;
    if (Date.now() > deadline) throw new Error('the events did not settle in time');
    server.relay.nudge();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  // What was written to the sockets still has to arrive: the answer to a message comes after all of it.
  await Promise.all(sockets.filter((socket) => socket.connected).map((socket) => socket.timeout(2000).emitWithAck('resume', {}).catch(() => undefined)));
  await new Promise((resolve) => setTimeout(resolve, 30));
}
