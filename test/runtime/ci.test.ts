import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

describe('The script of the build server', () => {
  let checkout: string;

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'sideline-test-ci-'));
    await mkdir(join(checkout, '.ci'));
    await mkdir(join(checkout, 'bin'));
    await copyFile(join(ROOT, '.ci/run'), join(checkout, '.ci/run'));
    // Nothing may be installed by a test; a machine without apt must get by as well.
    await program('apt-get', 'exit 1');
  });

  afterEach(() => rm(checkout, { recursive: true, force: true }));

  async function program(name: string, source: string): Promise<void> {
    await writeFile(join(checkout, 'bin', name), `#!/bin/sh\n${source}\n`);
    await chmod(join(checkout, 'bin', name), 0o755);
  }

  /** Runs the script with an `npm test` that does what `source` says. */
  async function ci(source: string): Promise<{ code: number; last: string; output: string }> {
    await program('npm', source);
    const env = { ...process.env, PATH: `${join(checkout, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { code, stdout } = await run(join(checkout, '.ci/run'), [], { env }).then(
      (result) => ({ code: 0, stdout: result.stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );
    return { code, last: stdout.trimEnd().split('\n').at(-1) ?? '', output: stdout };
  }

  it('can be executed in a fresh clone', async () => {
    const { stdout } = await run('git', ['ls-files', '-s', '--', '.ci/run'], { cwd: ROOT });
    expect(stdout).to.match(/^100755 /);
  });

  it('ends with the counts and the code of npm test', async () => {
    expect(await ci('echo "12 passed, 0 failed, 1 skipped"')).to.include({ code: 0, last: '12 passed, 0 failed, 1 skipped' });
    const failed = await ci('echo "12 passed, 2 failed, 1 skipped"; echo "npm error code 2" >&2; exit 2');
    expect(failed).to.include({ code: 2, last: '12 passed, 2 failed, 1 skipped' });
    expect(failed.output).to.include('npm error code 2');
  });

  it('counts a run that never came to its tests as a failure', async () => {
    expect(await ci('echo "api/app.ts: error"; exit 1')).to.include({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
    expect(await ci('exit 0')).to.include({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  });
});
