import { expect } from 'chai';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, insertPresence } from '../../test/harness/interactions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { until } from '../../test/harness/until.ts';
import { waiters } from '../../test/harness/waiters.ts';

const ZONE = 'America/New_York';
const BY = systemPrincipal('test');

describe('the business night', () => {
  let app: TestApp;
  let admin: TestPerson;
  let ada: number;
  let now = new Date('2026-03-02T17:00:00Z');

  before(async () => {
    app = await startTestApp('nights', { BUSINESS_TIMEZONE: ZONE, JWT_EXPIRY: '60d', REFRESH_TOKEN_EXPIRY: '60d' }, { clock: { now: () => now } });
    admin = await app.people.person('admin');
    ada = (await app.people.create('cs')).id;
  });
  after(() => app.close());
  afterEach(() =>
    app.ctx.uow.write(BY, async (tx) => {
      for (const table of ['interactions', 'presence_intervals', 'agent_performance_metrics', 'stale_days', 'stale_figures']) await tx.run(sql`delete from ${sql.table(table)}`);
      await tx.run(sql`delete from installation where name = 'performance.aggregated-to'`);
    }),
  );

  const handle = (startedAt: string) => app.ctx.uow.write(BY, (tx) => insertInteractions(tx, [{ agentId: ada, startedAt, resolved: true }], ZONE));
  const counters = async () => {
    const { body } = await app.request(admin.token).get(`/api/agents/${ada}`).expect(200);
    return [body.messagesHandledToday, body.ticketsResolvedToday, body.totalTicketsHandled];
  };
  const days = () => app.query(sql<{ date: string; hours: number }>`
    select date::text, online_hours::float8 as hours from agent_performance_metrics where agent_id = ${ada} order by date`);
  const told = async (after: number) =>
    (await app.query(sql<{ metric: string; value: number }>`
      select payload ->> 'metric' as metric, (payload ->> 'value')::float8 as value from outbox
      where type = 'performance_update' and aggregate_id = ${String(ada)} and position > ${after} order by position`)).map(({ metric, value }) => [metric, value]);
  const position = async () => (await app.query(sql<{ n: number }>`select coalesce(max(position), 0)::int as n from outbox`))[0]!.n;

  it('starts the counters again at midnight of the zone, whether or not the job has run', async () => {
    now = new Date('2026-03-03T04:59:00Z');
    await handle('2026-03-03T04:50:00Z');
    await app.ctx.recomputation.aggregateLastDays();
    expect(await counters()).to.deep.equal([1, 1, 1]);
    now = new Date('2026-03-03T05:00:00Z');
    expect(await counters(), 'before any job').to.deep.equal([0, 0, 1]);
    const listed = await app.request(admin.token).get('/api/agents?role=cs').expect(200);
    expect(listed.body.data[0]).to.include({ messagesHandledToday: 0, ticketsResolvedToday: 0 });
    const before = await position();
    await app.ctx.recomputation.aggregateLastDays();
    expect(await counters()).to.deep.equal([0, 0, 1]);
    expect(await told(before)).to.deep.equal([['ticketsResolvedToday', 0], ['messagesHandledToday', 0]]);
  });

  it('tells of a day that began with as much as the last one ended with', async () => {
    now = new Date('2026-03-03T12:00:00Z');
    await handle('2026-03-03T11:00:00Z');
    await app.ctx.recomputation.aggregateLastDays();
    now = new Date('2026-03-04T12:00:00Z');
    await handle('2026-03-04T11:00:00Z');
    const before = await position();
    await app.ctx.recomputation.aggregateLastDays();
    expect(await counters()).to.deep.equal([1, 1, 2]);
    expect(await told(before)).to.have.deep.members([['ticketsResolvedToday', 1], ['messagesHandledToday', 1], ['totalTicketsHandled', 2]]);
  });

  it('catches up on every day that was missed, over the change of the clocks, once', async () => {
    now = new Date('2026-03-05T12:00:00Z');
    await app.ctx.uow.write(BY, (tx) => insertPresence(tx, [{ agentId: ada, status: 'online', startedAt: '2026-03-05T11:00:00Z', endedAt: null }]));
    await app.ctx.recomputation.aggregateLastDays();
    expect(await days()).to.deep.equal([{ date: '2026-03-05', hours: 1 }]);
    now = new Date('2026-03-10T14:00:00Z');
    await handle('2026-03-07T15:00:00Z');
    await Promise.all([1, 2, 3].map(() => app.ctx.recomputation.aggregateLastDays()));
    // 06:00 to midnight; three whole days, one of them with 23 hours; 00:00 to 10:00 in summer time.
    const whole = [{ date: '2026-03-05', hours: 18 }, { date: '2026-03-06', hours: 24 }, { date: '2026-03-07', hours: 24 }, { date: '2026-03-08', hours: 23 }, { date: '2026-03-09', hours: 24 }, { date: '2026-03-10', hours: 10 }];
    expect(await days()).to.deep.equal(whole);
    expect(await counters()).to.deep.equal([0, 0, 1]);
    const rows = () => app.query(sql`select * from agent_performance_metrics order by id`);
    const [once, before] = [await rows(), await position()];
    await app.ctx.recomputation.aggregateLastDays();
    expect(await rows()).to.deep.equal(once);
    expect(await told(before)).to.deep.equal([]);
  });

  it('judges anew what somebody did before they were in a team', async () => {
    now = new Date('2026-03-16T14:00:00Z');
    const team = await app.people.team('Joined');
    await app.query(sql`insert into team_settings (team_id, version, settings) values (${team.id}, 1, '{"serviceLevelSeconds": 60}')`);
    await app.ctx.uow.write(BY, (tx) => insertInteractions(tx, [{ agentId: ada, startedAt: '2026-02-02T15:00:00Z', waitSeconds: 30 }], ZONE));
    await app.ctx.recomputation.aggregateRange('2026-02-02', '2026-02-02');
    const judged = async () => (await app.query(sql<{ within: number; t: number }>`select within_target as within, service_level_seconds as t from agent_performance_metrics where agent_id = ${ada}`))[0];
    expect(await judged()).to.deep.equal({ within: 0, t: 20 });
    await app.ctx.agents.update(BY, ada, { teamId: team.id });
    await app.ctx.recomputation.aggregateLastDays();
    expect(await judged()).to.deep.equal({ within: 1, t: 60 });
    await app.ctx.agents.update(BY, ada, { teamId: null });
    await app.ctx.recomputation.aggregateLastDays();
    expect(await judged()).to.deep.equal({ within: 0, t: 20 });
  });

  it('leaves nothing behind when a worker dies between the days and the figures', async () => {
    now = new Date('2026-03-12T14:00:00Z');
    await app.ctx.recomputation.aggregateLastDays();
    await handle('2026-03-12T13:00:00Z');
    const { recomputation } = app.ctx;
    await app.ctx.uow.write(BY, (tx) => recomputation.markStale(tx, [{ agentId: ada, date: '2026-03-12' }]));
    const refresh = recomputation.refreshFigures.bind(recomputation);
    recomputation.refreshFigures = () => Promise.reject(new Error('killed'));
    await recomputation.recomputeStaleDays().then(() => expect.fail('it should have been killed'), () => undefined);
    recomputation.refreshFigures = refresh;
    expect(await counters()).to.deep.equal([0, 0, 0]);
    await recomputation.recomputeStaleDays();
    expect(await counters()).to.deep.equal([1, 1, 1]);
    expect(await app.query(sql`select * from stale_figures`)).to.deep.equal([]);
  });

  it('judges no day by settings that changed while it was recomputed', async () => {
    now = new Date('2026-03-20T14:00:00Z');
    const team = await app.people.team('Settings');
    const eve = (await app.people.create('cs', { teamId: team.id })).id;
    await app.ctx.uow.write(BY, (tx) => insertInteractions(tx, [{ agentId: eve, teamId: team.id, startedAt: '2026-03-20T13:00:00Z', waitSeconds: 30 }], ZONE));
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    let computed = (): void => undefined;
    const ready = new Promise<void>((resolve) => (computed = resolve));
    // Joins the transaction of the test, so that it has computed but not committed while the settings change.
    const recomputing = app.ctx.uow.write(BY, async (tx) => {
      await app.ctx.recomputation.markStale(tx, [{ agentId: eve, date: '2026-03-20' }]);
      await app.ctx.recomputation.recomputeStaleDays({ quiet: true });
      computed();
      await held;
    });
    await ready;
    await app.query(sql`insert into team_settings (team_id, version, settings) values (${team.id}, 1, '{"serviceLevelSeconds": 60}')`);
    const applying = app.ctx.recomputation.applyTeamPolicy(team.id);
    await until(async () => (await waiters(app)).length > 0);
    go();
    await Promise.all([recomputing, applying]);
    const [row] = await app.query(sql<{ within: number; t: number }>`select within_target as within, service_level_seconds as t from agent_performance_metrics where agent_id = ${eve}`);
    expect(row).to.deep.equal({ within: 1, t: 60 });
  });
});
