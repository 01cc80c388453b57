import type { Pool, PoolClient } from 'pg';

/**
 * Gives a connection that is lost while somebody works on it back to its pool at once, which replaces it. Kysely does so
 * only after a rollback, and the rollback of a transaction whose connection is gone fails: its place in the pool was lost
 * with it, and after as many as the pool is large nothing could be read any more.
 */
export function returnLostConnections(pool: Pool): void {
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => Promise<PoolClient> | undefined;
  pool.connect = ((...args: unknown[]) => {
    const client = connect(...args);
    // With a callback there is no promise; nothing here asks that way.
    return client?.then((opened) => (pool.ending ? tooLate(opened) : watched(opened)));
  }) as Pool['connect'];
}

/**
 * One that was still being opened when its pool was closed. Kysely, which has forgotten the pool by then, fails over it and
 * never gives it back, and the pool waits for it for ever: so did whatever was to end.
 */
function tooLate(client: PoolClient): never {
  client.release();
  throw new Error('The pool was closed while a connection was being opened.');
}

function watched(client: PoolClient): PoolClient {
  const release = client.release.bind(client);
  let isBack = false;
  const back = (reason?: Error | boolean): void => {
    if (isBack) return;
    isBack = true;
    client.off('error', back);
    release(reason);
  };
  client.on('error', back);
  // Whoever had it gives it back as well, later.
  return Object.assign(client, { release: back });
}
