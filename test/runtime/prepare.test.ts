import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A small checkout: the real script and npm, one local package that stands for the pinned runtime. */
describe('The step before npm start and npm test', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let checkout: string;
  /** Without this run's own node_modules/.bin, without what npm tells its scripts, and without the NODE_ENV that Vite sets in a process that has built with it. */
  const env = Object.fromEntries(
    Object.entries({ ...process.env, PATH: (process.env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.startsWith(ROOT)).join(delimiter) })
      .filter(([name]) => name !== 'NODE_ENV' && !name.toLowerCase().startsWith('npm_')),
  );

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(checkout, path)), { recursive: true });
    await writeFile(join(checkout, path), text);
  }

  async function prepare(): Promise<Outcome> {
    return run(process.execPath, ['deploy/prepare.mjs'], { cwd: checkout, env }).then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, output: error.stdout + error.stderr }),
    );
  }

  /** What was built so far, in order. */
  const built = async (): Promise<string[]> => (await readFile(join(checkout, 'built.log'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

  const lockFile = (): Promise<unknown> => run('npm', ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund'], { cwd: checkout, env });

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'sideline-test-prepare-'));
    await mkdir(join(checkout, 'deploy'));
    for (const file of ['prepare.mjs', 'process-lock.mjs']) await copyFile(join(ROOT, 'deploy', file), join(checkout, 'deploy', file));
    await write('runtime/package.json', JSON.stringify({ name: 'runtime', version: '1.0.0', bin: { node: 'node.sh' } }));
    await write('runtime/node.sh', `#!/bin/sh\nexec ${process.execPath} "$@"\n`);
    await chmod(join(checkout, 'runtime/node.sh'), 0o755);
    await write('package.json', JSON.stringify({
      name: 'checkout',
      version: '1.0.0',
      devDependencies: { runtime: 'file:runtime' },
      scripts: {
        'build:contract': 'echo contract >> built.log && mkdir -p api/http dist/contract && cp openapi.yaml api/http/contract.types.ts && cp openapi.yaml dist/contract && touch dist/contract/openapi.json',
        'build:widgets': 'echo widgets >> built.log && mkdir -p dist/widgets dist/console dist/gallery',
      },
    }));
    await write('openapi.yaml', 'openapi: 3.1.0\n');
    await write('api/notes/notes.openapi.yaml', 'paths: {}\n');
    await write('widgets/index.ts', 'export {};\n');
    await lockFile();
  });

  afterEach(() => rm(checkout, { recursive: true, force: true }));

  it('installs and builds on a clean checkout, saying so, and then has nothing left to do', async () => {
    const first = await prepare();
    expect(first.output).to.match(/installing the packages.*packages installed in.*building the types of the API contract.*building the widgets/s);
    expect(first.code).to.equal(0);
    expect(await built()).to.deep.equal(['contract', 'widgets']);
    expect(await prepare()).to.deep.equal({ code: 0, output: '' });
  });

  it('builds again only what has changed, and not for a test', async () => {
    await prepare();
    await write('widgets/note.ts', 'export const a = 1;\n');
    await prepare();
    expect(await built()).to.deep.equal(['contract', 'widgets', 'widgets']);
    await write('widgets/note.test.ts', 'export const a = 1;\n');
    await write('api/notes/notes.service.ts', 'export const a = 1;\n');
    expect(await prepare()).to.deep.equal({ code: 0, output: '' });
    await write('api/notes/notes.openapi.yaml', 'paths: {} # more\n');
    await prepare();
    expect((await built()).slice(3)).to.deep.equal(['contract']);
  });

  it('installs again when the lock file is another one, and accepts what npm ci did by itself', async () => {
    await run('npm', ['ci', '--offline', '--no-audit', '--no-fund'], { cwd: checkout, env });
    expect((await prepare()).output).to.not.include('installing');
    await write('extra/package.json', JSON.stringify({ name: 'extra', version: '1.0.0' }));
    const manifest = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
    await write('package.json', JSON.stringify({ ...manifest, dependencies: { extra: 'file:extra' } }));
    await lockFile();
    expect((await prepare()).output).to.include('the lock file has changed, installing');
    expect(await readFile(join(checkout, 'node_modules/extra/package.json'), 'utf8')).to.include('extra');
  });

  it('lets a second run wait for the first', async () => {
    const [first, second] = await Promise.all([prepare(), prepare()]);
    expect([first.code, second.code]).to.deep.equal([0, 0]);
    expect(await built()).to.deep.equal(['contract', 'widgets']);
    expect(first.output + second.output).to.match(/waiting for another run \(process \d+\)/);
  });

  it('fails with npm\'s message and one of its own, and tries again next time', async () => {
    const manifest = await readFile(join(checkout, 'package.json'), 'utf8');
    await write('package.json', manifest.replace('echo widgets', 'echo no such colour >&2; exit 3; echo widgets'));
    const failed = await prepare();
    expect(failed.code, failed.output).to.equal(1);
    expect(failed.output).to.match(/no such colour.*the widgets and the page could not be built/s);
    await write('package.json', manifest);
    expect((await prepare()).code).to.equal(0);
    await write('package-lock.json', '{"lockfileVersion": 3, "packages": {"node_modules/runtime": {"version": "2.0.0"}}}');
    const broken = await prepare();
    expect(broken).to.include({ code: 1 });
    expect(broken.output).to.include('the packages could not be installed');
  });
});
