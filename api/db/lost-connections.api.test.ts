import { expect } from 'chai';
import { startFaultProxy } from '../../test/harness/fault-proxy.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { createDatabaseFromTemplate } from '../../test/harness/postgres.ts';
import { until } from '../../test/harness/until.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from './db.ts';
import { createOrm } from './orm.ts';
import { UnitOfWork } from './unit-of-work.ts';

const BY = systemPrincipal('test');
const POOL = 2;

describe('A pool of connections', () => {
  let app: TestApp;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;

  before(async () => {
    const database = await createDatabaseFromTemplate('lost_connections');
    const url = new URL(database.url);
    proxy = await startFaultProxy(Number(url.port));
    url.port = String(proxy.port);
    app = await startTestApp('lost_connections', { DATABASE_URL: url.href, DATABASE_POOL_SIZE: String(POOL) }, {}, database);
  });
  after(async () => {
    await app.close();
    await proxy.close();
  });

  const one = () => app.ctx.uow.read((db) => db.first(sql<{ one: number }>`select 1 as one`));

  it('is whole again, however many transactions have lost theirs', async () => {
    for (let n = 0; n <= POOL; n++) {
      const lost = app.ctx.uow.write(BY, async (tx) => {
        await tx.run(sql`select 1`);
        proxy.cut();
        await tx.run(sql`select 2`);
      });
      expect(await lost.then(() => 'committed', () => 'lost')).to.equal('lost');
      proxy.restore();
      // One that lay idle may be found dead by whoever takes it.
      await until(() => one().then(() => true, () => false));
    }
  });

  it('is whole again where nobody was asking anything in a transaction that lost its own', async () => {
    for (let n = 0; n <= POOL; n++) {
      const lost = app.ctx.uow.write(BY, async (tx) => {
        const [{ pid } = { pid: 0 }] = await tx.rows(sql<{ pid: number }>`select pg_backend_pid() as pid`);
        await app.query(sql`select pg_terminate_backend(${pid})`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await tx.run(sql`select 2`);
      });
      expect(await lost.then(() => 'committed', () => 'lost')).to.equal('lost');
      expect(await one()).to.deep.equal({ one: 1 });
    }
  });

  it('closes while connections are being opened, whatever becomes of them', async () => {
    const orm = await createOrm(app.config.database, app.ctx.log);
    const uow = new UnitOfWork(() => orm.em.fork(), app.ctx.clock);
    const asked = Array.from({ length: POOL }, () => uow.read((db) => db.first(sql`select 1`)).then(() => 'read', () => 'closed'));
    // Begun, and not open before something comes back over the network.
    await new Promise((resolve) => setImmediate(resolve));
    await orm.close();
    expect(await Promise.all(asked)).to.deep.equal(Array<string>(POOL).fill('closed'));
  });
});
