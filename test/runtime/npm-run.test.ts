import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from '../../api/db/db.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { QUICK_START } from '../harness/programs.ts';
import { until } from '../harness/until.ts';
import { callsHeader } from '../imports/calls-sheet.ts';
import { withFile } from '../imports/read-rows.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const csv = [callsHeader, ...Array.from({ length: 20_000 }, (_, i) => [`NPM${i}`, 'Ada Agent', '2021-03-31', '12:00:00', 'Long', 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

/** A signal reaches npm alone, npm and all it started (`timeout`, a terminal that is closed, systemd), or nobody who could pass it on. */
describe('A program that npm runs', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let app: TestApp;

  before(async () => {
    app = await startTestApp('npm_run');
    await app.people.organisation();
  });
  after(() => app.close());

  const latest = async () => (await app.query(sql<{ id: string; status: string; rows: number }>`
    select id, status, coalesce((progress ->> 'rows')::int, 0) as rows from imports order by created_at desc limit 1`))[0];

  /** Starts an import through npm, in a process group of its own, does `harm` while it reads, and waits until everybody who could write has gone. */
  async function broken(harm: (npm: ChildProcess & { pid: number }) => void): Promise<{ code: number | null; signal: string | null; errors: string; status: string | undefined }> {
    const { config } = app;
    const env = { ...QUICK_START, PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'test', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret };
    const before = await latest();
    return withFile(csv, 'calls.csv', async (path) => {
      const npm = spawn('npm', ['run', 'import', '--ignore-scripts', '--silent', '--', path, '--kind', 'interactions'], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
      // Closed when the last one who holds it has ended, npm or not.
      const [said, ended] = [text(npm.stderr), once(npm, 'exit') as Promise<[number | null, string | null]>];
      await until(async () => {
        const found = await latest();
        return found?.id !== before?.id && found?.status === 'parsing' && found.rows > 0;
      }, 30_000);
      harm(npm as ChildProcess & { pid: number });
      const [code, signal] = await ended;
      return { code, signal, errors: await said, status: (await latest())?.status };
    });
  }

  it('ends with it, and says what became of the file', async () => {
    expect(await broken((npm) => npm.kill('SIGTERM'))).to.deep.equal({ code: 143, signal: null, errors: 'Stopped by SIGTERM. Nothing was written.\n', status: 'cancelled' });
  });

  it('is asked once where the signal reaches everybody', async () => {
    expect(await broken(({ pid }) => process.kill(-pid, 'SIGTERM'))).to.include({ errors: 'Stopped by SIGTERM. Nothing was written.\n', status: 'cancelled' });
  });

  it('ends when npm is killed by force', async () => {
    expect(await broken((npm) => npm.kill('SIGKILL'))).to.include({ signal: 'SIGKILL', errors: 'Stopped by SIGTERM. Nothing was written.\n', status: 'cancelled' });
  });

  it('is not orphaned by any script', async () => {
    const { default: { scripts } } = (await import('../../package.json', { with: { type: 'json' } })) as { default: { scripts: Record<string, string> } };
    const programs = Object.values(scripts).filter((script) => /deploy\/(start|with-database)\.ts/.test(script));
    expect(programs).to.have.length.above(6).and.to.satisfy((found: string[]) => found.every((script) => script.startsWith('exec node ')));
  });
});
