import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { toConfig } from '../../api/config.ts';
import { createContext, type Context } from '../../api/context.ts';
import { migrate } from '../../api/db/migrate.ts';
import { createLog } from '../../api/observability/log.ts';
import { migrateQueues } from '../../api/queues/queues.ts';
import { settleDataFolder } from '../../deploy/postgres-process.ts';
import { EmbeddedPostgresServer } from '../../deploy/postgres.ts';
import { QUICK_START } from '../harness/programs.ts';
import { TestPeople, type TestPerson } from '../harness/people.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const LAST_WORDS = 4000;

/** An API in a process of its own on a PostgreSQL of its own, both durable and both to be killed. */
export class CrashRig {
  readonly url: string;
  readonly leader: TestPerson;
  readonly agent: TestPerson;
  readonly #dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  #postgres: EmbeddedPostgresServer;
  #api: ChildProcess | undefined;
  #worker: ChildProcess | undefined;
  #said = '';
  #workerLines = 0;

  private constructor(dataDir: string, env: Readonly<Record<string, string>>, postgres: EmbeddedPostgresServer, people: { leader: TestPerson; agent: TestPerson }) {
    this.#dataDir = dataDir;
    this.#env = env;
    this.#postgres = postgres;
    this.url = `http://127.0.0.1:${env['PORT']}`;
    this.leader = people.leader;
    this.agent = people.agent;
  }

  /** @param extra variables on top of those of every rig */
  static async start(extra: Readonly<Record<string, string>> = {}): Promise<CrashRig> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sideline-test-crash-'));
    const postgres = new EmbeddedPostgresServer({ dataDir });
    const databaseUrl = await postgres.start();
    await migrateQueues(databaseUrl);
    await migrate(databaseUrl);
    const env = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      JWT_SECRET: randomBytes(32).toString('hex'),
      DEMO: 'off',
      LOG_LEVEL: 'error',
      RATE_LIMIT_FACTOR: '1000',
      ...extra,
    };
    const rig = new CrashRig(dataDir, env, postgres, await people(env));
    await rig.startApi();
    return rig;
  }

  /** Starts the API's process and resolves once it says that it listens. */
  async startApi(): Promise<void> {
    const child = spawn(process.execPath, ['api/main.ts'], { cwd: ROOT, env: { ...QUICK_START, ...this.#env, PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#api = child;
    this.#said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.#said = (this.#said + String(data)).slice(-LAST_WORDS)));
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the API ended with ${code} instead of starting:\n${this.#said}`)));
    });
  }

  /** Where PostgreSQL is, for who needs a connection of their own. */
  get databaseUrl(): string {
    return String(this.#env['DATABASE_URL']);
  }

  /** What the API's process has written to its log of late. */
  get said(): string {
    return this.#said;
  }

  /** Numbers of the API's and the worker's process; undefined for one that does not run. */
  get pids(): readonly (number | undefined)[] {
    return [this.#api, this.#worker].map((child) => (child?.exitCode === null && child.signalCode === null ? child.pid : undefined));
  }

  /** How many lines the worker has written to its log. */
  get workerLines(): number {
    return this.#workerLines;
  }

  async killApi(): Promise<void> {
    const child = this.#api;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts a worker's process; it does what is waiting as soon as it is up. */
  startWorker(): void {
    const child = spawn(process.execPath, ['workers/main.ts'], { cwd: ROOT, env: { ...QUICK_START, ...this.#env, PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#worker = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        this.#said = (this.#said + String(data)).slice(-LAST_WORDS);
        this.#workerLines += String(data).split('\n').length - 1;
      });
    }
  }

  async killWorker(): Promise<void> {
    const child = this.#worker;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** A context on the same database, in this process. Close it. */
  context(): Promise<Context> {
    return createContext(toConfig(this.#env), 'crash', { log: createLog('fatal', 'crash') });
  }

  /** Kills the postmaster; its children notice and end by themselves. */
  async killPostgres(): Promise<void> {
    const { pid } = this.#postgres;
    if (pid === undefined) throw new Error('PostgreSQL does not run');
    const ended = new Promise<void>((resolve) => this.#postgres.onUnexpectedExit(resolve));
    process.kill(pid, 'SIGKILL');
    await ended;
  }

  /** Shuts PostgreSQL down as an administrator does: `fast` rolls back what is open, `immediate` leaves it to the next start to recover. */
  async shutPostgres(mode: 'fast' | 'immediate'): Promise<void> {
    const { pid } = this.#postgres;
    if (pid === undefined) throw new Error('PostgreSQL does not run');
    const ended = new Promise<void>((resolve) => this.#postgres.onUnexpectedExit(resolve));
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  /** Starts PostgreSQL again, at the same address. */
  async startPostgres(): Promise<void> {
    this.#postgres = new EmbeddedPostgresServer({ dataDir: this.#dataDir });
    const url = await this.#postgres.start();
    if (url !== this.databaseUrl) throw new Error('PostgreSQL came back at another address');
  }

  async query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.killApi();
    await this.killWorker();
    await this.#postgres.stop();
    await settleDataFolder(join(this.#dataDir, 'postgres'));
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

/** A leader and somebody of their team, signed in. */
async function people(env: Readonly<Record<string, string>>): Promise<{ leader: TestPerson; agent: TestPerson }> {
  const config = toConfig(env);
  const ctx = await createContext(config, 'crash', { log: createLog('fatal', 'crash') });
  try {
    const made = new TestPeople(ctx);
    const leader = await made.person('team_leader');
    const team = await made.team('Crash', [leader.id]);
    return { leader, agent: await made.person('cs', { teamId: team.id }) };
  } finally {
    await ctx.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}
