import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-lock.mjs';

/** What a running PostgreSQL says about itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid`; `undefined` when there is none or it is not complete yet. */
export async function readPidFile(dataFolder: string): Promise<PidFile | undefined> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

const isAlive = (pid: number): boolean => processIdentity(pid) !== undefined;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function waitUntilGone(pids: () => readonly number[], timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (pids().length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** PostgreSQL's processes have their data folder as working directory. `undefined`: cannot be seen. */
function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function programOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  return basename(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim());
}

function commandLineOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}

/**
 * Whether `pid` is a PostgreSQL process of this data folder and not a later one with the same
 * number. Root inside a container may not see another account's working folder; the command line
 * is always to be seen, but names the folder only for the postmaster.
 */
function belongsTo(dataFolder: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (!programOf(pid).startsWith('postgres')) return false;
    const folder = workingFolder(pid);
    return folder === undefined ? commandLineOf(pid).includes(dataFolder) : folder === dataFolder;
  } catch {
    return false;
  }
}

/** Processes of a server whose postmaster was killed: they go by themselves once they notice. */
function orphanedBackends(dataFolder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => workingFolder(pid) === dataFolder && belongsTo(dataFolder, pid));
}

/** Fast, then immediate, then by force: each is safe for the data, each later one costs recovery time. */
const ESCALATION: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/**
 * Stops a postmaster: fast shutdown first.
 * @returns the signal that it took
 * @throws Error when it is still there after being killed
 */
export async function stopPostmaster(dataFolder: string, pid: number): Promise<NodeJS.Signals> {
  for (const [name, waitMs] of ESCALATION) {
    signal(pid, name);
    if (await waitUntilGone(() => (belongsTo(dataFolder, pid) ? [pid] : []), waitMs)) return name;
  }
  throw new Error(`PostgreSQL (process ${pid}) cannot be stopped.`);
}

async function stopBackends(dataFolder: string): Promise<number> {
  const found = orphanedBackends(dataFolder);
  for (const [name, waitMs] of [[undefined, 2_000], ['SIGQUIT', 3_000], ['SIGKILL', 5_000]] as const) {
    if (name) for (const pid of orphanedBackends(dataFolder)) signal(pid, name);
    if (await waitUntilGone(() => orphanedBackends(dataFolder), waitMs)) break;
  }
  return found.length;
}

/**
 * Makes a data folder ready to be started from, whatever was killed before: a server that outlived
 * its supervisor is stopped cleanly, the leftovers of a killed one are waited for, and a
 * `postmaster.pid` whose number now belongs to another program is removed.
 * @returns one plain sentence per thing that had to be put right
 */
export async function settleDataFolder(dataFolder: string): Promise<string[]> {
  const done: string[] = [];
  const recorded = await readPidFile(dataFolder);
  if (recorded && belongsTo(dataFolder, recorded.pid)) {
    await stopPostmaster(dataFolder, recorded.pid);
    done.push(`Found PostgreSQL still running from an earlier start (process ${recorded.pid}) and stopped it.`);
  }
  const backends = await stopBackends(dataFolder);
  if (backends > 0) done.push(`Waited for ${backends} processes of an earlier PostgreSQL to end.`);
  const leftover = join(dataFolder, 'postmaster.pid');
  if (existsSync(leftover)) {
    // PostgreSQL clears its own leftovers only while nothing else has taken over the number.
    await rm(leftover, { force: true });
    done.push('PostgreSQL was not shut down properly last time; it recovers by itself.');
  }
  return done;
}
