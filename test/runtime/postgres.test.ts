import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { settleDataFolder } from '../../deploy/postgres-process.ts';
import { EmbeddedPostgresServer } from '../../deploy/postgres.ts';
import { processIdentity } from '../../deploy/process-lock.mjs';
import { skip } from '../harness/skip.ts';

const MODULE = new URL('../../deploy/postgres.ts', import.meta.url).href;

/** Starts a server, says where it is, and stays. */
const OWNER = `
  import { EmbeddedPostgresServer } from ${JSON.stringify(MODULE)};
  const [dataDir, dieWithParent] = process.argv.slice(1);
  const server = new EmbeddedPostgresServer({ dataDir, dieWithParent: dieWithParent === 'true' });
  console.log(JSON.stringify({ url: await server.start(), pid: server.pid }));
  setInterval(() => {}, 1000);
`;

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  // The server is killed under it in some of these tests.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await condition()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`timed out waiting until ${what}`);
  }
}

/** The error that the promise ends with; fails when it does not. */
async function failure(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  const outcome = await promise.then(() => undefined, (error: Error) => error);
  if (!outcome) throw new Error('expected it to fail');
  return outcome;
}

const isGone = (pid: number): boolean => processIdentity(pid) === undefined;

describe('The embedded PostgreSQL', function () {
  this.timeout(60_000);
  this.slow(1_000);
  let dataDir: string;
  let server: EmbeddedPostgresServer;
  let said: string[];

  /** A server on the same folder, as a later start of the application would make it. */
  function newServer(): EmbeddedPostgresServer {
    return new EmbeddedPostgresServer({ dataDir, log: (sentence) => said.push(sentence) });
  }

  /** Starts it in a process of its own, which the test may then kill. */
  async function startElsewhere(dieWithParent: boolean): Promise<{ owner: ChildProcess; url: string; pid: number }> {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, dataDir, String(dieWithParent)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => owner.stdout.once('data', (data) => resolve(String(data))));
    return { owner, ...JSON.parse(line) };
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  beforeEach(async () => {
    said = [];
    dataDir = await mkdtemp(join(tmpdir(), 'sideline-test-embedded-'));
    server = newServer();
  });

  afterEach(async () => {
    await server.stop();
    await settleDataFolder(join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('makes a database in UTF-8 whose owner is no superuser, with passwords only we can read', async () => {
    const url = await server.start();
    const [row] = await query(url, `
      select current_database() as database, usesuper, pg_encoding_to_char(encoding) as encoding, lower('ÅÉ') as lower,
             current_setting('fsync') as fsync, current_setting('data_checksums') as checksums
      from pg_user, pg_database where usename = current_user and datname = current_database()`);
    expect(row).to.deep.equal({ database: 'sideline', usesuper: false, encoding: 'UTF8', lower: 'åé', fsync: 'on', checksums: 'on' });
    for (const file of ['postgres.json', 'postgres.log']) expect((await stat(join(dataDir, file))).mode & 0o777).to.equal(0o600);
    const wrong = new URL(url);
    wrong.password = 'guessed';
    expect(await failure(query(wrong.href, 'select 1'))).to.include({ code: '28P01' });
    const [methods] = await query(server.superuserUrl, `select array_agg(distinct auth_method) as methods from pg_hba_file_rules`);
    expect(methods).to.deep.equal({ methods: ['scram-sha-256'] });
  });

  it('listens on the loopback address alone, and leaves no process when stopped', async () => {
    await server.start();
    const [row] = await query(server.superuserUrl, `select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as sockets`);
    expect(row).to.deep.equal({ tcp: '127.0.0.1', sockets: '' });
    const { pid } = server;
    await server.stop();
    expect(pid && isGone(pid)).to.equal(true);
    expect(await readdir(join(dataDir, 'postgres'))).to.not.include('postmaster.pid');
  });

  it('comes back with its data at the same address', async () => {
    const url = await server.start();
    await query(url, 'create table kept (n int); insert into kept values (1), (2)');
    await server.stop();
    server = newServer();
    expect(await server.start()).to.equal(url);
    expect(await query(url, 'select count(*)::int as n from kept')).to.deep.equal([{ n: 2 }]);
    expect(said).to.deep.equal(['Creating the PostgreSQL data folder.']);
  });

  it('moves to another port when somebody took its own', async () => {
    const url = await server.start();
    await query(url, 'create table kept (n int)');
    await server.stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    server = newServer();
    const moved = await server.start();
    await new Promise((resolve) => squatter.close(resolve));
    expect(new URL(moved).port).to.not.equal(new URL(url).port);
    expect(await query(moved, 'select * from kept')).to.deep.equal([]);
  });

  it('has every acknowledged row after kill -9 of PostgreSQL under writes', async () => {
    const url = await server.start();
    await query(url, 'create table written (n int primary key)');
    const acknowledged: number[] = [];
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const writing = (async () => {
      for (let n = 0; ; n += 1) {
        await client.query('insert into written values ($1)', [n]);
        acknowledged.push(n);
      }
    })().catch(() => undefined);
    await until(() => acknowledged.length >= 200, 'some rows are written');
    const unexpected = new Promise<void>((resolve) => server.onUnexpectedExit(resolve));
    process.kill(server.pid ?? 0, 'SIGKILL');
    await unexpected;
    await writing;
    await server.start();
    const rows = await query<{ n: number }>(server.url, 'select n from written order by n');
    expect(rows.map(({ n }) => n).slice(0, acknowledged.length)).to.deep.equal(acknowledged);
    expect(rows.length - acknowledged.length, 'rows beyond the one in flight').to.be.within(0, 1);
    expect(server.url).to.equal(url);
    expect(said.at(-1)).to.match(/not shut down properly/);
  });

  it('starts at once although a killed server has left a busy backend', async () => {
    const url = await server.start();
    const busy = query(url, 'select count(*) from generate_series(1, 4000000000::bigint)').catch(() => undefined);
    await until(async () => (await query(url, `select 1 from pg_stat_activity where query like 'select count(*) from generate%'`)).length > 0, 'the query runs');
    process.kill(server.pid ?? 0, 'SIGKILL');
    server = newServer();
    await server.start();
    await busy;
    expect(await query(server.url, 'select 1 as n')).to.deep.equal([{ n: 1 }]);
  });

  it('finds the server that outlived its killed owner, and goes on with its data', async () => {
    const { owner, url, pid } = await startElsewhere(false);
    await query(url, 'create table kept (n int); insert into kept values (7)');
    await kill(owner);
    await sleep(200);
    expect(isGone(pid), 'the orphan still runs').to.equal(false);
    expect(await server.start()).to.equal(url);
    expect(said.join()).to.include(`still running from an earlier start (process ${pid})`);
    expect(isGone(pid)).to.equal(true);
    expect(server.pid).to.not.equal(pid);
    expect(await query(url, 'select n from kept')).to.deep.equal([{ n: 7 }]);
  });

  it('ends with its owner on Linux, even when that is killed', async function () {
    if (process.platform !== 'linux') skip(this, 'only Linux ends a child with whoever started it');
    const { owner, url, pid } = await startElsewhere(true);
    await query(url, 'create table kept (n int); insert into kept values (7)');
    await kill(owner);
    await until(() => isGone(pid), 'PostgreSQL has ended');
    await server.start();
    expect(said.join()).to.not.include('properly');
    expect(await query(server.url, 'select n from kept')).to.deep.equal([{ n: 7 }]);
  });

  it('is not fooled by a stale pid file whose number another process has now', async () => {
    await server.start();
    await server.stop();
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${join(dataDir, 'postgres')}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`);
    server = newServer();
    await server.start();
    expect(await query(server.url, 'select 1 as n')).to.deep.equal([{ n: 1 }]);
    await server.stop();
    await writeFile(pidFile, '');
    server = newServer();
    await server.start();
    expect(Number((await readFile(pidFile, 'utf8')).split('\n')[0])).to.equal(server.pid);
  });

  it('begins anew when it was killed while creating its data folder', async () => {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, dataDir, 'true'], { stdio: 'ignore' });
    await until(async () => (await readdir(dataDir)).some((name) => name.startsWith('postgres.initialising-')), 'initdb runs');
    await kill(owner);
    expect(await readdir(dataDir)).to.not.include('postgres');
    await server.start();
    expect(await query(server.url, 'select 1 as n')).to.deep.equal([{ n: 1 }]);
    expect((await readdir(dataDir)).sort()).to.deep.equal(['postgres', 'postgres.json', 'postgres.log']);
  });

  it('keeps the data when the file with the passwords was lost', async () => {
    const url = await server.start();
    await query(url, 'create table kept (n int); insert into kept values (7)');
    await server.stop();
    await rm(join(dataDir, 'postgres.json'));
    server = newServer();
    await server.start();
    expect(server.url).to.not.equal(url);
    expect(await query(server.url, 'select n from kept')).to.deep.equal([{ n: 7 }]);
  });

  it('refuses data of another version and folders that are not its own, and touches neither', async () => {
    const folder = join(dataDir, 'postgres');
    await mkdir(folder);
    await writeFile(join(folder, 'holiday.jpg'), 'x');
    expect((await failure(server.start())).message).to.include('holds no PostgreSQL data');
    await writeFile(join(folder, 'PG_VERSION'), '17\n');
    expect((await failure(server.start())).message).to.include('written by PostgreSQL 17');
    expect(await readdir(folder)).to.have.members(['holiday.jpg', 'PG_VERSION']);
  });

  it('passes on what PostgreSQL says when it cannot start', async () => {
    await server.start();
    await server.stop();
    await writeFile(join(dataDir, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    server = newServer();
    expect((await failure(server.start())).message).to.include('no_such_setting');
  });

  it('comes with the extensions that the schema needs', async () => {
    await server.start();
    await query(server.url, 'create extension pg_trgm; create extension unaccent; create extension btree_gist');
  });
});
