import { Client } from 'pg';
import { createMigrationOrm } from './orm.ts';

/** Any number; the same in every process that migrates. */
const LOCK = 7_217_001;

/**
 * Brings the schema up to date. Any number of processes may call it at once: one migrates, the others wait.
 * @returns the names of the migrations that were run.
 */
export async function migrate(directUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: directUrl, application_name: 'sideline-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const orm = await createMigrationOrm(directUrl);
    try {
      return (await orm.migrator.up()).map((migration) => migration.name);
    } finally {
      await orm.close();
    }
  } finally {
    await client.end();
  }
}

const WAIT_MS = 250;

/** Resolves once every migration of this version has been run, by whichever process. */
export async function waitForSchema(directUrl: string): Promise<void> {
  const orm = await createMigrationOrm(directUrl);
  try {
    while ((await orm.migrator.getPending()).length > 0) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  } finally {
    await orm.close();
  }
}
