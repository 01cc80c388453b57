import { Pool, type PoolClient } from 'pg';
import { isDatabaseAway } from '../db/failures.ts';

/** BullMQ takes any pool; its own type for one asks for an index signature that the class of `pg` has not. */
export type QueuePool = Pool & Record<string, unknown>;

export const SCHEMA = 'bullmq';

/** A pool for the queues alone: they wait in it, and must not take the connections of requests. */
export function queuePool(directUrl: string, max: number): QueuePool {
  const pool = new Pool({ connectionString: directUrl, max, options: `-c search_path=${SCHEMA}`, application_name: 'sideline-queues' });
  pool.on('error', () => undefined);
  // Every queue and every worker listens for its errors.
  pool.setMaxListeners(50);
  sayRefused(pool);
  return pool as QueuePool;
}

type Done = (error: Error | undefined, client: PoolClient | undefined, release: (reason?: Error | boolean) => void) => void;

/**
 * BullMQ pauses after a refused connection, and repeats at once whatever else fails. A server that starts, stops or has no
 * connection left says so in words of its own, and would be asked without a pause until it can be reached.
 */
function sayRefused(pool: Pool): void {
  const connect = pool.connect.bind(pool) as ((done: Done) => void) & (() => Promise<PoolClient>);
  const ask = (done?: Done): Promise<PoolClient> | void => {
    if (done) return connect((error, client, release) => done(error && refused(error), client, release));
    return connect().catch((error: Error) => Promise.reject(refused(error)));
  };
  pool.connect = ask as Pool['connect'];
}

const refused = (error: Error): Error => (isDatabaseAway(error) ? Object.assign(new Error(error.message, { cause: error }), { code: 'ECONNREFUSED' }) : error);
