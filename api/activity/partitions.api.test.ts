import { expect } from 'chai';
import { startWorld, type World } from '../../test/harness/world.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';

describe('the months of the activities', () => {
  let world: World;
  let now = new Date();

  before(async () => {
    world = await startWorld('partitions', {}, { clock: { now: () => now } });
  });
  after(() => world.close());
  afterEach(() => {
    now = new Date();
  });

  const insert = async (at: string): Promise<string> => {
    const id = newId();
    await world.app.query(sql`insert into agent_activities (id, agent_id, type, description, "timestamp") values (${id}, ${world.org.agent.id}, 'login', 'x', ${at})`);
    return id;
  };
  const homeOf = async (id: string): Promise<string | undefined> => (await world.app.query(sql<{ name: string }>`select tableoid::regclass::text as name from agent_activities where id = ${id}`))[0]?.name;
  const count = async (table: string): Promise<number | undefined> => (await world.app.query(sql<{ n: number }>`select count(*)::int as n from ${sql.ref(table)}`))[0]?.n;

  it('are ready before they begin', async () => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 3, 15)).toISOString();
    expect(await homeOf(await insert(month))).to.equal(`agent_activities_${month.slice(0, 7).replace('-', '_')}`);
    expect(await world.app.ctx.partitions.keep()).to.equal(0);
    // Switched off for a year: the months since are made as soon as somebody is back.
    now = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), 20));
    expect(await world.app.ctx.partitions.keep()).to.equal(4);
  });

  it('take over what had to wait in the default partition, to the edge of each', async () => {
    const ids = new Map<string, string>();
    for (const at of ['2031-02-28T23:59:59.999Z', '2031-03-01T00:00:00Z', '2019-12-31T23:59:59.999999Z', '2020-01-01T00:00:00Z']) ids.set(at, await insert(at));
    for (const id of ids.values()) expect(await homeOf(id)).to.equal('agent_activities_default');
    expect(await world.app.ctx.partitions.keep()).to.equal(4);
    for (const [at, id] of ids) expect(await homeOf(id), at).to.equal(`agent_activities_${at.slice(0, 7).replace('-', '_')}`);
    expect(await count('agent_activities_default')).to.equal(0);
    const [copied] = await world.app.query(sql<{ indexes: number; keys: number }>`select (select count(*)::int from pg_indexes where tablename = 'agent_activities_2031_03') as indexes,
      (select count(*)::int from pg_constraint where conrelid = 'agent_activities_2031_03'::regclass and contype = 'f') as keys`);
    const [whole] = await world.app.query(sql<{ indexes: number }>`select count(*)::int as indexes from pg_indexes where tablename = 'agent_activities'`);
    expect(copied).to.deep.equal({ indexes: whole?.indexes, keys: 1 });
  });

  it('are made once, whoever makes them at the same time, and nothing written meanwhile is lost', async () => {
    const { app, org } = world;
    const before = await count('agent_activities');
    now = new Date(Date.UTC(2040, 4, 10));
    const at = now;
    const writing = Array.from({ length: 40 }, async () => world.activity(org.agent.id, at));
    const made = await Promise.all([app.ctx.partitions.keep(), app.ctx.partitions.keep(), app.ctx.partitions.keep()]);
    await Promise.all(writing);
    expect(made.reduce((sum, n) => sum + n, 0)).to.be.within(4, 5);
    await app.ctx.partitions.keep();
    expect(await count('agent_activities')).to.equal((before ?? 0) + 40);
    expect(await count('agent_activities_default')).to.equal(0);
  });

  it('are let go after thirteen of them, as tables of their own', async () => {
    now = new Date('2031-06-15T12:00:00Z');
    const kept = await insert('2030-05-01T00:00:00Z');
    const old = await insert('2030-04-30T23:59:59Z');
    await world.app.ctx.partitions.keep();
    expect((await world.app.ctx.retention.clearExpired())['months of activities']).to.be.above(0);
    expect((await world.app.ctx.retention.clearExpired())['months of activities']).to.equal(0);
    expect(await homeOf(kept)).to.equal('agent_activities_2030_05');
    expect(await homeOf(old)).to.equal(undefined);
    expect(await count('agent_activities_2030_04')).to.equal(1);
    // Late for a month that is gone: kept in the default partition, and no reason to fail.
    const late = await insert('2030-04-02T00:00:00Z');
    expect(await world.app.ctx.partitions.keep()).to.equal(0);
    expect(await homeOf(late)).to.equal('agent_activities_default');
  });

  it('are read only as far as somebody looks back', async () => {
    const plan = await world.app.query(sql<Record<string, string>>`explain select * from agent_activities
      where agent_id = 1 and "timestamp" >= '2031-03-02' and "timestamp" < '2031-03-09' order by "timestamp" desc, id desc limit 200`);
    const read = new Set(plan.flatMap((row) => Object.values(row)[0]?.match(/agent_activities_\w+/g) ?? []).filter((name) => /_(\d{4}_\d\d|default)$/.test(name)));
    expect([...read]).to.deep.equal(['agent_activities_2031_03']);
  });

  it('have the indexes the documents name', async () => {
    const indexes = (await world.app.query(sql<{ definition: string }>`select tablename || ' ' || substring(indexdef from 'USING \\w+ (.*)$') as definition from pg_indexes where schemaname = 'public'`)).map(({ definition }) => definition.replaceAll('"', ''));
    const documented = [
      // §1 and §8.1 of the backend document
      'agents (role)', 'agents (department)', 'agents (online_status)', 'agents (is_active)', 'agents (last_login_at)', 'agents (role, department)', 'agents (is_active, online_status)',
      'agent_performance_metrics (agent_id, date', 'agent_performance_metrics (date)', 'agent_performance_metrics (agent_id, date DESC)',
      'agent_activities (agent_id, timestamp DESC)', 'agent_activities (type)', 'agent_activities (timestamp)', 'agent_activities (agent_id, type, timestamp DESC)',
      'agent_sessions (agent_id, is_active)', 'agent_sessions (socket_id)', 'agent_sessions (last_activity)',
      // priority 5 of the recommendations, on our tables
      'quick_notes (agent_id, created_at DESC)', 'quick_notes (category, is_private)', 'quick_notes (author_id)',
      'action_items (agent_id, status, due_date)', 'action_items (assigned_to, status)', 'action_items (session_id)',
      'coaching_sessions (agent_id, status, scheduled_at)', 'coaching_sessions (team_leader_id, status)', 'coaching_sessions (scheduled_at)',
    ];
    expect(documented.filter((wanted) => !indexes.some((index) => index.startsWith(wanted)))).to.deep.equal([]);
  });
});
