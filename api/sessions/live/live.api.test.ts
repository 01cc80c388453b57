import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { createContext } from '../../context.ts';
import { sql } from '../../db/db.ts';
import type { StoredEvent } from '../../events/event.ts';
import { createLog } from '../../observability/log.ts';
import { concernOf } from '../../priority-queue/priority-queue.events.ts';
import { startServer } from '../../server.ts';
import { call } from '../../../test/harness/calls.ts';
import { listen } from '../../../test/harness/listener.ts';
import type { TestPerson } from '../../../test/harness/people.ts';
import { until } from '../../../test/harness/until.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

type Org = World['org'];

describe('A live session', function () {
  this.timeout(30_000);
  let world: World;
  let org: Org;
  let id: string;
  let now: Date;
  const opened: Socket[] = [];

  before(async () => {
    now = new Date();
    world = await startWorld('live_sessions', {}, { clock: { now: () => now } });
    org = world.org;
  });
  after(() => world.close());
  beforeEach(async () => {
    now = new Date();
    id = await world.sessionIn('live', org.agent.id, { agenda: [{ title: 'Closing' }] });
    await world.app.settled();
  });
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.disconnect();
  });

  async function connect(person: TestPerson): Promise<Socket> {
    const socket = await world.app.socket(person.token);
    opened.push(socket);
    return socket;
  }
  const join = (socket: Socket, sessionId = id) => socket.emitWithAck('join-session', { sessionId });
  const update = (socket: Socket, updates: object, versions?: object) => socket.emitWithAck('session:update', { sessionId: id, updates, ...(versions && { versions }) });
  const patch = (person: TestPerson, updates: object, versions?: object) => call(world.app, 'updateCoachingSessionDocument', { as: person, params: { id }, body: { updates, ...(versions && { versions }) } });
  const stored = async () => (await call(world.app, 'getCoachingSession', { as: org.leader, params: { id } })).body as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what is stored is what the test looks at

  describe('is joined', () => {
    it('by those who may read it, who get it with its versions, who is there, and the server’s clock', async () => {
      const answer = await join(await connect(org.agent), id.toUpperCase());
      expect(answer).to.nested.include({ ok: true, 'data.session.id': id, 'data.session.versions.agenda': 1, 'data.now': now.toISOString() });
      expect(answer.data.present).to.have.lengthOf(1);
      expect(answer.data.present[0]).to.include({ id: org.agent.id, name: 'Ada Agent' });
    });

    it('by nobody else', async () => {
      for (const person of [org.colleague, org.otherLeader, org.stranger]) expect(await join(await connect(person))).to.nested.include({ ok: false, 'error.status': 404 });
      expect(await join(await connect(org.viewer))).to.nested.include({ ok: false, 'error.status': 403 });
    });

    it('not by what is no id: the answer names the field that was sent, and nobody is taken out of anything', async () => {
      const { visits } = world.app.ctx.liveSessions;
      const left: string[] = [];
      visits.leave = (_db, sessionId) => Promise.resolve(void left.push(sessionId));
      const socket = await connect(org.agent);
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
      await patch(org.leader, { discussionNotes: 'Began without you.' });
      expect(await join(await connect(org.agent))).to.nested.include({ 'data.session.discussionNotes': 'Began without you.', 'data.session.versions.discussionNotes': 1 });
    });
  });

  describe('shows who is there', () => {
    const names = (heard: ReturnType<typeof listen>): string[][] =>
      heard.filter(({ name }) => name === 'session:presence').map(({ payload }) => (payload as { present: { name: string }[] }).present.map(({ name }) => name));

    it('to everybody in it, a person in two tabs once, until the last of these goes', async () => {
      const leader = await connect(org.leader);
      await join(leader);
      const heard = listen(leader);
      const tabs = [await connect(org.agent), await connect(org.agent)];
      for (const tab of tabs) await join(tab);
      await until(() => names(heard).at(-1)?.length === 2);
      tabs[0]?.disconnect();
      expect(await tabs[1]?.emitWithAck('leave-session', { sessionId: id })).to.deep.equal({ ok: true, data: null });
      await until(() => names(heard).at(-1)?.length === 1);
      expect(names(heard).every((list) => new Set(list).size === list.length)).to.equal(true);
      expect(names(heard).at(-1)).to.deep.equal(['Lena Leader']);
    });

    it('to nobody outside', async () => {
      const leader = await connect(org.leader);
      const heard = listen(leader);
      await join(await connect(org.agent));
      await world.app.settled();
      expect(names(heard)).to.deep.equal([]);
    });

    it('without those whose process is gone', async () => {
      const leader = await connect(org.leader);
      await join(leader);
      const heard = listen(leader);
      await world.app.query(sql`insert into session_visits (session_id, socket_id, agent_id, process_id, seen_at) values (${id}, 'gone', ${org.agent.id}, gen_random_uuid(), clock_timestamp() - interval '31 seconds')`);
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
        const leader = await connect(org.leader);
        await join(leader);
        const heard = listen(leader);
        const elsewhere = io(second.url, { auth: { token: org.agent.token }, forceNew: true, reconnection: false });
        opened.push(elsewhere);
        expect((await elsewhere.emitWithAck('join-session', { sessionId: id })).data.present).to.have.lengthOf(2);
        await until(() => names(heard).at(-1)?.length === 2);
        await second.close();
        await until(() => names(heard).at(-1)?.length === 1);
      } finally {
        await ctx.close();
      }
    });

    it('also where the database has forgotten', async () => {
      const leader = await connect(org.leader);
      await join(leader);
      await world.app.query(sql`truncate session_visits`);
      await world.app.server.visits.beat();
      expect((await call(world.app, 'getCoachingSessionDocument', { as: org.leader, params: { id } })).body).to.nested.include({ 'present[0].name': 'Lena Leader' });
    });
  });

  describe('is left', () => {
    it('by whoever may not read it any more, told so; and by nobody else', async () => {
      const [agent, leader] = [await connect(org.agent), await connect(org.leader)];
      for (const socket of [agent, leader]) await join(socket);
      const [gone, stays] = [listen(agent), listen(leader)];
      await call(world.app, 'updateCoachingSession', { as: org.leader, params: { id }, body: { agentId: org.colleague.id } });
      await until(() => gone.some(({ name }) => name === 'room:left'));
      expect(gone.find(({ name }) => name === 'room:left')?.payload).to.deep.equal({ room: `session:${id}`, reason: 'no_access' });
      await until(() => stays.some(({ name, payload }) => name === 'session:presence' && (payload as { present: unknown[] }).present.length === 1));
      expect(stays.map(({ name }) => name)).to.not.include('room:left');
      expect(await update(agent, { discussionNotes: 'x' })).to.nested.include({ ok: false, 'error.status': 404 });
    });

    it('by a leader whose team it is no longer about', async () => {
      const leader = await connect(org.leader);
      await join(leader);
      const heard = listen(leader);
      // The session was scheduled by the manager, so the leader reads it as the leader of the team alone.
      await call(world.app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { leaderIds: [] } });
      await until(() => heard.some(({ name }) => name === 'room:left'));
      await call(world.app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { leaderIds: [org.leader.id] } });
    });

    it('as often as one likes, and not without saying which', async () => {
      const socket = await connect(org.agent);
      expect(await socket.emitWithAck('leave-session', { sessionId: id })).to.deep.equal({ ok: true, data: null });
      expect(await socket.emitWithAck('leave-session', {})).to.nested.include({ ok: false, 'error.status': 400, 'error.details[0].path': '/body/sessionId' });
    });
  });

  describe('is written in', () => {
    it('durably once it is answered, and heard by everybody who may read it', async () => {
      const [leader, agent] = [await connect(org.leader), await connect(org.agent)];
      await join(leader);
      const heard = listen(agent);
      expect(await update(leader, { discussionNotes: 'Together.', engagementScore: 4, topicsCovered: ['Pace'] })).to.deep.equal({
        ok: true,
        data: { applied: { discussionNotes: 1, topicsCovered: 1, engagementScore: 1 }, refused: {} },
      });
      expect(await stored()).to.include({ discussionNotes: 'Together.', engagementScore: 4 });
      await world.app.settled();
      const event = heard.find(({ name }) => name === 'session:updated');
      expect(event?.payload).to.deep.include({ id, discussionNotes: 'Together.', topicsCovered: ['Pace'], engagementScore: 4 });
      expect((event?.payload as { versions: object }).versions).to.include({ discussionNotes: 1 });
    });

    it('field by field: what somebody else wrote since is refused with what it says now', async () => {
      const [leader, agent] = [await connect(org.leader), await connect(org.agent)];
      for (const socket of [leader, agent]) await join(socket);
      await update(agent, { discussionNotes: 'From the agent.' });
      const answer = await update(leader, { discussionNotes: 'From the leader.', summary: 'Short.' }, { discussionNotes: 0 });
      expect(answer.data).to.deep.equal({ applied: { summary: 1 }, refused: { discussionNotes: { value: 'From the agent.', version: 1 } } });
      expect(await stored()).to.include({ discussionNotes: 'From the agent.', summary: 'Short.' });
      expect((await update(leader, { discussionNotes: 'From the agent. And the leader.' }, { discussionNotes: 1 })).data.applied).to.deep.equal({ discussionNotes: 2 });
    });

    it('without versions, on what was last sent to the socket: by the join, an event, an answer or a refusal', async () => {
      const [leader, agent] = [await connect(org.leader), await connect(org.agent)];
      const applied = async (socket: Socket, text: string) => Object.keys((await update(socket, { discussionNotes: text })).data.applied).length === 1;
      await join(leader);
      expect(await applied(leader, 'By the join.')).to.equal(true);
      expect(await applied(leader, 'By the answer.')).to.equal(true);
      await world.app.settled();
      // The agent has not joined, but has heard of it.
      expect(await applied(agent, 'By an event.')).to.equal(true);
      await world.app.settled();
      const late = await connect(org.manager);
      expect(await applied(late, 'By nothing.')).to.equal(false);
      expect(await applied(late, 'By the refusal.')).to.equal(true);
    });

    it('in turn by one socket, which need not wait for the answers', async () => {
      const socket = await connect(org.leader);
      void join(socket);
      const answers = await Promise.all(['O', 'On', 'One'].map((summary) => update(socket, { summary })));
      expect(answers.map(({ data }) => data.applied)).to.deep.equal([{ summary: 1 }, { summary: 2 }, { summary: 3 }]);
    });

    it('once under its name, whatever the socket has heard meanwhile', async () => {
      const [socket, other] = [await connect(org.leader), await connect(org.agent)];
      const message = { sessionId: id, updates: { discussionNotes: 'Once.' }, clientRequestId: 'notes-1' };
      const first = await socket.emitWithAck('session:update', message);
      await world.app.settled();
      expect(Object.keys((await update(other, { discussionNotes: 'Twice.' })).data.applied)).to.have.lengthOf(1);
      await world.app.settled();
      expect(await socket.emitWithAck('session:update', message)).to.deep.equal(first);
      expect(await stored()).to.include({ discussionNotes: 'Twice.' });
    });

    it('over HTTP just the same; a field without a version was never seen', async () => {
      expect((await patch(org.leader, { summary: 'One' })).body).to.deep.equal({ applied: { summary: 1 }, refused: {} });
      expect((await patch(org.leader, { summary: 'Two' })).body).to.deep.equal({ applied: {}, refused: { summary: { value: 'One', version: 1 } } });
      expect((await patch(org.leader, { summary: 'One' })).body, 'it says so already').to.deep.equal({ applied: { summary: 1 }, refused: {} });
    });

    it('on what a step, an agenda point or a change wrote as well', async () => {
      await call(world.app, 'addAgendaPoint', { as: org.agent, params: { id }, body: { title: 'My question' } });
      const { agenda, versions } = await stored();
      expect([agenda.length, versions.agenda]).to.deep.equal([2, 2]);
      const answer = await patch(org.leader, { agenda: [agenda[0]].map(({ addedBy: _by, ...point }: { addedBy: number }) => point) }, { agenda: 1 });
      expect(answer.body).to.nested.include({ 'refused.agenda.version': 2 });
    });

    it('with points that keep who put them there', async () => {
      const { agenda } = await stored();
      const answer = await patch(org.leader, { agenda: [{ id: agenda[0].id, title: 'Closing, again', covered: true }, { title: 'Tone' }] }, { agenda: 1 });
      expect(answer.body).to.deep.equal({ applied: { agenda: 2 }, refused: {} });
      const after = (await stored())['agenda'];
      expect(after).to.have.lengthOf(2);
      expect(after[0]).to.include({ id: agenda[0].id, addedBy: agenda[0].addedBy, title: 'Closing, again', covered: true });
      expect(after[1]).to.include({ title: 'Tone', addedBy: org.leader.id, source: 'leader', covered: false });
    });

    it('by whom it is about: the notes, and points of their own', async () => {
      const { agenda } = await stored();
      const point = { id: agenda[0].id, title: agenda[0].title };
      expect((await patch(org.agent, { discussionNotes: 'Mine as well.' })).status).to.equal(200);
      expect((await patch(org.agent, { agenda: [point, { title: 'My question', source: 'leader' }] }, { agenda: 1 })).status).to.equal(200);
      expect((await stored())['agenda'][1]).to.include({ addedBy: org.agent.id, source: 'agent' });
      for (const updates of [{ engagementScore: 5 }, { commitments: [] }, { agenda: [{ ...point, title: 'Another' }] }, { agenda: [{ title: 'Only mine' }] }]) {
        const refused = await patch(org.agent, updates, { agenda: 2 });
        expect([refused.status, (refused.body as { code: string }).code], JSON.stringify(updates)).to.deep.equal([403, 'not_your_field']);
      }
    });

    it('while it is prepared by its facilitator, and by whom it is about in the agenda alone', async () => {
      id = await world.sessionIn('preparing', org.agent.id);
      expect((await patch(org.leader, { focusMetrics: ['csat'] })).status).to.equal(200);
      expect((await patch(org.agent, { agenda: [{ title: 'My question' }] })).status).to.equal(200);
      expect((await patch(org.agent, { discussionNotes: 'Early.' })).status).to.equal(403);
    });

    it('no longer once it is over, which names the state', async () => {
      await call(world.app, 'completeCoachingSession', { as: org.leader, params: { id }, body: {} });
      const refused = await update(await connect(org.leader), { summary: 'Late.' });
      expect(refused).to.nested.include({ ok: false, 'error.status': 409, 'error.code': 'wrong_state' });
      expect(JSON.stringify(refused.error)).to.include('completed');
    });

    it('as the contract has it alone', async () => {
      const socket = await connect(org.leader);
      for (const message of [{}, { sessionId: id }, { sessionId: id, updates: {} }, { sessionId: id, updates: { status: 'completed' } }, { sessionId: id, updates: { engagementScore: 0 } }, { sessionId: id, updates: { summary: 'x' }, versions: 3 }, { sessionId: id, updates: { summary: 'x' }, versions: { summary: -1 } }]) {
        expect(await socket.emitWithAck('session:update', message), JSON.stringify(message)).to.nested.include({ ok: false, 'error.status': 400 });
      }
    });
  });

  it('is joined and written over long polling as well', async () => {
    const socket = io(world.app.url, { auth: { sessionId: org.leader.token }, transports: ['polling'], forceNew: true, reconnection: false });
    opened.push(socket);
    const heard = listen(socket);
    expect((await join(socket)).ok).to.equal(true);
    expect((await update(socket, { summary: 'Without a WebSocket.' })).data.applied).to.deep.equal({ summary: 1 });
    await until(() => heard.some(({ name, payload }) => name === 'session:updated' && (payload as { summary: string }).summary === 'Without a WebSocket.'));
    expect(socket.io.engine.transport.name).to.equal('polling');
  });

  it('takes actions on the spot, which are its own', async () => {
    const leader = await connect(org.leader);
    const heard = listen(await connect(org.agent));
    const answer = await leader.emitWithAck('actionItem:create', { agentId: String(org.agent.id), title: 'Practise the closing', dueDate: '2031-01-01T00:00:00Z', priority: 'MEDIUM', category: 'Closing', sessionId: id });
    expect(answer).to.nested.include({ ok: true, 'data.sessionId': id });
    await world.app.settled();
    expect(heard.find(({ name }) => name === 'actionItem:created')?.payload).to.include({ sessionId: id });
  });

  describe('does not flood', () => {
    it('the outbox: of many edits in a row the last one is kept, which whoever comes back hears', async () => {
      const agent = await connect(org.agent);
      const { data } = await agent.emitWithAck('resume', {});
      agent.disconnect();
      const written = () => world.app.query(sql<{ n: number; open: number }>`select count(*)::int as n, count(*) filter (where published_at is null)::int as open from outbox where type = 'session:updated' and aggregate_id = ${id} and audience ? 'passing'`);
      for (let i = 1; i <= 12; i++) {
        await patch(org.leader, { summary: `Sentence ${i}.` }, { summary: i - 1 });
        await until(async () => (await written())[0]?.open === 0);
      }
      expect((await written())[0]?.n).to.equal(1);
      const back = await connect(org.agent);
      const heard = listen(back);
      await back.emitWithAck('resume', { seq: data.seq });
      expect(heard.filter(({ name }) => name === 'session:updated').map(({ payload }) => (payload as { summary: string }).summary)).to.deep.equal(['Sentence 12.']);
    });

    it('the priority queue: only steps concern it', async () => {
      await patch(org.leader, { summary: 'While it is held.' });
      await call(world.app, 'completeCoachingSession', { as: org.leader, params: { id }, body: {} });
      const events = await world.app.query(sql<Pick<StoredEvent, 'type' | 'payload' | 'audience'>>`select type, payload, audience from outbox where type = 'session:updated' and aggregate_id = ${id} order by position desc limit 2`);
      expect(events.map(concernOf)).to.deep.equal([{ agentIds: [org.agent.id] }, undefined]);
    });

    it('the audit log: what somebody writes in one go is one entry, with what it was before and is after', async () => {
      const entries = () => world.app.query(sql<{ actor: string; before: object; after: Record<string, unknown> }>`select actor_id as actor, before, after from audit_log where action = 'session.write' and target_id = ${id} order by at`);
      const from = now.toISOString();
      for (let i = 1; i <= 3; i++) {
        now = new Date(now.getTime() + 60_000);
        await patch(org.leader, { summary: `Sentence ${i}.`, engagementScore: i }, { summary: i - 1, engagementScore: i - 1 });
      }
      await patch(org.agent, { discussionNotes: 'Mine.' });
      const close = () => world.app.ctx.liveSessions.edits.closeFinished();
      await close();
      expect(await entries()).to.deep.equal([]);
      now = new Date(now.getTime() + 121_000);
      await close();
      await close();
      const found = await entries();
      expect(found.map(({ actor }) => actor).sort()).to.deep.equal([String(org.leader.id), String(org.agent.id)].sort());
      const leaders = found.find(({ actor }) => actor === String(org.leader.id));
      expect(leaders?.before).to.deep.equal({ summary: '', engagementScore: null });
      expect(leaders?.after).to.include({ summary: 'S*** (11)', engagementScore: 3, writes: 3 });
      expect(Date.parse(String(leaders?.after['from'])) - Date.parse(from)).to.equal(60_000);
    });

    it('and a new entry begins after ten minutes without a pause', async () => {
      for (let i = 1; i <= 12; i++) {
        await patch(org.leader, { engagementScore: (i % 5) + 1 }, { engagementScore: i - 1 });
        now = new Date(now.getTime() + 60_000);
      }
      const [entry] = await world.app.query(sql<{ after: { writes: number } }>`select after from audit_log where action = 'session.write' and target_id = ${id}`);
      expect(entry?.after.writes).to.equal(10);
    });
  });

  it('counts a field that is written past everything, so that nobody overwrites it unseen', async () => {
    await world.app.query(sql`update coaching_sessions set summary = 'By hand' where id = ${id}`);
    expect((await patch(org.leader, { summary: 'Mine' }, { summary: 0 })).body).to.deep.equal({ applied: {}, refused: { summary: { value: 'By hand', version: 1 } } });
  });

  it('is read again over HTTP for nothing while nothing has changed', async () => {
    const read = (headers: Record<string, string> = {}) => call(world.app, 'getCoachingSessionDocument', { as: org.agent, params: { id }, headers });
    const first = await read();
    const tag = first.headers.get('ETag') ?? '';
    expect((await read({ 'If-None-Match': tag })).status).to.equal(304);
    const leader = await connect(org.leader);
    await join(leader);
    const second = await read({ 'If-None-Match': tag });
    expect(second.body).to.nested.include({ 'present[0].id': org.leader.id });
    await update(leader, { summary: 'x' });
    expect((await read({ 'If-None-Match': second.headers.get('ETag') ?? '' })).body).to.nested.include({ 'session.summary': 'x' });
  });
});
