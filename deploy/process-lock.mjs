import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A lock between processes that survives `kill -9` of its holder.
 *
 * Plain JavaScript without dependencies: `prepare.mjs` needs it before anything is installed, on
 * whatever Node the machine has. Every contender raises its own flag (a file of its own) and only
 * then looks at the others: of two contenders, the later one always sees the earlier one, so they
 * can never both own the lock, and nobody ever has to delete a file that may just have become
 * somebody else's, which is where locks made of one shared file go wrong.
 */

/** `/proc/<pid>/stat`: the command may hold blanks and parentheses, so count from its last `)`. */
function linuxProcess(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], startTicks: fields[19] };
}

let bootId;
function thisBoot() {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return bootId;
}

function psProcess(pid) {
  const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const [state = '', ...started] = output.split(/\s+/);
  return { state, started: started.join(' ') };
}

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * What tells this process apart from a later one with the same pid: when it was started.
 * @param {number} pid
 * @returns {string | undefined} `undefined` when there is no such process (a zombie counts as
 *   none); `'unknown'` where the platform does not say when it started.
 */
export function processIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return undefined;
  try {
    if (process.platform === 'linux') {
      const { state, startTicks } = linuxProcess(pid);
      return state === 'Z' || state === 'X' ? undefined : `${thisBoot()}:${startTicks}`;
    }
    if (process.platform !== 'win32') {
      const { state, started } = psProcess(pid);
      return state.startsWith('Z') ? undefined : started;
    }
  } catch {
    // The process ended between the two looks, or the platform hides its details.
    return exists(pid) ? 'unknown' : undefined;
  }
  return 'unknown';
}

/**
 * Whether the process that gave this identity still runs: `false` for a reused pid.
 * @param {number} pid
 * @param {string} identity as returned by `processIdentity` at the time
 */
export function isSameProcess(pid, identity) {
  const now = processIdentity(pid);
  if (now === undefined) return false;
  return now === identity || now === 'unknown' || identity === 'unknown';
}

function readFlag(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeFlag(file, flag) {
  const temporary = `${file}.${randomUUID()}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(flag)}\n`, { mode: 0o644 });
  renameSync(temporary, file);
}

function flagFiles(directory, name) {
  return readdirSync(directory)
    .filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith('.lock'))
    .map((entry) => join(directory, entry));
}

/** The living others; flags of the dead are swept away on the way. */
function livingOthers(directory, name, own) {
  const living = [];
  for (const file of flagFiles(directory, name)) {
    if (file === own) continue;
    const flag = readFlag(file);
    if (flag && isSameProcess(flag.pid, flag.identity)) living.push(flag);
    else rmSync(file, { force: true });
  }
  return living;
}

/**
 * Who holds the lock now, if anybody.
 * @param {string} directory
 * @param {string} name
 */
export function lockHolder(directory, name) {
  try {
    return livingOthers(directory, name).find((flag) => flag.held);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function tryAcquire(directory, name, info) {
  const file = join(directory, `${name}.${process.pid}-${randomUUID()}.lock`);
  const flag = { pid: process.pid, identity: processIdentity(process.pid), held: false, info };
  writeFlag(file, flag);
  const others = livingOthers(directory, name, file);
  if (others.length > 0) {
    rmSync(file, { force: true });
    return { holder: others.find((other) => other.held) };
  }
  writeFlag(file, { ...flag, held: true });
  return {
    lock: {
      update: (newInfo) => writeFlag(file, { ...flag, held: true, info: newInfo }),
      release: () => rmSync(file, { force: true }),
    },
  };
}

/**
 * Takes the lock `name` in `directory`.
 * @param {string} directory created when missing
 * @param {string} name
 * @param {{ info?: unknown, waitMs?: number, onWait?: (holder: { pid: number, info: unknown }) => void }} [options]
 *   `waitMs`: how long to wait for a holder to let go (0 by default); `onWait` is called once.
 * @returns `{ lock }` with `update(info)` and `release()`, or `{ holder }` when somebody has it.
 */
export async function acquireLock(directory, name, options = {}) {
  mkdirSync(directory, { recursive: true });
  const deadline = Date.now() + (options.waitMs ?? 0);
  // Two contenders that arrive together both step back; without a holder they try again.
  const undecidedUntil = Date.now() + 10_000;
  for (let waiting = false; ; ) {
    const { lock, holder } = await tryAcquire(directory, name, options.info);
    if (lock) return { lock };
    if (holder && Date.now() >= deadline) return { holder };
    if (!holder && Date.now() >= Math.max(deadline, undecidedUntil)) {
      throw new Error(`Could not take the lock ${name} in ${directory}: too many contenders.`);
    }
    if (holder && !waiting) {
      waiting = true;
      options.onWait?.(holder);
    }
    await sleep(holder ? 250 : 5 + Math.random() * 50);
  }
}
