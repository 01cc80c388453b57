import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { QUICK_START } from '../../test/harness/programs.ts';
import { until } from '../../test/harness/until.ts';
import { callsHeader } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { ImportedPeople } from '../agents/imported-people.service.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { buildImports } from './imports.room.ts';
import type { ImportsService } from './imports.service.ts';
import type { ImportView } from './import.presenter.ts';

const by = systemPrincipal('test');

/** So many calls as CSV. */
const csv = (rows: number, topic = 'Streaming'): string =>
  [callsHeader, ...Array.from({ length: rows }, (_, i) => [`ID${i}`, 'Ada Agent', '2021-03-31', '12:00:00', topic, 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

describe('imports that are interrupted', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_faults', {}, { workers: false });
    org = client.org;
  });
  after(() => client.close());

  const imports = () => client.app.ctx.imports;
  const uploaded = async (file: string): Promise<string> => ((await client.upload(org.manager, file, 'calls.csv').expect(202)).body as ImportView).id;
  const count = async (table: 'import_rows' | 'interactions', id: string): Promise<number> =>
    (await client.app.query(sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where import_id = ${id}`))[0]?.n ?? 0;

  it('leave nothing to see when the worker stops, and start again from the beginning', async () => {
    const id = await uploaded(csv(5000));
    const stop = new AbortController();
    stop.abort();
    const stopped = await imports().stage(by, id, 1, stop.signal).then(() => null, (error: unknown) => error);
    expect(stopped).to.be.instanceOf(Error);
    expect(await client.get(org.manager, id)).to.include({ status: 'parsing' });
    expect(await count('import_rows', id)).to.equal(0);
    await imports().stage(by, id, 1);
    expect(await client.get(org.manager, id)).to.deep.include({ status: 'staged', counts: { rows: 5000, new: 5000, changed: 0, unchanged: 0, rejected: 0 } });
  });

  it('end with the rows of one attempt when two run at once', async () => {
    const id = await uploaded(csv(6000, 'Twice'));
    await Promise.all([imports().stage(by, id, 1), imports().stage(by, id, 1)]);
    expect(await client.get(org.manager, id)).to.deep.include({ status: 'staged', counts: { rows: 6000, new: 6000, changed: 0, unchanged: 0, rejected: 0 } });
    expect(await count('import_rows', id)).to.equal(6000);
  });

  it('give way to a newer mapping while they read', async () => {
    const id = await uploaded(csv(6000, 'Overtaken'));
    const older = imports().stage(by, id, 1);
    await client.map(org.manager, id, { columns: { rating: null } }).expect(202);
    await older;
    expect(await count('import_rows', id)).to.equal(0);
    await imports().stage(by, id, 2);
    // A job of the first mapping that comes late finds nothing to do.
    await imports().stage(by, id, 1);
    const staged = await client.get(org.manager, id);
    expect(staged).to.include({ status: 'staged' });
    expect(staged.mapping?.columns).to.deep.include({ rating: null });
  });

  it('give way to being discarded while they read', async () => {
    const id = await uploaded(csv(6000, 'Discarded'));
    const reading = imports().stage(by, id, 1);
    await client.app.request(org.manager.token).delete(`/api/imports/${id}`).expect(204);
    await reading;
    expect(await client.get(org.manager, id)).to.include({ status: 'discarded' });
    expect(await count('import_rows', id)).to.equal(0);
  });

  /** The same room, in which figures cannot be worked out. */
  function withoutFigures(): ImportsService {
    const { config, log, clock, uow, files, teams, ephemeral, repositories, agents, importedPresence: presence } = client.app.ctx;
    const people = new ImportedPeople({ uow, agents: repositories.agents, service: agents });
    return buildImports({ config, log, clock, uow, files, teams, people, presence, ephemeral, recomputeStaleDays: () => Promise.reject(new Error('no figures today')) });
  }

  it('write their rows once when the figures fail to follow', async () => {
    const failing = withoutFigures();
    const id = await uploaded(csv(300, 'Figures'));
    await imports().stage(by, id, 1);
    await client.commit(org.manager, id).expect(202);
    await failing.commit(by, id).then(() => expect.fail('should have asked to be repeated'), () => undefined);
    expect(await client.get(org.manager, id)).to.include({ status: 'committing' });
    expect(await count('interactions', id)).to.equal(300);

    await imports().commit(by, id);
    const done = await client.get(org.manager, id);
    expect(done).to.deep.include({ status: 'committed', counts: { rows: 300, new: 300, changed: 0, unchanged: 0, rejected: 0 } });
    const [versions] = await client.app.query(sql`select min(version) as low, max(version) as high from interactions where import_id = ${id}`);
    expect(versions).to.deep.equal({ low: 1, high: 1 });
  });

  it('are done, and say what is missing, when the figures fail again and again', async () => {
    const failing = withoutFigures();
    const id = await uploaded(csv(20, 'No figures'));
    const stale = async () => (await client.app.query(sql<{ n: number }>`select count(*)::int as n from stale_days`))[0]?.n;
    const asksToBeRepeated = (work: Promise<void>): Promise<unknown> => work.then(() => expect.fail('should have asked to be repeated'), (error: unknown) => expect(String(error)).to.include('no figures today'));
    await imports().stage(by, id, 1);
    await client.commit(org.manager, id).expect(202);
    await asksToBeRepeated(failing.commit(by, id, 5));
    await failing.commit(by, id, 6);
    const done = await client.get(org.manager, id);
    expect(done).to.include({ status: 'committed' });
    expect(done.notice?.code).to.equal('figures_behind');
    expect(await count('interactions', id)).to.equal(20);
    expect(await stale(), 'days that wait').to.be.greaterThan(0);
    await client.app.ctx.recomputation.recomputeStaleDays();
    expect(await stale()).to.equal(0);

    await client.rollBack(org.manager, id).expect(202);
    await asksToBeRepeated(failing.undo(by, id, 5));
    await failing.undo(by, id, 6);
    const back = await client.get(org.manager, id);
    expect(back).to.include({ status: 'rolled_back' });
    expect(back.notice?.code).to.equal('figures_behind');
    expect(await count('interactions', id)).to.equal(0);
  });

  it('write nothing when the commit fails, and say so', async () => {
    const id = await uploaded(csv(200, 'Refused by the database'));
    await imports().stage(by, id, 1);
    await client.app.query(sql`update import_rows set data = data || '{"rating": 11}', changes = changes || '{"rating": {"old": 4, "new": 11}}' where import_id = ${id} and ordinal = 150`);
    await client.commit(org.manager, id).expect(202);
    await imports().commit(by, id);
    const failed = await client.get(org.manager, id);
    expect(failed).to.include({ status: 'failed' });
    expect(failed.error?.code).to.equal('internal_error');
    expect(await count('interactions', id)).to.equal(0);
    // Reading the file again is the way back.
    await client.map(org.manager, id, {}).expect(202);
    await imports().stage(by, id, 2);
    expect(await client.get(org.manager, id)).to.include({ status: 'staged', error: null });
  });

  it('are given a new job when theirs was lost', async () => {
    const id = await uploaded(csv(10, 'Lost'));
    await client.app.query(sql`update imports set updated_at = now() - interval '11 minutes' where id = ${id}`);
    expect(await imports().tidy(by)).to.equal(1);
    const [events] = await client.app.query(sql`select count(*)::int as n from outbox where type = 'import:queued' and aggregate_id = ${id}`);
    expect(events).to.deep.equal({ n: 2 });
  });
});

describe('imports whose worker is killed', function () {
  this.timeout(90_000);
  let client: ImportClient;
  const running = new Set<ChildProcess>();

  before(async () => {
    client = await ImportClient.start('imports_killed', {}, { workers: false });
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await client.close();
  });

  function startWorker(): ChildProcess {
    const { config } = client.app;
    const secret = config.auth.secrets[0]?.secret ?? '';
    const env = { ...QUICK_START, NODE_ENV: 'test', PATH: '', LOG_LEVEL: 'fatal', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: secret };
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../workers/main.ts', import.meta.url))], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    running.add(child);
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
    running.delete(child);
  }

  it('are read and committed whole by the next one', async () => {
    const { manager } = client.org;
    const rows = 20_000;
    const { id } = (await client.upload(manager, csv(rows, 'Killed'), 'calls.csv').expect(202)).body as ImportView;
    const stored = async (): Promise<number> => (await client.app.query(sql<{ n: number }>`select count(*)::int as n from interactions where import_id = ${id}`))[0]?.n ?? 0;

    const first = startWorker();
    await until(async () => (await client.get(manager, id)).progress.rows > 0, 30_000);
    await kill(first);
    expect(await client.get(manager, id)).to.include({ status: 'parsing' });

    const second = startWorker();
    await until(async () => (await client.get(manager, id)).status === 'staged', 60_000);
    expect((await client.get(manager, id)).counts).to.deep.equal({ rows, new: rows, changed: 0, unchanged: 0, rejected: 0 });
    await client.commit(manager, id).expect(202);
    await until(async () => (await client.app.query(sql`select 1 from pg_stat_activity where state = 'active' and query ilike '%insert into interactions%' and pid <> pg_backend_pid()`)).length > 0, 30_000);
    await kill(second);
    expect([0, rows]).to.include(await stored());

    startWorker();
    await until(async () => (await client.get(manager, id)).status === 'committed', 60_000);
    expect(await stored()).to.equal(rows);
    expect((await client.get(manager, id)).counts).to.deep.equal({ rows, new: rows, changed: 0, unchanged: 0, rejected: 0 });
  });
});
