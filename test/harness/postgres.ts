import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { settleDataFolder } from '../../deploy/postgres-process.ts';
import { EmbeddedPostgresServer } from '../../deploy/postgres.ts';
import { acquireLock, lockHolder } from '../../deploy/process-lock.mjs';

const FOLDER = 'sideline-test-postgres-';
const LOCK = 'run';
const TEMPLATE = 'sideline_template';
/** A folder younger than this may belong to a run that has not taken its lock yet. */
const YOUNG_MS = 60_000;
/** Names the run to the processes among which its files are divided, so that it can clear up after them. */
const RUN = 'SIDELINE_TEST_RUN';

/** One PostgreSQL for the whole run, with one migrated database to copy from. */
interface TestServer {
  /** Connection string of the maintenance database, as superuser. */
  readonly superuserUrl: string;
  readonly server: EmbeddedPostgresServer;
}

/** A database of one's own, migrated and empty. */
export interface TestDatabase {
  readonly name: string;
  /** Connection string as the application's role, which owns it. */
  readonly url: string;
  /** Ends whatever is still connected and removes the database. */
  drop(): Promise<void>;
}

let running: Promise<TestServer> | undefined;
let template: Promise<void> | undefined;
let stopRunning: (() => Promise<void>) | undefined;
let counter = 0;

/**
 * The PostgreSQL of this test run: real, in a temporary folder, started at the first call, without
 * durability (suites about crashes start their own). It ends with this process; what a killed run
 * may have left is cleared away at the next.
 */
function startTestServer(): Promise<TestServer> {
  running ??= start();
  return running;
}

/** Stops the server and removes its folder. Does nothing when none was started. */
export async function stopTestServer(): Promise<void> {
  await running?.catch(() => undefined);
  const stop = stopRunning;
  running = template = stopRunning = undefined;
  await stop?.();
}

/** Said by the process that starts a run, before it starts others. */
export function beginRun(): void {
  process.env[RUN] = String(process.pid);
}

/** Ends and removes what the processes of this run have left: they are stopped as soon as they have no more files. */
export async function clearRun(): Promise<void> {
  for (const folder of await folders(runPrefix())) await clear(folder);
}

/**
 * A fresh database for one test file, copied from a template that is migrated once per run.
 * @param name what it is for; becomes part of the database's name
 */
export async function createDatabaseFromTemplate(name: string): Promise<TestDatabase> {
  const { superuserUrl, server } = await startTestServer();
  template ??= createTemplate(superuserUrl, server);
  await template;
  counter += 1;
  const database = `t${counter}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`.slice(0, 60);
  await asSuperuser(superuserUrl, (client) => client.query(`create database ${database} template ${TEMPLATE} owner sideline`));
  return {
    name: database,
    url: withDatabase(server.url, database),
    drop: () => asSuperuser(superuserUrl, (client) => client.query(`drop database if exists ${database} with (force)`)),
  };
}

async function start(): Promise<TestServer> {
  await clearKilledRuns();
  const dataDir = await mkdtemp(join(tmpdir(), runPrefix()));
  const { lock } = await acquireLock(dataDir, LOCK);
  const server = new EmbeddedPostgresServer({ dataDir, durable: false });
  stopRunning = async () => {
    await server.stop();
    lock?.release();
    await rm(dataDir, { recursive: true, force: true });
  };
  await server.start();
  return { superuserUrl: server.superuserUrl, server };
}

async function createTemplate(superuserUrl: string, server: EmbeddedPostgresServer): Promise<void> {
  await asSuperuser(superuserUrl, (client) => client.query(`create database ${TEMPLATE} owner sideline`));
  // Loaded late, so that suites about PostgreSQL itself do not depend on the application.
  const { migrate } = await import('../../api/db/migrate.ts');
  await migrate(withDatabase(server.url, TEMPLATE));
  const { migrateQueues } = await import('../../api/queues/queues.ts');
  await migrateQueues(withDatabase(server.url, TEMPLATE));
  // A database can be copied only while nobody is connected to it.
  await asSuperuser(superuserUrl, (client) => client.query(`alter database ${TEMPLATE} with allow_connections false`));
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.href;
}

/** A run that was killed on a system without parent-death signals leaves its server and its folder. */
async function clearKilledRuns(): Promise<void> {
  for (const folder of await folders(FOLDER)) {
    const age = Date.now() - (await stat(folder).then((found) => found.mtimeMs, () => Date.now()));
    if (age < YOUNG_MS || lockHolder(folder, LOCK)) continue;
    await clear(folder);
  }
}

const runPrefix = (): string => `${FOLDER}${process.env[RUN] ?? process.pid}-`;

async function folders(prefix: string): Promise<string[]> {
  const parent = await realpath(tmpdir());
  return (await readdir(parent)).filter((entry) => entry.startsWith(prefix)).map((entry) => join(parent, entry));
}

async function clear(folder: string): Promise<void> {
  await settleDataFolder(join(folder, 'postgres'));
  await rm(folder, { recursive: true, force: true });
}
