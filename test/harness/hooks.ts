import { stopTestServer } from './postgres.ts';

/** Ends the PostgreSQL that the first test in need of one has started. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestServer();
}
