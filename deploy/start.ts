/** `npm start`: PostgreSQL, the API with the widgets, and the worker, in one go. `--watch` follows changes. */
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { styleText } from 'node:util';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '../api/demo/story/people.ts';
import { readEnv } from '../api/config.ts';
import type { Config, Env } from '../api/config.ts';
import { ROOT, SUPERVISOR_LOCK, completeEnvironment, runFolder } from './environment.ts';
import { readable } from './log-lines.ts';
import { parentGone } from './parent.ts';
import { acquireLock } from './process-lock.mjs';
import type { LockHolder, ProcessLock } from './process-lock.mjs';
import { runMain } from './run-main.ts';
import { StartError } from './start-error.ts';
import { Supervisor, reachableHost } from './supervisor.ts';
import type { ReadyMessage } from './supervisor.ts';
import { watchSources } from './watch.ts';

/** A holder that was just told to stop gets this long to say so. */
const LOOK_AGAIN_MS = 1_500;
const LONGEST_STOP_MS = 60_000;

/** What a running supervisor tells those who find its lock. */
interface HolderInfo {
  readonly url: string;
  readonly stopping: boolean;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (who: string, line: string): void => say(readable(who, line));

function isStopping(holder: LockHolder): boolean {
  return typeof holder.info === 'object' && holder.info !== null && 'stopping' in holder.info && holder.info.stopping === true;
}

function addressOf(holder: LockHolder): string {
  return typeof holder.info === 'object' && holder.info !== null && 'url' in holder.info ? `at ${String(holder.info.url)} ` : '';
}

/** @throws StartError when another start has this data folder */
async function lockDataFolder(runDir: string, info: HolderInfo, dataDir: string): Promise<ProcessLock> {
  let { lock, holder } = await acquireLock(runDir, SUPERVISOR_LOCK, { info, waitMs: LOOK_AGAIN_MS });
  if (holder && isStopping(holder)) {
    say(`Waiting for the one that is just stopping (process ${holder.pid}) …`);
    ({ lock, holder } = await acquireLock(runDir, SUPERVISOR_LOCK, { info, waitMs: LONGEST_STOP_MS }));
  }
  if (lock) return lock;
  const pid = holder ? `process ${holder.pid}` : 'another process';
  throw new StartError(
    `Sideline is already running ${holder ? addressOf(holder) : ''}(${pid}) with the data in ${dataDir}.\n` +
      'Stop that one first, or give this one its own DATA_DIR and PORT.',
  );
}

/** @throws StartError when something else listens there already */
async function requireFreePort({ host, port }: Config): Promise<void> {
  const server = createServer();
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  if (!problem) return;
  if (problem.code === 'EADDRINUSE') {
    throw new StartError(`Port ${port} on ${host} is taken by another program.\nStop that one, or choose another port: PORT=${port + 1} npm start`);
  }
  throw new StartError(`Cannot listen on HOST ${host}, PORT ${port}: ${problem.message}`);
}

/** The address one can open in a browser, also where HOST means every address. */
function browsable(url: string, { host }: Config): string {
  const address = new URL(url);
  address.hostname = reachableHost(host);
  return address.origin;
}

function shortest(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith('..') ? folder : path || '.';
}

function banner(ready: ReadyMessage, config: Config, startedAt: number): string {
  const took = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const lines = ['', `  ${styleText('bold', 'Sideline is ready:')} ${styleText(['cyan', 'underline'], browsable(ready.url, config))}   (${took})`, ''];
  if (ready.demo) {
    lines.push(
      `  Sign in as   ${DEMO_SIGN_INS.map((name) => styleText('bold', name)).join(', ')}`,
      `  Password     ${styleText('bold', DEMO_PASSWORD)}`,
      '  People and figures are invented; DEMO=off starts without them.',
    );
  }
  if (ready.setupUrl) lines.push('  Nobody can sign in yet. Create the first account here, once:', `  ${styleText('bold', ready.setupUrl)}`);
  lines.push(`  Data in ${shortest(config.dataDir)}; Ctrl-C stops everything.`, '');
  return lines.join('\n');
}

/** Resolves with the reason at the first request to stop; calls `again` at each later one. */
function stopRequested(env: Env, again: () => void): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (reason: string): void => {
      if (asked) again();
      asked = true;
      resolve(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    void parentGone(env).then(() => ask('npm has ended'));
  });
}

/** Runs until asked to stop. */
async function main(): Promise<number> {
  const startedAt = Date.now();
  const env = readEnv();
  const settings = await completeEnvironment(env);
  const { config } = settings;
  const runDir = runFolder(config.dataDir);
  const lock = await lockDataFolder(runDir, { url: config.publicUrl, stopping: false }, config.dataDir);
  const supervisor = new Supervisor(settings, runDir, tell);
  let stopping = false;
  const stopped = stopRequested(env, () => supervisor.hurry()).then(async (reason) => {
    stopping = true;
    say(`\nStopping (${reason}) …`);
    lock.update({ url: config.publicUrl, stopping });
    await supervisor.stop();
    say('Stopped.');
  });
  const start = async (): Promise<void> => {
    await supervisor.clearUp();
    await requireFreePort(config);
    const ready = await supervisor.start();
    lock.update({ url: browsable(ready.url, config), stopping });
    say(banner(ready, config, startedAt));
    if (process.argv.includes('--watch')) watchSources(ROOT, tell, () => supervisor.restartChildren());
  };
  try {
    await start().catch((error: unknown) => {
      if (!stopping) throw error;
    });
    await stopped;
  } finally {
    await supervisor.stop();
    lock.release();
  }
  return 0;
}

await runMain(main);
