import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { Tell } from './supervisor.ts';

/** Editors write a file in several steps, and several files at once. */
const QUIET_MS = 300;
const SERVER_FOLDERS = ['api', 'workers'];
const PAGE_FOLDERS = ['widgets', 'examples'];
/** Written by a build, or not part of what runs. */
const IGNORED = /(^|[\\/])\.|~$|\.test\.ts$|contract\.types\.ts/;

/** Builds what has become stale; whether that worked. */
function build(root: string, tell: Tell): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'deploy/prepare.mjs')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => tell('watch', line));
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/**
 * For development: after a change of the sources, builds what is stale, and starts the API and the
 * worker again when the change is theirs. Ends with the process.
 * @param restart starts the API and the worker again
 */
export function watchSources(root: string, tell: Tell, restart: () => void): void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let building = false;
  const settle = async (): Promise<void> => {
    if (building) return;
    building = true;
    const now = changed;
    changed = new Set();
    const server = [...now].some((file) => SERVER_FOLDERS.includes(file.split(sep)[0] ?? ''));
    tell('watch', `changed: ${[...now].slice(0, 3).join(', ')}${now.size > 3 ? ` and ${now.size - 3} more` : ''}`);
    if ((await build(root, tell)) && server) restart();
    building = false;
    if (changed.size > 0) await settle();
  };
  for (const folder of [...SERVER_FOLDERS, ...PAGE_FOLDERS]) {
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || IGNORED.test(file)) return;
      changed.add(join(folder, file));
      clearTimeout(timer);
      timer = setTimeout(() => void settle(), QUIET_MS);
    });
  }
  tell('watch', 'Following changes of the sources.');
}
