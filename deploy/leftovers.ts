import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess, processIdentity } from './process-lock.mjs';

interface Remembered {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
}

const GRACE_MS = 10_000;
const fileIn = (runDir: string): string => join(runDir, 'children.json');

/** Writes down which processes are ours, for a start after this process was killed. */
export function rememberChildren(runDir: string, children: readonly { readonly name: string; readonly pid: number | undefined }[]): void {
  const remembered = children.flatMap(({ name, pid }): Remembered[] => {
    const identity = pid === undefined ? undefined : processIdentity(pid);
    return pid === undefined || identity === undefined ? [] : [{ name, pid, identity }];
  });
  // In one step: whoever reads it meanwhile, or after we were killed here, finds the old or the new one.
  const temporary = `${fileIn(runDir)}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(remembered)}\n`);
  renameSync(temporary, fileIn(runDir));
}

/**
 * Ends what a killed supervisor has left running: its children notice by themselves, but may still
 * be finishing requests and hold the port.
 * @returns one sentence per process that had to be waited for
 */
export async function endLeftovers(runDir: string): Promise<string[]> {
  const text = await readFile(fileIn(runDir), 'utf8').catch(() => '[]');
  const left = parse(text).filter(({ pid, identity }) => isSameProcess(pid, identity));
  await Promise.all(left.map(end));
  return left.map(({ name, pid }) => `Ended the ${name} process of an earlier start (process ${pid}).`);
}

/** A file cut short by a crash names nobody: those processes end by themselves. */
function parse(text: string): Remembered[] {
  try {
    return JSON.parse(text) as Remembered[];
  } catch {
    return [];
  }
}

async function end({ pid, identity }: Remembered): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  signal(pid, 'SIGTERM');
  while (isSameProcess(pid, identity)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}
