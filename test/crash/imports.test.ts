import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import pg from 'pg';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { ImportView } from '../../api/imports/import.presenter.ts';
import { parseImportProcessor } from '../../workers/imports/parse-import.processor.ts';
import { QUICK_START } from '../harness/programs.ts';
import { skip } from '../harness/skip.ts';
import { until } from '../harness/until.ts';
import { callsHeader } from '../imports/calls-sheet.ts';
import { ImportClient } from '../imports/import-client.ts';
import type { Step } from './import-step.ts';

const by = systemPrincipal('test');
const program = fileURLToPath(new URL('./import-step.ts', import.meta.url));
const ROWS = 300;
const csv = (topic: string): string =>
  [callsHeader, ...Array.from({ length: ROWS }, (_, i) => [`${topic}${i}`, 'Ada Agent', '2021-03-31', '12:00:00', topic, 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');
const counts = { rows: ROWS, new: ROWS, changed: 0, unchanged: 0, rejected: 0 };

/** What holds a step up for whoever has it: a table it writes to or reads, a row of the preview in the middle of the file. */
const writing = (table: string) => () => `lock table ${table} in share mode`;
const reading = (table: string) => () => `lock table ${table} in access exclusive mode`;
const middle = (id: string): string => `insert into import_rows (import_id, ordinal, row_number, action) values ('${id}', ${ROWS / 2}, 1, 'new')`;

/**
 * An import is written whole or not at all, and says which. Each step is held at something it needs, so that what is
 * killed there is killed there every time.
 */
describe('imports that something happens to', function () {
  this.timeout(30_000);
  this.slow(5000);
  let client: ImportClient;
  let manager: ImportClient['org']['manager'];

  before(async () => {
    client = await ImportClient.start('crash_imports', {}, { workers: false });
    ({ manager } = client.org);
  });
  after(() => client.close());

  const imports = () => client.app.ctx.imports;
  const uploaded = async (topic: string): Promise<string> => ((await client.upload(manager, csv(topic), 'calls.csv').expect(202)).body as ImportView).id;
  const staged = async (topic: string): Promise<string> => {
    const id = await uploaded(topic);
    await imports().stage(by, id, 1);
    return id;
  };
  const agreed = async (topic: string): Promise<string> => {
    const id = await staged(topic);
    await client.commit(manager, id).expect(202);
    return id;
  };
  const asked = async (topic: string): Promise<string> => {
    const id = await agreed(topic);
    await imports().commit(by, id);
    await client.rollBack(manager, id).expect(202);
    return id;
  };
  /** What there is of it: its state, interactions it wrote, and how many of these the daily figures know. */
  async function now(id: string, topic: string): Promise<{ status: string; written: number; preview: number }> {
    const [row] = await client.app.query(sql<{ written: number; preview: number }>`
      select (select count(*)::int from interactions where topic = ${topic}) as written, (select count(*)::int from import_rows where import_id = ${id}) as preview`);
    return { status: (await client.get(manager, id)).status, written: row?.written ?? -1, preview: row?.preview ?? -1 };
  }

  /** Holds what a step needs, until `work` is through; `work` gets to know whose connection waits for it. */
  async function holding(lock: string, work: (waiting: () => Promise<number>) => Promise<void>): Promise<void> {
    const holder = new pg.Client({ connectionString: client.app.database.url });
    await holder.connect();
    try {
      await holder.query(`begin; ${lock}`);
      await work(async () => {
        const found = async () => (await client.app.query(sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))[0]?.pid;
        await until(async () => (await found()) !== undefined, 20_000);
        return (await found()) ?? 0;
      });
    } finally {
      await holder.end();
    }
  }

  /** Does a step in a process of its own, and kills it where it is held up. */
  async function killed(step: Step, id: string, lock: string): Promise<void> {
    const { config } = client.app;
    const env = { ...QUICK_START, NODE_ENV: 'test', PATH: '', LOG_LEVEL: 'fatal', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret ?? '' };
    let pid = 0;
    await holding(lock, async (waiting) => {
      const child = spawn(process.execPath, [program, step, id], { env, stdio: ['ignore', 'ignore', 'inherit'] });
      pid = await waiting();
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
    // PostgreSQL gives a transaction up only when it next has something to say to a client that is gone.
    await until(async () => (await client.app.query(sql`select 1 from pg_stat_activity where pid = ${pid}`)).length === 0);
  }

  const kills: readonly [what: string, step: Step, prepare: (topic: string) => Promise<string>, lock: (id: string) => string, after: object, end: object][] = [
    ['while it is read', 'stage', uploaded, middle, { status: 'parsing', written: 0, preview: 0 }, { status: 'staged', written: 0, preview: ROWS }],
    ['while it is compared', 'stage', uploaded, reading('interactions'), { status: 'parsing', written: 0, preview: 0 }, { status: 'staged', written: 0, preview: ROWS }],
    ['before its rows are written', 'commit', agreed, writing('interactions'), { status: 'committing', written: 0, preview: ROWS }, { status: 'committed', written: ROWS, preview: ROWS }],
    ['with its rows written and not committed', 'commit', agreed, writing('audit_log'), { status: 'committing', written: 0, preview: ROWS }, { status: 'committed', written: ROWS, preview: ROWS }],
    ['before the figures follow', 'commit', agreed, writing('agent_performance_metrics'), { status: 'committing', written: ROWS, preview: ROWS }, { status: 'committed', written: ROWS, preview: ROWS }],
    ['with its rows removed and that not committed', 'undo', asked, writing('audit_log'), { status: 'rolling_back', written: ROWS, preview: ROWS }, { status: 'rolled_back', written: 0, preview: ROWS }],
    ['with its rows removed, before the figures follow', 'undo', asked, writing('agent_performance_metrics'), { status: 'rolling_back', written: 0, preview: ROWS }, { status: 'rolled_back', written: 0, preview: ROWS }],
  ];
  kills.forEach(([what, step, prepare, lock, after, end], n) => {
    it(`are whole or not there when a worker is killed ${what}, and the next one ends it`, async () => {
      const topic = `Killed ${n}`;
      const id = await prepare(topic);
      await killed(step, id, lock(id));
      expect(await now(id, topic)).to.deep.equal(after);
      await (step === 'stage' ? imports().stage(by, id, 1) : imports()[step](by, id));
      expect(await now(id, topic)).to.deep.equal(end);
      expect((await client.get(manager, id)).counts).to.deep.equal(counts);
      const [figures] = await client.app.query(sql<{ days: number; stale: number }>`
        select coalesce(sum(interactions), 0)::int as days, (select count(*)::int from stale_days) as stale from agent_performance_metrics where origin = 'computed'`);
      const [interactions] = await client.app.query(sql<{ n: number }>`select count(*)::int as n from interactions`);
      expect(figures).to.deep.equal({ days: interactions?.n, stale: 0 });
    });
  });

  const full = async (table: string, work: () => Promise<void>): Promise<void> => {
    await client.app.query(sql`create function disk_full() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
    await client.app.query(sql`create trigger full_now before insert or delete on ${sql.table(table)} for each statement execute function disk_full()`);
    try {
      await work();
    } finally {
      await client.app.query(sql`drop function disk_full cascade`);
    }
  };

  it('say that the disk of the database is full, and go on when there is room', async () => {
    const id = await uploaded('Full');
    await full('import_rows', () => imports().stage(by, id, 1));
    expect((await client.get(manager, id)).error?.code).to.equal('storage_full');
    expect(await now(id, 'Full')).to.deep.equal({ status: 'failed', written: 0, preview: 0 });
    await client.map(manager, id, {}).expect(202);
    await imports().stage(by, id, 2);
    await client.commit(manager, id).expect(202);
    await full('interactions', () => imports().commit(by, id));
    expect((await client.get(manager, id)).error).to.deep.equal({ code: 'storage_full', message: 'There is no room left on the disk. Nothing was written; try again when there is.' });
    expect(await now(id, 'Full')).to.deep.equal({ status: 'failed', written: 0, preview: ROWS });
    await client.map(manager, id, {}).expect(202);
    await imports().stage(by, id, 3);
    await client.commit(manager, id).expect(202);
    await imports().commit(by, id);
    await client.rollBack(manager, id).expect(202);
    await full('interactions', () => imports().undo(by, id));
    expect((await client.get(manager, id)).notice?.code).to.equal('storage_full');
    expect(await now(id, 'Full')).to.deep.equal({ status: 'committed', written: ROWS, preview: ROWS });
  });

  it('are not taken in when the disk for the files is full, and nothing of them is left', async function () {
    const files = join(client.app.config.dataDir, 'files');
    await mkdir(files, { recursive: true });
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', files]).status === 0;
    if (!mounted) skip(this, 'only who administers a Linux machine may give out a disk as small as that (mount -t tmpfs)');
    try {
      const refused = await client.upload(manager, csv('No room'), 'calls.csv').expect(503);
      expect(refused.headers).to.have.property('retry-after', '60');
      expect(refused.body).to.include({ code: 'unavailable', detail: 'There is no room left on the disk.' });
      expect(await readdir(join(files, 'incoming'))).to.deep.equal([]);
    } finally {
      spawnSync('umount', [files]);
    }
  });

  it('are given up when their file has ended its reader three times', async () => {
    const id = await uploaded('Deadly');
    const read = (of: string, deaths: number) =>
      parseImportProcessor.run(client.app.ctx, { id: 'job', payload: { eventId: '1', type: 'import:queued', payload: { id: of, generation: 1 } }, signal: new AbortController().signal, deaths, attempt: 1 });
    // As the workers that ended left it.
    await client.app.query(sql`update imports set status = 'parsing' where id = ${id}`);
    await read(id, 3);
    expect((await client.get(manager, id)).error).to.include({ code: 'unreadable_file' });
    expect(await now(id, 'Deadly')).to.deep.equal({ status: 'failed', written: 0, preview: 0 });
    const twice = await uploaded('Twice');
    await read(twice, 2);
    expect(await now(twice, 'Twice')).to.include({ status: 'staged', preview: ROWS });
  });

  it('say that the folder of the files is gone, and take new ones in again', async () => {
    const id = await uploaded('Gone');
    await rm(join(client.app.config.dataDir, 'files'), { recursive: true });
    await imports().stage(by, id, 1);
    expect((await client.get(manager, id)).error).to.deep.equal({ code: 'file_gone', message: 'The stored file is not there any more. Upload it again.' });
    expect(await now(id, 'Gone')).to.deep.equal({ status: 'failed', written: 0, preview: 0 });
    expect(await now(await staged('Gone'), 'Gone')).to.include({ status: 'staged', preview: ROWS });
  });

  it('are done again when the database restarts meanwhile, and written once', async () => {
    const interrupted = async (lock: string, work: () => Promise<void>): Promise<void> => {
      let outcome: Promise<string> | undefined;
      await holding(lock, async (waiting) => {
        outcome = work().then(() => 'done', () => 'to be repeated');
        // What PostgreSQL does to every connection when it is shut down.
        await client.app.query(sql`select pg_terminate_backend(${await waiting()})`);
      });
      expect(await outcome).to.equal('to be repeated');
    };
    const id = await uploaded('Restarted');
    await interrupted(middle(id), () => imports().stage(by, id, 1));
    await interrupted(reading('interactions')(), () => imports().stage(by, id, 1));
    expect(await now(id, 'Restarted')).to.deep.equal({ status: 'parsing', written: 0, preview: 0 });
    await imports().stage(by, id, 1);
    await client.commit(manager, id).expect(202);
    await interrupted(writing('audit_log')(), () => imports().commit(by, id));
    expect(await now(id, 'Restarted')).to.deep.equal({ status: 'committing', written: 0, preview: ROWS });
    await imports().commit(by, id);
    expect(await now(id, 'Restarted')).to.deep.equal({ status: 'committed', written: ROWS, preview: ROWS });
  });
});
