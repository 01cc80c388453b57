/**
 * Runs before `npm start` and `npm test`, on whatever Node the machine has (18 or newer) and before
 * anything is installed: brings `node_modules` in line with the lock file and builds what is stale.
 * Built-in modules only. Safe to run twice at once: the second waits for the first.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireLock } from './process-lock.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STATE = join(ROOT, 'dist', '.prepare');
const MODULES = join(ROOT, 'node_modules');
const INSTALL_STAMP = join(MODULES, '.sideline-lock-hash');
const WAIT_MS = 15 * 60_000;

/** What is built, from which files (`under` a folder, by name), into what. */
const BUILDS = [
  {
    name: 'contract',
    script: 'build:contract',
    what: 'the types of the API contract',
    under: ['openapi.yaml', 'api', 'deploy/contract.ts', 'package-lock.json', 'package.json'],
    inputs: /(^openapi\.yaml|\.openapi\.yaml|^deploy\/contract\.ts|^package(-lock)?\.json)$/,
    outputs: ['api/http/contract.types.ts', 'dist/contract/openapi.json', 'dist/contract/openapi.yaml'],
  },
  {
    name: 'widgets',
    script: 'build:widgets',
    what: 'the widgets and the page',
    under: ['widgets', 'examples/console', 'api/http/contract.types.ts', 'package-lock.json', 'package.json', 'tsconfig.json'],
    inputs: /(?<!\.test\.ts)$/,
    outputs: ['dist/widgets', 'dist/console', 'dist/gallery'],
  },
];

const say = (text) => process.stdout.write(`prepare: ${text}\n`);

function fail(text) {
  process.stderr.write(`prepare: ${text}\n`);
  process.exit(1);
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Every file below `path` (or `path` itself), sorted so that the hash does not depend on the disk. */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist' && !entry.name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

function hashInputs(build) {
  const hash = createHash('sha256');
  for (const file of build.under.flatMap((entry) => filesUnder(join(ROOT, entry)))) {
    const name = relative(ROOT, file).split(sep).join('/');
    if (!build.inputs.test(name)) continue;
    hash.update(name).update('\0').update(sha256(readFileSync(file))).update('\n');
  }
  return hash.digest('hex');
}

/**
 * A folder that somebody else's `npm ci` filled from the same lock file is good as it is. npm's own
 * record, written last, shows that it came to the end; it does not show what is in the folder
 * (`npm install --package-lock-only` writes it too), so every package is looked at.
 */
function installedMatches(lock) {
  if (!existsSync(join(MODULES, '.package-lock.json'))) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = readJson(join(ROOT, path, 'package.json'));
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return wanted.link === true || found.version === wanted.version;
  });
}

/** The environment without `node_modules/.bin` in front: npm is about to take that folder away. */
function outsideEnvironment() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(MODULES))
    .join(delimiter);
  return { ...process.env, PATH: path };
}

/** The npm that runs this script, on the Node it runs on; else the one on the PATH. */
function runNpm(args, env) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const options = { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] };
  if (npm && node && existsSync(npm) && existsSync(node) && !node.startsWith(MODULES)) {
    return spawnSync(node, [npm, ...args], options);
  }
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

function npm(args, env, failure) {
  const result = runNpm(args, env);
  if (result.error) fail(`${failure}: npm could not be started (${result.error.message}).`);
  if (result.signal) fail(`${failure}: npm ${args.join(' ')} was ended by ${result.signal}.`);
  if (result.status !== 0) fail(`${failure}: npm ${args.join(' ')} ended with code ${result.status}; its own message is above.`);
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function install() {
  const text = readText(join(ROOT, 'package-lock.json'));
  if (text === undefined) fail('package-lock.json is missing: this is not a complete checkout.');
  const wanted = sha256(text);
  if (readText(INSTALL_STAMP) === wanted) return;
  if (!installedMatches(JSON.parse(text))) {
    const started = Date.now();
    say(`${existsSync(MODULES) ? 'the lock file has changed, installing' : 'installing'} the packages from package-lock.json …`);
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    npm(args, outsideEnvironment(), 'the packages could not be installed');
    say(`packages installed in ${seconds(started)}`);
  }
  requireRuntime();
  writeFileSync(INSTALL_STAMP, wanted);
}

/** The pinned Node comes as a package whose install script fetches the right binary. */
function requireRuntime() {
  const binary = join(MODULES, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const result = spawnSync(binary, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const version = (result.stdout ?? '').trim();
  if (Number(/^v(\d+)/.exec(version)?.[1] ?? 0) < 24) {
    fail(
      `the pinned Node.js runtime does not run here (${version || result.error?.message || result.stderr?.trim() || 'no answer'}). ` +
        'Install scripts must be allowed (npm config get ignore-scripts); then remove node_modules and try again.',
    );
  }
}

function buildIfStale(build) {
  const stampFile = join(STATE, `${build.name}.json`);
  const inputs = hashInputs(build);
  const built = build.outputs.every((output) => existsSync(join(ROOT, output)));
  if (built && readJson(stampFile)?.inputs === inputs) return;
  const started = Date.now();
  say(`building ${build.what} …`);
  npm(['run', '--silent', build.script], process.env, `${build.what} could not be built`);
  // Hashed before the build: a file edited meanwhile must count as changed next time.
  mkdirSync(STATE, { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ inputs })}\n`);
  say(`built ${build.what} in ${seconds(started)}`);
}

const { lock, holder } = await acquireLock(STATE, 'prepare', {
  waitMs: WAIT_MS,
  onWait: ({ pid }) => say(`waiting for another run (process ${pid}) that is installing or building …`),
});
if (!lock) fail(`another run (process ${holder.pid}) has been busy for ${WAIT_MS / 60_000} minutes; end it and try again.`);
process.on('exit', () => lock.release());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
install();
for (const build of BUILDS) buildIfStale(build);
