import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { unavailable } from '../errors/problem.ts';
import { defineHandlers } from './handler.ts';

/** Whether the process may be sent requests: set when migrated, seeded and listening; asks the database each time. */
export interface Readiness {
  readonly ready: boolean;
  ping(): Promise<void>;
  /** What else the process depends on, and whether it was there when it was looked at last. */
  others(): Readonly<Record<string, 'up' | 'away'>>;
}

const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

export const healthRoutes = (config: Config, readiness: Readiness) =>
  defineHandlers<'getHealth'>({
    getHealth: async () => {
      if (!readiness.ready) throw unavailable('Starting.', 1);
      await readiness.ping();
      const dependencies: Record<string, 'up' | 'away'> = { ...readiness.others(), postgresql: 'up' };
      const status = Object.values(dependencies).includes('away') ? 'degraded' : 'ok';
      return { status: 200, body: { status, version, commit: config.commit, dependencies } };
    },
  });
