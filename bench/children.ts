import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { NODE_ARGUMENTS } from '../deploy/node-arguments.ts';

/** A server in a process of its own. */
export interface Child {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const START_MS = 60_000;

/**
 * Starts a module as a process that says `{type: 'ready', url}` when it listens.
 * @param nodeArguments options of Node itself, besides those of a profile
 * @throws when it ends, or is not ready within a minute
 */
export async function startChild(module: URL, env: Readonly<Record<string, string>>, nodeArguments: readonly string[] = []): Promise<Child> {
  const child = fork(module, { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...env }, execArgv: [...NODE_ARGUMENTS, ...profiling(module), ...nodeArguments], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const timeout = AbortSignal.timeout(START_MS);
  const ended = once(child, 'exit', { signal: timeout }).then(([code]) => Promise.reject(new Error(`${module.pathname} ended with ${String(code)} before it was ready`)));
  const ready = once(child, 'message', { signal: timeout }).then(([message]) => message as { url: string });
  const { url } = await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  return { url, process: child, stop: () => stop(child) };
}

/** Runs a module that answers one message and ends. */
export async function askChild<Answer>(module: URL, question: object): Promise<Answer> {
  const child = fork(module, { execArgv: profiling(module), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const answer = once(child, 'message').then(([message]) => message as Answer);
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${module.pathname} ended with ${String(code)}`)));
  child.send(question);
  const found = await Promise.race([answer, failed]);
  await failed.catch(() => undefined);
  return found;
}

/** `BENCH_PROFILE=folder` leaves a CPU profile of every server there. */
function profiling(module: URL): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder ? ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-name', `${module.pathname.split('/').at(-1)}.${Date.now()}.cpuprofile`] : [];
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
