import { expect } from 'chai';
import pg from 'pg';
import type { ImportView } from '../../api/imports/import.presenter.ts';
import { until } from '../harness/until.ts';
import { callsHeader } from '../imports/calls-sheet.ts';
import { CrashRig } from './rig.ts';

const ROWS = 300;
const PATIENCE_MS = 30_000;

type Status = ImportView['status'];

/**
 * PostgreSQL is shut down and started again under an API and a worker that are left alone. Each import is held at a table it
 * needs, so that the restart hits it there every time; the lock goes down with the server.
 */
describe('A restart of PostgreSQL', function () {
  this.timeout(90_000);
  this.slow(60_000);
  let rig: CrashRig;

  before(async () => {
    rig = await CrashRig.start({ LOG_LEVEL: 'warn' });
    rig.startWorker();
  });
  after(() => rig.stop());

  const csv = (topic: string): string =>
    [callsHeader, ...Array.from({ length: ROWS }, (_, i) => [`${topic}${i}`, rig.agent.row.fullName, '2021-03-31', '12:00:00', topic, 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

  const ask = (method: string, path: string, body?: BodyInit): Promise<Response> =>
    fetch(`${rig.url}/api/imports${path}`, { method, headers: { Authorization: `Bearer ${rig.leader.token}`, ...(typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}) }, ...(body === undefined ? {} : { body }) });

  async function upload(topic: string): Promise<string> {
    const form = new FormData();
    form.set('kind', 'interactions');
    form.set('file', new Blob([csv(topic)]), 'calls.csv');
    return ((await (await ask('POST', '', form)).json()) as ImportView).id;
  }

  /** Undefined while the API has no database to ask; anything but 503 would be told to a person as an error. */
  async function view(id: string): Promise<ImportView | undefined> {
    const answer = await ask('GET', `/${id}`);
    if (answer.status === 200) return (await answer.json()) as ImportView;
    expect(answer.status).to.equal(503);
    return undefined;
  }
  const reaches = (id: string, status: Status): Promise<void> => until(async () => (await view(id))?.status === status, PATIENCE_MS);

  async function written(topic: string): Promise<number> {
    return (await rig.query<{ n: number }>(`select count(*)::int as n from interactions where topic = '${topic}'`))[0]?.n ?? -1;
  }

  /** Does `work`, and shuts PostgreSQL down where that waits for a table; starts it again once the API has noticed. */
  async function restartAt<T>(lock: string, waiting: 'sideline' | 'sideline-import', mode: 'fast' | 'immediate', work: () => Promise<T>): Promise<T> {
    const holder = new pg.Client({ connectionString: rig.databaseUrl });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query(`begin; lock table ${lock} mode`);
    const done = await work();
    await until(async () => {
      await holder.query('select pg_stat_clear_snapshot()');
      return (await holder.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = '${waiting}'`)).rowCount !== 0;
    }, PATIENCE_MS);
    await rig.shutPostgres(mode);
    await until(async () => (await ask('GET', '')).status === 503, PATIENCE_MS);
    await rig.startPostgres();
    return done;
  }

  it('loses no import that is read, compared or written: each ends whole, by the same API and worker, and says so', async () => {
    const pids = [...rig.pids];
    const id = await restartAt('import_rows in share', 'sideline-import', 'fast', () => upload('Read'));
    await reaches(id, 'staged');
    expect(await written('Read')).to.equal(0);

    const other = await restartAt('interactions in access exclusive', 'sideline-import', 'immediate', () => upload('Compared'));
    await reaches(other, 'staged');
    expect((await view(other))?.counts).to.deep.equal({ rows: ROWS, new: ROWS, changed: 0, unchanged: 0, rejected: 0 });

    // Its rows are written by then, and nothing of that committed.
    await restartAt('audit_log in share', 'sideline', 'immediate', () => ask('POST', `/${other}/commit`, '{}'));
    const [found] = await rig.query<{ status: Status; written: number }>(`
      select status, (select count(*)::int from interactions where topic = 'Compared') as written from imports where id = '${other}'`);
    expect(found).to.deep.be.oneOf([{ status: 'committing', written: 0 }, { status: 'committing', written: ROWS }, { status: 'committed', written: ROWS }]);
    await reaches(other, 'committed');
    expect(await written('Compared')).to.equal(ROWS);
    expect(rig.pids).to.deep.equal(pids);
    // One for each connection and job that was lost; not one for each time it was asked for in vain.
    expect(rig.workerLines).to.be.below(200);
  });
});
