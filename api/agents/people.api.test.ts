import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { startWorld, type World } from '../../test/harness/world.ts';
import { sql } from '../db/db.ts';

interface Audited {
  readonly action: string;
  readonly target: string;
  readonly actor: string;
}

describe('people, many at once, leaving, counted', () => {
  let world: World;

  before(async () => {
    world = await startWorld('people');
  });
  after(() => world.close());

  const audited = (ids: readonly number[]) =>
    world.app.query(sql<Audited>`select action, target_id as target, actor_id as actor from audit_log
      where target_type = 'agent' and target_id = any(${ids.map(String)}) and action in ('agent.update', 'agent.deactivate') order by at, target_id::int`);
  const bulk = (token: string, agentIds: readonly number[], updates: object) => world.app.request(token).put('/api/agents/bulk').send({ agentIds, updates });
  const read = async (id: number) => (await world.app.request(world.org.admin.token).get(`/api/agents/${id}`).expect(200)).body;

  /** What a socket hears of some events from now on. */
  function listen(socket: Socket, ...names: string[]): [string, unknown][] {
    const heard: [string, unknown][] = [];
    for (const name of names) socket.on(name, (payload: unknown) => heard.push([name, payload]));
    return heard;
  }

  describe('in bulk', () => {
    it('changes everybody it may, names whom it may not, and counts a double once', async () => {
      const { org } = world;
      const [one, two] = [await world.someone(), await world.someone('team_leader')];
      const heard = listen(await world.app.socket(org.viewer.token), 'agent_updated');
      const { body } = await bulk(org.manager.token, [two, one, 2_000_000_000, org.admin.id, one], { department: 'Field', phone: '+49 30 1' }).expect(200);
      expect(body).to.deep.equal({
        success: false,
        updated: 2,
        errors: [`${org.admin.id}: You may not change these fields of this person.`, '2000000000: Agent not found.'],
      });
      for (const id of [one, two]) expect(await read(id)).to.include({ department: 'Field', phone: '+49 30 1', version: 2 });
      expect((await read(org.admin.id)).department).to.equal('Support');
      expect(await audited([one, two])).to.deep.equal([one, two].map((id) => ({ action: 'agent.update', target: String(id), actor: String(org.manager.id) })));
      await world.app.settled();
      expect(heard.map(([, agent]) => (agent as { id: number }).id)).to.deep.equal([one, two]);
    });

    it('is a success without errors', async () => {
      const { body } = await bulk(world.org.admin.token, [await world.someone()], { role: 'viewer' }).expect(200);
      expect(body).to.deep.equal({ success: true, updated: 1, errors: [] });
    });

    it('lets a leader change the profile of their own team alone', async () => {
      const { org } = world;
      const { body } = await bulk(org.leader.token, [org.agent.id, org.stranger.id], { department: 'Support' }).expect(200);
      expect(body).to.deep.equal({ success: false, updated: 1, errors: [`${org.stranger.id}: You may not change these fields of this person.`] });
      expect((await bulk(org.leader.token, [org.agent.id], { role: 'team_leader' }).expect(200)).body.updated).to.equal(0);
    });

    it('never leaves the installation without an administrator', async () => {
      const { org } = world;
      const second = await world.someone('admin');
      const { body } = await bulk(org.admin.token, [org.admin.id, second], { role: 'manager' }).expect(200);
      expect(body.updated).to.equal(1);
      expect(body.errors).to.have.length(1);
      const [row] = await world.app.query(sql<{ n: number }>`select count(*)::int as n from agents where role = 'admin' and is_active`);
      expect(row?.n).to.equal(1);
      await world.app.query(sql`update agents set role = 'admin', version = version + 1 where id = ${org.admin.id}`);
      world.app.ctx.authenticator.forget([org.admin.id]);
    });

    it('refuses what is no list of people, and one that is too long', async () => {
      const { token } = world.org.admin;
      for (const agentIds of [[], ['1'], [0], [1.5], Array.from({ length: 501 }, (_unused, n) => n + 1)]) {
        const { body } = await world.app.request(token).put('/api/agents/bulk').send({ agentIds, updates: { department: 'Field' } }).expect(400);
        expect(body.details[0].path).to.match(/^\/body\/agentIds/);
      }
      await bulk(token, [1], {}).expect(400);
    });

    it('takes 500 people at once', async () => {
      await world.app.query(sql`insert into agents (username, email, role, full_name, department)
        select 'many_' || n, 'many_' || n || '@example.test', 'cs', 'Many ' || n, 'Many' from generate_series(1, 500) n`);
      const people = await world.app.query(sql<{ id: number }>`select id from agents where department = 'Many'`);
      const { body } = await bulk(world.org.admin.token, people.map(({ id }) => id), { department: 'Few' }).expect(200);
      expect(body).to.deep.equal({ success: true, updated: 500, errors: [] });
      await world.app.query(sql`delete from agents where department = 'Few'`);
    }).timeout(20_000);
  });

  describe('leaving', () => {
    it('ends sign-in, socket and presence at once, and keeps the history', async () => {
      const { app, org } = world;
      const person = await app.people.person('cs', { teamId: org.team.id, fullName: 'Gone Soon' });
      const refresh = await app.request().post('/api/auth/login').send({ username: person.username, password: 'Correct-Horse-1' }).expect(200);
      await app.request(person.token).put(`/api/agents/${person.id}/status`).send({ status: 'busy' }).expect(200);
      const note = await world.note(person.id);
      await world.activity(person.id);
      const own = await app.socket(person.token);
      const ended = new Promise<{ reason: string }>((resolve) => own.once('session_ended', resolve));
      const closed = new Promise<string>((resolve) => own.once('disconnect', resolve));
      const heard = listen(await app.socket(org.viewer.token), 'agent_updated', 'agent_deleted', 'agent_offline');

      const { body } = await app.request(org.manager.token).delete(`/api/agents/${person.id}`).expect(200);
      expect(body).to.deep.equal({ success: true, message: 'Gone Soon is deactivated.' });

      await app.request(person.token).get('/api/auth/me').expect(401);
      await app.request().post('/api/auth/refresh').send({ refreshToken: refresh.body.refreshToken }).expect(401);
      await app.request().post('/api/auth/login').send({ username: person.username, password: 'Correct-Horse-1' }).expect(401);
      expect((await ended).reason).to.equal('session_ended');
      expect(await closed).to.equal('io server disconnect');
      expect(await read(person.id)).to.include({ isActive: false, onlineStatus: 'offline' });
      const open = await app.query(sql<{ status: string }>`select status from presence_intervals where agent_id = ${person.id} and ended_at is null`);
      expect(open.every(({ status }) => status === 'offline')).to.equal(true);
      await app.request(org.leader.token).get(`/api/quick-notes/${note}`).expect(200);
      const activities = (await app.request(org.leader.token).get(`/api/agents/${person.id}/activity?type=ticket_resolved`).expect(200)).body;
      expect(activities).to.have.length(1);

      await app.settled();
      const about = heard.filter(([, payload]) => [person.id].includes((payload as { agentId?: number; id?: number }).agentId ?? (payload as { id: number }).id));
      expect(about.map(([name]) => name)).to.deep.equal(['agent_offline', 'agent_updated', 'agent_deleted']);
      expect(Object.keys(about[2]?.[1] as object).sort()).to.deep.equal(['agentId', 'timestamp']);
      expect(await audited([person.id])).to.deep.equal([{ action: 'agent.deactivate', target: String(person.id), actor: String(org.manager.id) }]);
    });

    it('happens once, however often it is asked for', async () => {
      const { app, org } = world;
      const id = await world.someone();
      const answers = await Promise.all(Array.from({ length: 5 }, () => app.request(org.admin.token).delete(`/api/agents/${id}`)));
      expect(answers.map(({ status, body }) => [status, body.success])).to.deep.equal(answers.map(() => [200, true]));
      const [row] = await app.query(sql<{ n: number }>`select count(*)::int as n from outbox where type = 'agent_deleted' and aggregate_id = ${String(id)}`);
      expect(row?.n).to.equal(1);
      expect((await read(id)).version).to.equal(2);
    });

    it('is not for those who may not manage the person', async () => {
      const { app, org } = world;
      await app.request(org.manager.token).delete(`/api/agents/${await world.someone('manager')}`).expect(403);
      for (const { token } of [org.leader, org.agent, org.viewer]) await app.request(token).delete(`/api/agents/${org.agent.id}`).expect(403);
      expect(await read(org.agent.id)).to.include({ isActive: true });
    });

    it('ends presence when it is done by an update, too', async () => {
      const { app, org } = world;
      const id = await world.someone();
      await app.request(org.admin.token).put(`/api/agents/${id}/status`).send({ status: 'online' }).expect(200);
      const { body } = await app.request(org.admin.token).put(`/api/agents/${id}`).send({ isActive: false }).expect(200);
      expect(body).to.include({ isActive: false, onlineStatus: 'offline' });
    });
  });

  describe('counted', () => {
    it('adds up, and to what the list shows', async () => {
      const { app, org } = world;
      await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'away' }).expect(200);
      await app.request(org.colleague.token).put(`/api/agents/${org.colleague.id}/status`).send({ status: 'online' }).expect(200);
      await app.people.create('cs', { department: '__proto__' });
      const { body: stats } = await app.request(org.viewer.token).get('/api/agents/stats').expect(200);
      const totalOf = async (filter: string): Promise<number> => (await app.request(org.viewer.token).get(`/api/agents?limit=1&${filter}`).expect(200)).body.meta.total;
      expect(stats.total).to.equal(await totalOf(''));
      expect(stats.active).to.equal(await totalOf('status=active'));
      for (const status of ['online', 'offline', 'away', 'busy']) expect(stats[status], status).to.equal(await totalOf(`status=active&onlineStatus=${status}`));
      expect(stats.online + stats.offline + stats.away + stats.busy).to.equal(stats.active);
      expect(stats.away).to.be.above(0);
      for (const [role, n] of Object.entries(stats.byRole)) expect(n, role).to.equal(await totalOf(`role=${role}`));
      for (const [department, n] of Object.entries(stats.byDepartment)) expect(n, department).to.equal(await totalOf(`department=${department}`));
      expect(Object.keys(stats.byRole).sort()).to.deep.equal(['admin', 'cs', 'manager', 'team_leader', 'viewer']);
      expect(Object.keys(stats.byDepartment)).to.include('__proto__');
    });

    it('by department, with those who have left told apart', async () => {
      const { app, org } = world;
      const { id } = await app.people.create('cs', { department: 'Archive' });
      await app.people.create('cs', { department: 'Archive' });
      await app.request(org.admin.token).delete(`/api/agents/${id}`).expect(200);
      const { body } = await app.request(org.agent.token).get('/api/agents/departments').expect(200);
      expect(body.data).to.deep.include({ name: 'Archive', agents: 2, active: 1 });
      expect(body.data.map(({ name }: { name: string }) => name.toLowerCase())).to.deep.equal(body.data.map(({ name }: { name: string }) => name.toLowerCase()).sort());
    });
  });

  it('has views that say the same as the figures they stand for', async () => {
    const { app, org } = world;
    await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'away' }).expect(200);
    await app.query(sql`insert into agent_performance_metrics (agent_id, date, origin, interactions, messages_handled) values
      (${org.agent.id}, '2026-01-01', 'computed', 0, 0), (${org.agent.id}, '2026-01-01', 'imported', 0, 7),
      (${org.agent.id}, '2026-01-02', 'computed', 3, 3), (${org.agent.id}, '2026-01-02', 'imported', 0, 9)`);
    const days = await app.query(sql<{ date: string; handled: number }>`select date::text, messages_handled as handled from agent_daily_summary where agent_id = ${org.agent.id} order by date`);
    expect(days).to.deep.equal([{ date: '2026-01-01', handled: 7 }, { date: '2026-01-02', handled: 3 }]);
    const [sums] = await app.query(sql<Record<string, number>>`select sum(active)::int as active, sum(online)::int as online, sum(away)::int as away from department_stats`);
    const { body: stats } = await app.request(org.admin.token).get('/api/agents/stats').expect(200);
    expect(sums).to.deep.equal({ active: stats.active, online: stats.online, away: stats.away });
    const [live] = await app.query(sql<{ n: number; status: string }>`select count(*)::int as n, max(online_status) filter (where agent_id = ${org.agent.id}) as status from real_time_metrics`);
    expect(live).to.deep.equal({ n: stats.active, status: 'away' });
  });
});
