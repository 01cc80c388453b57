import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startFaultProxy, type FaultProxy } from '../../test/harness/fault-proxy.ts';
import { until } from '../../test/harness/until.ts';
import { callsHeader } from '../../test/imports/calls-sheet.ts';
import { withFile } from '../../test/imports/read-rows.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';

const program = fileURLToPath(new URL('./import.cli.ts', import.meta.url));
const ROWS = 20_000;
const csv = [callsHeader, ...Array.from({ length: ROWS }, (_, i) => [`END${i}`, 'Ada Agent', '2021-03-31', '12:00:00', 'Long', 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

/** Whatever ends the program, it says what became of the file, and its exit code does too. */
describe('npm run import that is broken off', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let app: TestApp;
  let proxy: FaultProxy;

  before(async () => {
    app = await startTestApp('import_cli_endings');
    await app.people.organisation();
    proxy = await startFaultProxy(Number(new URL(app.config.database.url).port));
  });
  after(async () => {
    await proxy.close();
    await app.close();
  });

  const latest = async () => (await app.query(sql<{ id: string; status: string; rows: number }>`
    select id, status, coalesce((progress ->> 'rows')::int, 0) as rows from imports order by created_at desc limit 1`))[0];
  const written = async () => (await app.query(sql<{ n: number }>`select count(*)::int as n from interactions`))[0]?.n;

  /** Runs it until `when` holds, does `harm` to it, and waits for its end. */
  async function broken(when: () => Promise<boolean>, harm: (child: ChildProcess) => void, ...more: string[]): Promise<{ code: number | null; errors: string }> {
    const { config } = app;
    const url = new URL(config.database.url);
    url.port = String(proxy.port);
    const env = { NODE_ENV: 'test', PATH: '', DATABASE_URL: url.href, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret ?? '' };
    return withFile(csv, 'calls.csv', async (path) => {
      const child = spawn(process.execPath, [program, path, '--kind', 'interactions', ...more], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      const [said, ended] = [text(child.stderr), once(child, 'exit') as Promise<[number | null]>];
      await until(when, 30_000);
      harm(child);
      return { code: (await ended)[0], errors: await said };
    });
  }

  const reading = async (): Promise<boolean> => {
    const found = await latest();
    return found?.status === 'parsing' && found.rows > 0;
  };

  it('by the person, cancels the import', async () => {
    const { code, errors } = await broken(reading, (child) => child.kill('SIGINT'));
    expect([code, errors]).to.deep.equal([130, 'Stopped by SIGINT. Nothing was written.\n']);
    expect(await latest()).to.include({ status: 'cancelled' });
    expect(await written()).to.equal(0);
  });

  it('by a database that goes away while it reads, says so', async () => {
    const before = await latest();
    const { code, errors } = await broken(async () => (await latest())?.id !== before?.id && (await reading()), () => proxy.cut(), '--source', 'cut');
    proxy.restore();
    expect([code, errors]).to.deep.equal([1, 'The database cannot be reached any more. Nothing was written.\n']);
    expect(await written()).to.equal(0);
  });

  it('by a database that goes away while it writes, says that all or nothing is written, and which it was can be seen', async () => {
    const writing = async () => (await app.query(sql`select 1 from pg_stat_activity where state = 'active' and query ilike '%insert into interactions%' and pid <> pg_backend_pid()`)).length > 0;
    const { code, errors } = await broken(writing, () => proxy.cut(), '--source', 'cut later');
    proxy.restore();
    const id = (await latest())?.id;
    expect([code, errors]).to.deep.equal([1, `The database cannot be reached any more. Its rows are written all or not at all; the worker brings import ${id} to its end.\n`]);
    // PostgreSQL notices only when the statement is through; then nothing of it is left.
    await until(async () => !(await writing()), 30_000);
    expect([(await latest())?.status, await written()]).to.deep.equal(['committing', 0]);
    await app.ctx.imports.commit(systemPrincipal('test'), id ?? '');
    expect(await written()).to.equal(ROWS);
    expect(await latest()).to.include({ status: 'committed' });
  });
});
