import { expect } from 'chai';
import { createContext } from '../../context.ts';
import { sql } from '../../db/db.ts';
import { createLog } from '../../observability/log.ts';
import { startServer } from '../../server.ts';
import { call } from '../../../test/harness/calls.ts';
import { listen } from '../../../test/harness/listener.ts';
import { SessionRoom } from '../../../test/harness/session-room.ts';
import { until } from '../../../test/harness/until.ts';
import type { World } from '../../../test/harness/world.ts';

type Org = World['org'];

describe('A live session', function () {
  this.timeout(30_000);
  let room: SessionRoom;
  let world: World;
  let org: Org;

  before(async () => {
    room = await SessionRoom.start('live_sessions');
    ({ world } = room);
    ({ org } = world);
  });
  after(() => world.close());
  beforeEach(() => room.renew());
  afterEach(() => room.leave());

  describe('is joined', () => {
    it('by those who may read it, who get it with its versions, who is there, and the server’s clock', async () => {
      const answer = await room.join(await room.connect(org.agent), room.id.toUpperCase());
      expect(answer).to.nested.include({ ok: true, 'data.session.id': room.id, 'data.session.versions.agenda': 1, 'data.now': room.now.toISOString() });
      expect(answer.data.present).to.have.lengthOf(1);
      expect(answer.data.present[0]).to.include({ id: org.agent.id, name: 'Ada Agent' });
    });

    it('by nobody else', async () => {
      for (const person of [org.colleague, org.otherLeader, org.stranger]) expect(await room.join(await room.connect(person))).to.nested.include({ ok: false, 'error.status': 404 });
      expect(await room.join(await room.connect(org.viewer))).to.nested.include({ ok: false, 'error.status': 403 });
    });

    it('not by what is no id: the answer names the field that was sent, and nobody is taken out of anything', async () => {
      const { visits } = world.app.ctx.liveSessions;
      const left: string[] = [];
      visits.leave = (_db, sessionId) => Promise.resolve(void left.push(sessionId));
      const socket = await room.connect(org.agent);
      for (const message of [null, [], {}, { sessionId: {} }, { sessionId: 'nonsense' }]) {
        for (const event of ['join-session', 'session:update']) {
          const { ok, error } = await socket.emitWithAck(event, message);
          expect([ok, error.status], `${event} ${JSON.stringify(message)}`).to.deep.equal([false, 400]);
          expect(JSON.stringify(error)).to.include('"path":"/body/sessionId"').and.not.include('/path/');
        }
      }
      Reflect.deleteProperty(visits, 'leave');
      expect(left).to.deep.equal([]);
    });

    it('late, with what was written before', async () => {
      await room.patch(org.leader, { discussionNotes: 'Began without you.' });
      expect(await room.join(await room.connect(org.agent))).to.nested.include({ 'data.session.discussionNotes': 'Began without you.', 'data.session.versions.discussionNotes': 1 });
    });
  });

  describe('shows who is there', () => {
    const names = (heard: ReturnType<typeof listen>): string[][] =>
      heard.filter(({ name }) => name === 'session:presence').map(({ payload }) => (payload as { present: { name: string }[] }).present.map(({ name }) => name));

    it('to everybody in it, a person in two tabs once, until the last of these goes', async () => {
      const leader = await room.connect(org.leader);
      await room.join(leader);
      const heard = listen(leader);
      const tabs = [await room.connect(org.agent), await room.connect(org.agent)];
      for (const tab of tabs) await room.join(tab);
      await until(() => names(heard).at(-1)?.length === 2);
      tabs[0]?.disconnect();
      expect(await tabs[1]?.emitWithAck('leave-session', { sessionId: room.id })).to.deep.equal({ ok: true, data: null });
      await until(() => names(heard).at(-1)?.length === 1);
      expect(names(heard).every((list) => new Set(list).size === list.length)).to.equal(true);
      expect(names(heard).at(-1)).to.deep.equal(['Lena Leader']);
    });

    it('to nobody outside', async () => {
      const leader = await room.connect(org.leader);
      const heard = listen(leader);
      await room.join(await room.connect(org.agent));
      await world.app.settled();
      expect(names(heard)).to.deep.equal([]);
    });

    it('without those whose process is gone', async () => {
      const leader = await room.connect(org.leader);
      await room.join(leader);
      const heard = listen(leader);
      await world.app.query(sql`insert into session_visits (session_id, socket_id, agent_id, process_id, seen_at) values (${room.id}, 'gone', ${org.agent.id}, gen_random_uuid(), clock_timestamp() - interval '31 seconds')`);
      await world.app.server.visits.beat();
      await until(() => names(heard).length > 0);
      expect(names(heard).at(-1)).to.deep.equal(['Lena Leader']);
      expect(await world.app.query(sql`select 1 from session_visits where socket_id = 'gone'`)).to.deep.equal([]);
    });

    it('across processes, until one of them stops', async () => {
      const config = { ...world.app.config };
      const ctx = await createContext(config, 'second', { log: createLog('fatal', 'second') });
      const second = await startServer(ctx);
      try {
        const leader = await room.connect(org.leader);
        await room.join(leader);
        const heard = listen(leader);
        const elsewhere = room.open(second.url, { auth: { token: org.agent.token } });
                expect((await elsewhere.emitWithAck('join-session', { sessionId: room.id })).data.present).to.have.lengthOf(2);
        await until(() => names(heard).at(-1)?.length === 2);
        await second.close();
        await until(() => names(heard).at(-1)?.length === 1);
      } finally {
        await ctx.close();
      }
    });

    it('also where the database has forgotten', async () => {
      const leader = await room.connect(org.leader);
      await room.join(leader);
      await world.app.query(sql`truncate session_visits`);
      await world.app.server.visits.beat();
      expect((await call(world.app, 'getCoachingSessionDocument', { as: org.leader, params: { id: room.id } })).body).to.nested.include({ 'present[0].name': 'Lena Leader' });
    });
  });

  describe('is left', () => {
    it('by whoever may not read it any more, told so; and by nobody else', async () => {
      const [agent, leader] = [await room.connect(org.agent), await room.connect(org.leader)];
      for (const socket of [agent, leader]) await room.join(socket);
      const [gone, stays] = [listen(agent), listen(leader)];
      await call(world.app, 'updateCoachingSession', { as: org.leader, params: { id: room.id }, body: { agentId: org.colleague.id } });
      await until(() => gone.some(({ name }) => name === 'room:left'));
      expect(gone.find(({ name }) => name === 'room:left')?.payload).to.deep.equal({ room: `session:${room.id}`, reason: 'no_access' });
      await until(() => stays.some(({ name, payload }) => name === 'session:presence' && (payload as { present: unknown[] }).present.length === 1));
      expect(stays.map(({ name }) => name)).to.not.include('room:left');
      expect(await room.update(agent, { discussionNotes: 'x' })).to.nested.include({ ok: false, 'error.status': 404 });
    });

    it('by a leader whose team it is no longer about', async () => {
      const leader = await room.connect(org.leader);
      await room.join(leader);
      const heard = listen(leader);
      // The session was scheduled by the manager, so the leader reads it as the leader of the team alone.
      await call(world.app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { leaderIds: [] } });
      await until(() => heard.some(({ name }) => name === 'room:left'));
      await call(world.app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { leaderIds: [org.leader.id] } });
    });

    it('as often as one likes, and not without saying which', async () => {
      const socket = await room.connect(org.agent);
      expect(await socket.emitWithAck('leave-session', { sessionId: room.id })).to.deep.equal({ ok: true, data: null });
      expect(await socket.emitWithAck('leave-session', {})).to.nested.include({ ok: false, 'error.status': 400, 'error.details[0].path': '/body/sessionId' });
    });
  });

  it('is joined and written over long polling as well', async () => {
    const socket = room.open(world.app.url, { auth: { sessionId: org.leader.token }, transports: ['polling'] });
        const heard = listen(socket);
    expect((await room.join(socket)).ok).to.equal(true);
    expect((await room.update(socket, { summary: 'Without a WebSocket.' })).data.applied).to.deep.equal({ summary: 1 });
    await until(() => heard.some(({ name, payload }) => name === 'session:updated' && (payload as { summary: string }).summary === 'Without a WebSocket.'));
    expect(socket.io.engine.transport.name).to.equal('polling');
  });

  it('takes actions on the spot, which are its own', async () => {
    const leader = await room.connect(org.leader);
    const heard = listen(await room.connect(org.agent));
    const answer = await leader.emitWithAck('actionItem:create', { agentId: String(org.agent.id), title: 'Practise the closing', dueDate: '2031-01-01T00:00:00Z', priority: 'MEDIUM', category: 'Closing', sessionId: room.id });
    expect(answer).to.nested.include({ ok: true, 'data.sessionId': room.id });
    await world.app.settled();
    expect(heard.find(({ name }) => name === 'actionItem:created')?.payload).to.include({ sessionId: room.id });
  });

  it('is read again over HTTP for nothing while nothing has changed', async () => {
    const read = (headers: Record<string, string> = {}) => call(world.app, 'getCoachingSessionDocument', { as: org.agent, params: { id: room.id }, headers });
    const first = await read();
    const tag = first.headers.get('ETag') ?? '';
    expect((await read({ 'If-None-Match': tag })).status).to.equal(304);
    const leader = await room.connect(org.leader);
    await room.join(leader);
    const second = await read({ 'If-None-Match': tag });
    expect(second.body).to.nested.include({ 'present[0].id': org.leader.id });
    await room.update(leader, { summary: 'x' });
    expect((await read({ 'If-None-Match': second.headers.get('ETag') ?? '' })).body).to.nested.include({ 'session.summary': 'x' });
  });
});
