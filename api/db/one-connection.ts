import { Kysely, PostgresDialect } from 'kysely';
import type { Client } from 'pg';
import { Db } from './db.ts';

/**
 * SQL over a connection that somebody else opened and is going to end: for a transaction that takes part in what only the
 * connection itself can do, such as COPY.
 */
export function onConnection(client: Client): Db {
  const lent = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: () => Promise.resolve(lent), end: () => Promise.resolve(), options: {} };
  const dialect = new PostgresDialect({ pool: pool });
  return new Db(new Kysely<unknown>({ dialect }), () => {
    throw new Error('No entities are kept on this connection.');
  });
}
