import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions } from '../../test/harness/interactions.ts';
import { until } from '../../test/harness/until.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';

const BY = systemPrincipal('test');

describe('aggregation beside a long import', () => {
  let app: TestApp;
  let free: number;
  let held: number;

  before(async () => {
    app = await startTestApp('turns');
    [free, held] = [(await app.people.create('cs')).id, (await app.people.create('cs')).id];
  });
  after(() => app.close());

  const today = (): string => app.ctx.clock.now().toISOString().slice(0, 10);
  const isWaiting = async (): Promise<boolean> => (await app.query(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0;

  it('waits for the days that are being written, and keeps nobody from others meanwhile', async () => {
    for (const agentId of [free, held]) await app.ctx.uow.write(BY, (tx) => insertInteractions(tx, [{ agentId, startedAt: `${today()}T00:00:00.000Z` }]));
    const [marked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const importing = app.ctx.uow.write(BY, async (tx) => {
      await app.ctx.recomputation.markStale(tx, [{ agentId: held, date: today() }]);
      marked.resolve();
      await done.promise;
    });
    await Promise.race([marked.promise, importing]);
    const aggregated = app.ctx.recomputation.aggregateLastDays();
    await until(isWaiting, 20_000);
    // By now it has marked the other day, and would hold it for as long as the import writes.
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`set local lock_timeout = '10s'`);
      await app.ctx.recomputation.markStale(tx, [{ agentId: free, date: today() }]);
    });
    done.resolve();
    await Promise.all([importing, aggregated]);
    const days = await app.query(sql<{ id: number }>`select agent_id as id from agent_performance_metrics where date = ${today()} and origin = 'computed' order by 1`);
    expect(days.map(({ id }) => id)).to.deep.equal([free, held]);
  });

  it('leaves the mark of somebody whose figures are being written, and refreshes the others', async () => {
    await app.query(sql`insert into stale_figures (agent_id) values (${free}), (${held}) on conflict do nothing`);
    const [marked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const importing = app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`update stale_figures set marked_at = now() where agent_id = ${held}`);
      marked.resolve();
      await done.promise;
    });
    await Promise.race([marked.promise, importing]);
    await app.ctx.recomputation.refreshFigures([free, held]);
    expect(await app.query(sql`select agent_id as id from stale_figures`)).to.deep.equal([{ id: held }]);
    done.resolve();
    await importing;
  });
});
