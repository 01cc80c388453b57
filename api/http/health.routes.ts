import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { unavailable } from '../errors/problem.ts';
import { defineHandlers } from './handler.ts';

/** Whether the process may be sent requests: set when migrated, seeded and listening; asks the database each time. */
export interface Readiness {
  readonly ready: boolean;
  ping(): Promise<void>;
}

const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

export const healthRoutes = (config: Config, readiness: Readiness) =>
  defineHandlers<'getHealth'>({
    getHealth: async () => {
      if (!readiness.ready) throw unavailable('Starting.', 1);
      await readiness.ping();
      return { status: 200, body: { status: 'ok', version, commit: config.commit } };
    },
  });
