/**
 * `node deploy/with-database.ts SCRIPT [ARGUMENT …]`: runs a command-line program with the
 * environment that `npm start` gives its processes. It uses the PostgreSQL of a running `npm start`
 * on the same data folder, starts and stops one where none is running, and leaves a `DATABASE_URL`
 * that is set alone.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { readEnv } from '../api/config.ts';
import type { Env } from '../api/config.ts';
import { ROOT, SUPERVISOR_LOCK, completeEnvironment, runFolder } from './environment.ts';
import { parentGone } from './parent.ts';
import { loadState } from './postgres-cluster.ts';
import { EmbeddedPostgresServer, applicationUrl } from './postgres.ts';
import { acquireLock } from './process-lock.mjs';
import { runMain } from './run-main.ts';
import { StartError } from './start-error.ts';

/** Runs the program in this terminal; its exit code, or what a shell would make of its signal. */
function runProgram(script: string, args: readonly string[], env: Env): Promise<number> {
  const child = spawn(process.execPath, [resolve(ROOT, script), ...args], { env: { ...env }, stdio: 'inherit' });
  // What it does about it decides. Where the signal reached it as well, as Ctrl-C does, it is told twice.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  void parentGone(env).then(() => child.kill('SIGTERM'));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => {
      if (signal) process.stderr.write(`\n${script} was ended by ${signal}${signal === 'SIGKILL' ? ', as the system does when memory runs out' : ''}.\n`);
      done(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}

async function runningUrl(dataDir: string): Promise<string> {
  const state = await loadState(dataDir);
  if (state.isNew || state.port === null) throw new StartError('npm start is still preparing its database; try again in a moment.');
  return applicationUrl({ ...state, port: state.port });
}

await runMain(async () => {
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new StartError('Say which program to run: node deploy/with-database.ts SCRIPT [ARGUMENT …]');
  const { env, config, embedded } = await completeEnvironment(readEnv());
  if (!embedded) return runProgram(script, args, env);
  // To an `npm start` that comes meanwhile this looks like one that is stopping: it waits.
  const { lock } = await acquireLock(runFolder(config.dataDir), SUPERVISOR_LOCK, { info: { stopping: true } });
  if (!lock) return runProgram(script, args, { ...env, DATABASE_URL: await runningUrl(config.dataDir) });
  const postgres = new EmbeddedPostgresServer({ dataDir: config.dataDir });
  try {
    return await runProgram(script, args, { ...env, DATABASE_URL: await postgres.start() });
  } finally {
    await postgres.stop();
    lock.release();
  }
});
