import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startFaultProxy, type FaultProxy } from '../../test/harness/fault-proxy.ts';
import { holdTable } from '../../test/harness/hold.ts';
import { QUICK_START } from '../../test/harness/programs.ts';
import { skip } from '../../test/harness/skip.ts';
import { until } from '../../test/harness/until.ts';
import { callsHeader } from '../../test/imports/calls-sheet.ts';
import { withFile } from '../../test/imports/read-rows.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';

const program = fileURLToPath(new URL('./import.cli.ts', import.meta.url));
const ROWS = 20_000;
const csv = (rows: number, topic = 'Long'): string =>
  [callsHeader, ...Array.from({ length: rows }, (_, i) => [`${topic}${i}`, 'Ada Agent', '2021-03-31', '12:00:00', topic, 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

/** A run of the program, and what it has said on standard error. */
interface Running {
  readonly child: ChildProcess;
  said(): string;
}

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
  async function broken(when: () => Promise<unknown>, harm: (running: Running) => unknown, file = csv(ROWS), ...more: string[]): Promise<{ code: number | null; errors: string }> {
    const { config } = app;
    const url = new URL(config.database.url);
    url.port = String(proxy.port);
    const env = { ...QUICK_START, NODE_ENV: 'test', PATH: '', DATABASE_URL: url.href, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret ?? '' };
    return withFile(file, 'calls.csv', async (path) => {
      const child = spawn(process.execPath, [program, path, '--kind', 'interactions', ...more], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
      const ended = once(child, 'close') as Promise<[number | null]>;
      await when();
      await harm({ child, said: () => errors });
      return { code: (await ended)[0], errors };
    });
  }
  const tried = (topic: string): ReturnType<typeof broken> => broken(() => Promise.resolve(), () => undefined, csv(100, topic));

  const reading = async (): Promise<void> => {
    const before = await latest();
    await until(async () => {
      const found = await latest();
      return found?.id !== before?.id && found?.status === 'parsing' && found.rows > 0;
    }, 30_000);
  };

  it('by the person, cancels the import', async () => {
    const { code, errors } = await broken(reading, ({ child }) => child.kill('SIGINT'));
    expect([code, errors]).to.deep.equal([130, 'Stopped by SIGINT. Nothing was written.\n']);
    expect(await latest()).to.include({ status: 'cancelled' });
    expect(await written()).to.equal(0);
  });

  it('by a database that goes away while it reads, says so', async () => {
    const { code, errors } = await broken(reading, () => proxy.cut(), csv(ROWS), '--source', 'cut');
    proxy.restore();
    expect([code, errors]).to.deep.equal([1, 'The database cannot be reached any more. Nothing was written.\n']);
    expect(await written()).to.equal(0);
  });

  it('by a database that goes away while it writes, says that all or nothing is written, and which it was can be seen', async () => {
    const writing = async () => (await app.query(sql`select 1 from pg_stat_activity where state = 'active' and query ilike '%insert into interactions%' and pid <> pg_backend_pid()`)).length > 0;
    const { code, errors } = await broken(() => until(writing, 30_000), () => proxy.cut(), csv(ROWS), '--source', 'cut later');
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

  it('by SIGTERM while it compares, breaks that off and cancels the import', async () => {
    const held = await holdTable(app, 'interactions', 'access exclusive');
    const { code, errors } = await broken(held.waitedFor, async ({ child }) => {
      child.kill('SIGTERM');
      // Through npm, or to all of a process group, it comes more than once.
      child.kill('SIGTERM');
      await until(async () => (await latest())?.status === 'cancelled');
      await held.free();
    }, csv(3, 'Compared'));
    expect([code, errors]).to.deep.equal([143, 'Stopped by SIGTERM. Nothing was written.\n']);
  });

  it('by a terminal that is closed while it writes, says that it is too late for that, and commits', async () => {
    const held = await holdTable(app, 'interactions');
    const before = await written();
    const { code, errors } = await broken(held.waitedFor, async ({ child, said }) => {
      child.kill('SIGHUP');
      await until(() => said() !== '');
      await held.free();
    }, csv(3, 'Closed'));
    expect([code, errors]).to.deep.equal([0, '\nThe import is committing; its rows are being written. Take it back when they are. Ask once more to end without waiting.\n']);
    expect([(await latest())?.status, await written()]).to.deep.equal(['committed', Number(before) + 3]);
  });

  it('by the person a second time while it writes, ends there and says what becomes of the rows', async () => {
    const held = await holdTable(app, 'interactions');
    const before = await written();
    const { code, errors } = await broken(held.waitedFor, ({ child }) => until(() => !child.kill('SIGINT')), csv(3, 'Twice'));
    await held.free();
    const id = (await latest())?.id ?? '';
    expect(code).to.equal(130);
    expect(errors).to.match(new RegExp(`\nEnded too early \\(SIGINT\\). Its rows are written all or not at all; the worker brings import ${id} to its end.\n$`));
    await app.ctx.imports.commit(systemPrincipal('test'), id);
    expect([(await latest())?.status, await written()]).to.deep.equal(['committed', Number(before) + 3]);
  });

  it('by a disk of the database that is full, says so', async () => {
    await app.query(sql`create function disk_full() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
    await app.query(sql`create trigger full_now before insert on import_rows for each statement execute function disk_full()`);
    const { code, errors } = await tried('Full');
    await app.query(sql`drop function disk_full cascade`);
    expect([code, errors]).to.deep.equal([1, 'There is no room left on the disk. Nothing was written; try again when there is.\n']);
  });

  it('by files that are gone when they are to be read, says so', async () => {
    const files = join(app.config.dataDir, 'files');
    await app.query(sql`create function wait() returns trigger language plpgsql as $$ begin lock table import_rows in row exclusive mode; return new; end $$`);
    await app.query(sql`create trigger wait before update on imports for each row when (new.status = 'parsing' and old.status = 'queued') execute function wait()`);
    const held = await holdTable(app, 'import_rows');
    const { code, errors } = await broken(held.waitedFor, async () => {
      await rm(files, { recursive: true });
      await held.free();
    }, csv(3, 'Gone'));
    await app.query(sql`drop function wait cascade`);
    expect([code, errors]).to.deep.equal([1, 'The stored file is not there any more. Upload it again. Nothing was written.\n']);
  });

  it('by a disk of the files that is full, says so', async function () {
    const files = join(app.config.dataDir, 'files');
    await mkdir(files, { recursive: true });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', files]).status !== 0) skip(this, 'only who administers a Linux machine may give out a disk as small as that (mount -t tmpfs)');
    const { code, errors } = await tried('No room');
    spawnSync('umount', [files]);
    expect([code, errors]).to.deep.equal([1, 'The disk is full. Nothing was written.\n']);
  });
});
