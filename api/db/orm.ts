import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import type { Config } from '../config.ts';
import type { Log } from '../observability/log.ts';
import { entities } from './entities.ts';
import { FreeingClient } from './freeing-client.ts';
import { KeepingClient } from './kept-statements.ts';
import { returnLostConnections } from './lost-connections.ts';
import { migrations } from './migrations.ts';

/** Opens the pool; the database is reached with the first query. Sessions run in UTC, whatever the server's zone. */
export function createOrm(config: Config['database'], log: Log): Promise<MikroORM> {
  const replicas = config.replicaUrls.map((clientUrl, n) => ({ name: `replica-${n + 1}`, clientUrl }));
  return MikroORM.init({
    ...options(config.url),
    ...pool(config),
    // Only what asks for it is read from a replica: everybody else must see their own writes.
    preferReadReplicas: false,
    ...(replicas.length > 0 ? { replicas } : {}),
    logger: (message) => log.debug(message),
  });
}

/** For migrations: one connection, straight to PostgreSQL. */
export function createMigrationOrm(directUrl: string): Promise<MikroORM> {
  return MikroORM.init({ ...options(directUrl), pool: { min: 0, max: 2 } });
}

const options = (clientUrl: string): Options => ({
  clientUrl,
  entities: [...entities],
  extensions: [Migrator],
  forceUtcTimezone: true,
  discovery: { warnWhenNoEntities: false },
  migrations: { migrationsList: [...migrations], tableName: 'migrations', snapshot: false, allOrNothing: true, silent: true },
  driverOptions: { application_name: 'sideline' },
}) as Options; // the options of every driver at once; PostgreSQL's is the one that is read

function pool(config: Config['database']): Options {
  // PgBouncer refuses start-up parameters it does not know (there the limits are the server's) and hands the same
  // session to others, who do not know our statements.
  const direct = config.url === config.directUrl;
  const session = direct ? { statement_timeout: config.timeoutMs, idle_in_transaction_session_timeout: config.timeoutMs, Client: KeepingClient } : { Client: FreeingClient };
  return {
    pool: { min: 0, max: config.poolSize },
    driverOptions: { application_name: 'sideline', connectionTimeoutMillis: Math.min(config.timeoutMs, 5000), onPoolCreated: returnLostConnections, ...session },
  } as Options; // as above
}
