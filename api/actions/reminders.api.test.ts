import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { until } from '../../test/harness/until.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers } from '../../workers/run.ts';
import { createContext } from '../context.ts';
import { sql } from '../db/db.ts';
import { jobs } from '../jobs.ts';
import { createLog } from '../observability/log.ts';
import { remindOfActionsJob } from './actions.jobs.ts';

const HOUR_MS = 3_600_000;
/** Two in the morning in Berlin, where the business is. */
const START = Date.parse('2026-06-10T00:00:00Z');

describe('reminders of action items', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let at = START;
  const clock = { now: () => new Date(at) };
  const go = (days: number, hours: number): void => void (at = START + (days * 24 + hours) * HOUR_MS);

  before(async () => {
    app = await startTestApp('reminders', { BUSINESS_TIMEZONE: 'Europe/Berlin', JWT_EXPIRY: '365d' }, { clock });
    org = await app.people.organisation();
  });
  after(() => app.close());
  beforeEach(async () => {
    go(0, 0);
    for (const table of ['action_items', 'notifications', 'notification_preferences']) await app.query(sql`delete from ${sql.table(table)}`);
  });

  const agree = async (dueDate: string, rest: Record<string, unknown> = {}, token = org.leader.token): Promise<string> =>
    (await app.request(token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Say what you are looking up', dueDate, ...rest }).expect(201)).body.id as string;
  const told = async (id = org.agent.id): Promise<string[]> =>
    (await app.query(sql<{ type: string }>`select type from notifications where recipient_id = ${id} and type <> 'action_assigned' order by created_at, id`)).map(({ type }) => type);
  const updates = async (id: string): Promise<boolean[]> =>
    (await app.query(sql<{ overdue: boolean }>`select (payload ->> 'overdue')::boolean as overdue from outbox where aggregate_id = ${id} and type = 'actionItem:updated' order by position`)).map(({ overdue }) => overdue);

  /** How often the queue of the team has been announced as changed, everything until now included. */
  const queueNews = async (): Promise<number> => {
    await app.settled();
    await app.ctx.announcements.announceNews();
    await app.settled();
    return (await app.query(sql`select 1 from outbox where type = 'priorityQueue:updated' and payload ->> 'teamId' = ${org.team.id}`)).length;
  };

  it('come the morning before and the morning after, once each, however often the job runs', async () => {
    await agree('2026-06-12');
    const said: string[][] = [];
    for (const [day, hour] of [[1, 5], [1, 6], [1, 9], [2, 6], [3, 5], [3, 6], [3, 7], [30, 9]] as const) {
      go(day, hour);
      await Promise.all([app.ctx.actionReminders.run(), app.ctx.actionReminders.run()]);
      said.push(await told());
    }
    expect(said).to.deep.equal([[], ['action_due'], ['action_due'], ['action_due'], ['action_due'], ['action_due', 'action_overdue'], ['action_due', 'action_overdue'], ['action_due', 'action_overdue']]);
    const [row] = await app.query(sql<{ title: string; data: unknown }>`select title, data from notifications where type = 'action_overdue'`);
    expect(row).to.nested.include({ title: 'Was due on Friday 12 June', 'data.dueDate': '2026-06-12', 'data.agentId': org.agent.id });
  });

  it('wait for the end of somebody’s quiet hours, in their own time zone', async () => {
    await app.query(sql`insert into notification_preferences (agent_id, timezone, digest_at, quiet_from, quiet_to, quiet_days, choices, updated_at)
      values (${org.agent.id}, 'America/New_York', '08:00', '07:00', '11:00', '{6}', '{}', now())`);
    await agree('2026-06-12');
    const runAt = async (iso: string): Promise<string[]> => {
      at = Date.parse(iso);
      await app.ctx.actionReminders.run();
      return told();
    };
    expect(await runAt('2026-06-11T14:59:00Z'), '10:59 in New York').to.deep.equal([]);
    expect(await runAt('2026-06-11T15:00:00Z')).to.deep.equal(['action_due']);
    expect(await runAt('2026-06-13T16:00:00Z'), 'a quiet Saturday').to.deep.equal(['action_due']);
    expect(await runAt('2026-06-14T16:00:00Z')).to.deep.equal(['action_due', 'action_overdue']);
  });

  it('make up for what was missed while no worker ran, without a reminder that is too late', async () => {
    await agree('2026-06-12');
    go(10, 8);
    await app.ctx.actionReminders.run();
    expect(await told()).to.deep.equal(['action_overdue']);
  });

  it('are undone with the transaction in which they fail, and come with the next run', async () => {
    await agree('2026-06-12');
    go(1, 8);
    await app.query(sql`alter table notifications rename to notifications_away`);
    expect(await app.ctx.actionReminders.run().then(() => 'ran', () => 'failed')).to.equal('failed');
    await app.query(sql`alter table notifications_away rename to notifications`);
    await app.ctx.actionReminders.run();
    expect(await told()).to.deep.equal(['action_due']);
  });

  it('go to whoever is to do it, as long as they have to do with it, and end with it', async () => {
    const forLeader = await agree('2026-06-12', { assignedTo: org.leader.id }, org.manager.token);
    const done = await agree('2026-06-12', { title: 'Done in time' });
    await app.request(org.agent.token).put(`/api/action-items/${done}`).send({ status: 'done' }).expect(200);
    await app.query(sql`delete from notifications`);
    go(1, 8);
    await app.ctx.actionReminders.run();
    expect([await told(org.leader.id), await told()]).to.deep.equal([['action_due'], []]);
    await app.request(org.manager.token).put(`/api/action-items/${forLeader}`).send({ dueDate: '2026-06-20' }).expect(200);
    go(9, 8);
    await app.ctx.actionReminders.run();
    expect(await told(org.leader.id), 'another day is another reminder').to.deep.equal(['action_due', 'action_due']);
  });

  it('tell everybody who shows an item that it is overdue from midnight on, once, and the queue of its leaders', async () => {
    const id = await agree('2026-06-10');
    go(0, 21.9);
    await app.ctx.actionReminders.run();
    const before = await queueNews();
    expect(await updates(id)).to.deep.equal([]);
    go(0, 22.1);
    await Promise.all([app.ctx.actionReminders.run(), app.ctx.actionReminders.run()]);
    expect(await updates(id)).to.deep.equal([true]);
    expect(await told(), 'nobody is woken for it').to.deep.equal([]);
    expect(await queueNews(), 'the leaders’ queue is announced').to.equal(before + 1);
  });

  it('are said by a worker, beside another one, once', async () => {
    await agree('2026-06-12');
    go(1, 8);
    const contexts = [app.ctx, await createContext(app.config, 'other', { clock, log: createLog('fatal', 'other') })];
    const workers = contexts.map((ctx) => runWorkers(ctx, buildRegistry(processors, jobs)));
    try {
      await Promise.all(contexts.map((ctx, i) => ctx.queues.add(remindOfActionsJob, {}, { id: `reminder-${i}` })));
      await until(async () => (await told()).length > 0);
      await contexts[0]?.actionReminders.run();
      expect(await told()).to.deep.equal(['action_due']);
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
      await contexts[1]?.close();
    }
  });
});

describe('news of action items', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('action_news');
    org = await app.people.organisation();
  });
  after(() => app.close());

  it('reach those who have to do with it, and never whoever made them', async () => {
    const { body: item } = await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Listen', dueDate: '2099-01-31' }).expect(201);
    await app.request(org.agent.token).post(`/api/action-items/${item.id}/comments`).send({ text: 'x'.repeat(300) }).expect(201);
    await app.request(org.agent.token).put(`/api/action-items/${item.id}`).send({ status: 'done' }).expect(200);
    const rows = await app.query(sql<{ who: number; type: string; message: string }>`select recipient_id as who, type, message from notifications order by created_at, id`);
    expect(rows.map(({ who, type }) => [who, type])).to.deep.equal([[org.agent.id, 'action_assigned'], [org.leader.id, 'action_commented'], [org.leader.id, 'action_done']]);
    expect(rows[0]?.message).to.equal('“Listen”, by Saturday 31 January, from Lena Leader.');
    expect(rows[1]?.message).to.equal(`${'x'.repeat(199)}…`);
  });

  it('reach nobody who could not read the item any more', async () => {
    const { body: item } = await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Listen', dueDate: '2099-01-31' }).expect(201);
    await app.request(org.admin.token).put(`/api/teams/${org.team.id}`).send({ leaderIds: [] }).expect(200);
    await app.query(sql`delete from notifications`);
    await app.request(org.agent.token).put(`/api/action-items/${item.id}`).send({ status: 'done' }).expect(200);
    expect(await app.query(sql`select 1 from notifications`)).to.deep.equal([]);
  });
});
