import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startFaultProxy, type FaultProxy } from '../../test/harness/fault-proxy.ts';
import { until } from '../../test/harness/until.ts';
import { sql } from '../db/db.ts';
import { EventTail } from './tail.ts';

/** How often it may try while the database is away for so long, in milliseconds. */
const AWAY_MS = 1800;
const TRIES = 4;

describe('The tail of the events', () => {
  let app: TestApp;
  let proxy: FaultProxy;

  before(async () => {
    app = await startTestApp('tail');
    proxy = await startFaultProxy(Number(new URL(app.config.database.directUrl).port));
  });
  after(async () => {
    await proxy.close();
    await app.close();
  });

  it('keeps one connection, however often the database goes away, and does not storm it meanwhile', async () => {
    const through = new URL(app.config.database.directUrl);
    through.host = `127.0.0.1:${proxy.port}`;
    const mine = async (): Promise<number> => {
      const [row] = await app.query(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where application_name = 'sideline-tail' and datname = current_database()`);
      return row?.n ?? 0;
    };
    const others = await mine();
    let tries = 0;
    const log = Object.assign(Object.create(app.ctx.log) as typeof app.ctx.log, { warn: () => { tries += 1; } });
    const tail = new EventTail({ directUrl: through.href, uow: app.ctx.uow, log });
    await tail.start();
    for (let time = 0; time < 3; time += 1) {
      tries = 0;
      proxy.cut();
      await sleep(AWAY_MS);
      expect(tries, `time ${time}`).to.be.within(1, TRIES);
      proxy.restore();
      await until(async () => (await mine()) === others + 1);
    }
    // Nothing more comes after it.
    await sleep(700);
    expect(await mine()).to.equal(others + 1);
    await tail.close();
    await until(async () => (await mine()) === others);
  });
});
