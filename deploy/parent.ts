import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '../api/config.ts';

const PARENT_CHECK_MS = 250;

/**
 * Resolves when npm has ended, for a program that npm runs; never for another. Killed by force, npm cannot pass anything on, and
 * what it ran would go on with nobody there.
 */
export async function parentGone(env: Env): Promise<void> {
  const parent = process.ppid;
  if (!env['npm_lifecycle_event'] || parent <= 1) return new Promise(() => undefined);
  while (process.ppid === parent) await sleep(PARENT_CHECK_MS, undefined, { ref: false });
}
