import fc from 'fast-check';
import { LONG } from './long.ts';
import { beginRun, clearRun, stopTestServer } from './postgres.ts';

/**
 * The same random values in every run, so that the same code gets the same verdict; `npm run test:long` is there to
 * search, with others each time. A failure tells what failed beside what it failed for.
 */
const SEED = 19_470_611;
fc.configureGlobal({ includeErrorInReport: true, ...(LONG ? {} : { seed: SEED }) });

export function mochaGlobalSetup(): void {
  beginRun();
}

/** Ends the PostgreSQL that the first test in need of one has started, here or in a process that has ended since. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestServer();
  await clearRun();
}
