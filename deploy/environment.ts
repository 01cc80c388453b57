import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toConfig } from '../api/config.ts';
import type { Config, Env } from '../api/config.ts';
import { writeDurably } from './durable-file.ts';

/** The folder of this installation. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The lock that whoever runs PostgreSQL on a data folder holds. */
export const SUPERVISOR_LOCK = 'supervisor';

const SECRET_BYTES = 48;

/**
 * Where Node keeps what it made of the sources, so that the next process need not: half of its start. Beside what is
 * built, and trusted as much as that; a process that is measured for coverage does without.
 */
export const COMPILE_CACHE = join(ROOT, 'dist', '.compile-cache');

/** Where locks and the list of running processes are kept. */
export const runFolder = (dataDir: string): string => join(dataDir, 'run');

/** What the environment asks for, checked, with what it leaves out filled in. */
export interface Settings {
  /** Everything the API and the worker need but `DATABASE_URL` where PostgreSQL is ours. */
  readonly env: Env;
  readonly config: Config;
  /** Whether PostgreSQL is ours to run: `DATABASE_URL` is not set. */
  readonly embedded: boolean;
}

/**
 * Completes the environment of the user with what an embedded installation keeps for itself.
 * @throws ConfigError naming the variable that makes no sense, before anything is started
 */
export async function completeEnvironment(env: Env): Promise<Settings> {
  const dataDir = resolve(ROOT, env['DATA_DIR'] || '.data');
  const embedded = !env['DATABASE_URL'];
  const check = (secret: string): Config =>
    toConfig({ ...env, DATABASE_URL: env['DATABASE_URL'] || 'postgres://127.0.0.1/sideline', JWT_SECRET: secret });
  check(env['JWT_SECRET'] || newSecret());
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const secret = env['JWT_SECRET'] || (await storedSecret(dataDir));
  const completed: Env = {
    ...env,
    DATA_DIR: dataDir,
    JWT_SECRET: secret,
    COMMIT: env['COMMIT'] || (await currentCommit()),
    NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? (env['NODE_V8_COVERAGE'] ? undefined : COMPILE_CACHE),
    NODE_OPTIONS: withoutDebugger(env['NODE_OPTIONS']),
  };
  return { env: completed, config: { ...check(secret), dataDir }, embedded };
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** The signing secret of this installation: made once, so that a restart signs nobody out. */
async function storedSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const { jwtSecret } = JSON.parse(text) as { jwtSecret: string };
    return jwtSecret;
  }
  const jwtSecret = newSecret();
  await writeDurably(file, `${JSON.stringify({ jwtSecret }, null, 2)}\n`);
  return jwtSecret;
}

async function currentCommit(): Promise<string | undefined> {
  const git = promisify(execFile)('git', ['-C', ROOT, 'rev-parse', '--short=12', 'HEAD'], { timeout: 5_000 });
  return git.then(({ stdout }) => stdout.trim(), () => undefined);
}

/** A debugger's options reach the supervisor; two children could not share its port. */
function withoutDebugger(options: string | undefined): string | undefined {
  const kept = (options ?? '').split(/\s+/).filter((option) => option !== '' && !option.startsWith('--inspect'));
  return kept.length > 0 ? kept.join(' ') : undefined;
}
