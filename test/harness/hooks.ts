import { beginRun, clearRun, stopTestServer } from './postgres.ts';

export function mochaGlobalSetup(): void {
  beginRun();
}

/** Ends the PostgreSQL that the first test in need of one has started, here or in a process that has ended since. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestServer();
  await clearRun();
}
