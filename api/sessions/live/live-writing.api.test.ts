import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { sql } from '../../db/db.ts';
import type { StoredEvent } from '../../events/event.ts';
import { concernOf } from '../../priority-queue/priority-queue.events.ts';
import { call } from '../../../test/harness/calls.ts';
import { listen } from '../../../test/harness/listener.ts';
import { SessionRoom } from '../../../test/harness/session-room.ts';
import { until } from '../../../test/harness/until.ts';
import type { World } from '../../../test/harness/world.ts';

type Org = World['org'];

describe('What is written in a live session', function () {
  this.timeout(30_000);
  let room: SessionRoom;
  let world: World;
  let org: Org;

  before(async () => {
    room = await SessionRoom.start('live_writing');
    ({ world } = room);
    ({ org } = world);
  });
  after(() => world.close());
  beforeEach(() => room.renew());
  afterEach(() => room.leave());

  describe('is written in', () => {
    it('durably once it is answered, and heard by everybody who may read it', async () => {
      const [leader, agent] = [await room.connect(org.leader), await room.connect(org.agent)];
      await room.join(leader);
      const heard = listen(agent);
      expect(await room.update(leader, { discussionNotes: 'Together.', engagementScore: 4, topicsCovered: ['Pace'] })).to.deep.equal({
        ok: true,
        data: { applied: { discussionNotes: 1, topicsCovered: 1, engagementScore: 1 }, refused: {} },
      });
      expect(await room.stored()).to.include({ discussionNotes: 'Together.', engagementScore: 4 });
      await world.app.settled();
      const event = heard.find(({ name }) => name === 'session:updated');
      expect(event?.payload).to.deep.include({ id: room.id, discussionNotes: 'Together.', topicsCovered: ['Pace'], engagementScore: 4 });
      expect((event?.payload as { versions: object }).versions).to.include({ discussionNotes: 1 });
    });

    it('field by field: what somebody else wrote since is refused with what it says now', async () => {
      const [leader, agent] = [await room.connect(org.leader), await room.connect(org.agent)];
      for (const socket of [leader, agent]) await room.join(socket);
      await room.update(agent, { discussionNotes: 'From the agent.' });
      const answer = await room.update(leader, { discussionNotes: 'From the leader.', summary: 'Short.' }, { discussionNotes: 0 });
      expect(answer.data).to.deep.equal({ applied: { summary: 1 }, refused: { discussionNotes: { value: 'From the agent.', version: 1 } } });
      expect(await room.stored()).to.include({ discussionNotes: 'From the agent.', summary: 'Short.' });
      expect((await room.update(leader, { discussionNotes: 'From the agent. And the leader.' }, { discussionNotes: 1 })).data.applied).to.deep.equal({ discussionNotes: 2 });
    });

    it('without versions, on what was last sent to the socket: by the join, an event, an answer or a refusal', async () => {
      const [leader, agent] = [await room.connect(org.leader), await room.connect(org.agent)];
      const applied = async (socket: Socket, text: string) => Object.keys((await room.update(socket, { discussionNotes: text })).data.applied).length === 1;
      await room.join(leader);
      expect(await applied(leader, 'By the join.')).to.equal(true);
      expect(await applied(leader, 'By the answer.')).to.equal(true);
      await world.app.settled();
      // The agent has not joined, but has heard of it.
      expect(await applied(agent, 'By an event.')).to.equal(true);
      await world.app.settled();
      const late = await room.connect(org.manager);
      expect(await applied(late, 'By nothing.')).to.equal(false);
      expect(await applied(late, 'By the refusal.')).to.equal(true);
    });

    it('in turn by one socket, which need not wait for the answers', async () => {
      const socket = await room.connect(org.leader);
      void room.join(socket);
      const answers = await Promise.all(['O', 'On', 'One'].map((summary) => room.update(socket, { summary })));
      expect(answers.map(({ data }) => data.applied)).to.deep.equal([{ summary: 1 }, { summary: 2 }, { summary: 3 }]);
    });

    it('once under its name, whatever the socket has heard meanwhile', async () => {
      const [socket, other] = [await room.connect(org.leader), await room.connect(org.agent)];
      const message = { sessionId: room.id, updates: { discussionNotes: 'Once.' }, clientRequestId: 'notes-1' };
      const first = await socket.emitWithAck('session:update', message);
      await world.app.settled();
      expect(Object.keys((await room.update(other, { discussionNotes: 'Twice.' })).data.applied)).to.have.lengthOf(1);
      await world.app.settled();
      expect(await socket.emitWithAck('session:update', message)).to.deep.equal(first);
      expect(await room.stored()).to.include({ discussionNotes: 'Twice.' });
    });

    it('over HTTP just the same; a field without a version was never seen', async () => {
      expect((await room.patch(org.leader, { summary: 'One' })).body).to.deep.equal({ applied: { summary: 1 }, refused: {} });
      expect((await room.patch(org.leader, { summary: 'Two' })).body).to.deep.equal({ applied: {}, refused: { summary: { value: 'One', version: 1 } } });
      expect((await room.patch(org.leader, { summary: 'One' })).body, 'it says so already').to.deep.equal({ applied: { summary: 1 }, refused: {} });
    });

    it('on what a step, an agenda point or a change wrote as well', async () => {
      await call(world.app, 'addAgendaPoint', { as: org.agent, params: { id: room.id }, body: { title: 'My question' } });
      const { agenda, versions } = await room.stored();
      expect([agenda.length, versions.agenda]).to.deep.equal([2, 2]);
      const answer = await room.patch(org.leader, { agenda: [agenda[0]].map(({ addedBy: _by, ...point }: { addedBy: number }) => point) }, { agenda: 1 });
      expect(answer.body).to.nested.include({ 'refused.agenda.version': 2 });
    });

    it('with points that keep who put them there', async () => {
      const { agenda } = await room.stored();
      const answer = await room.patch(org.leader, { agenda: [{ id: agenda[0].id, title: 'Closing, again', covered: true }, { title: 'Tone' }] }, { agenda: 1 });
      expect(answer.body).to.deep.equal({ applied: { agenda: 2 }, refused: {} });
      const after = (await room.stored())['agenda'];
      expect(after).to.have.lengthOf(2);
      expect(after[0]).to.include({ id: agenda[0].id, addedBy: agenda[0].addedBy, title: 'Closing, again', covered: true });
      expect(after[1]).to.include({ title: 'Tone', addedBy: org.leader.id, source: 'leader', covered: false });
    });

    it('by whom it is about: the notes, and points of their own', async () => {
      const { agenda } = await room.stored();
      const point = { id: agenda[0].id, title: agenda[0].title };
      expect((await room.patch(org.agent, { discussionNotes: 'Mine as well.' })).status).to.equal(200);
      expect((await room.patch(org.agent, { agenda: [point, { title: 'My question', source: 'leader' }] }, { agenda: 1 })).status).to.equal(200);
      expect((await room.stored())['agenda'][1]).to.include({ addedBy: org.agent.id, source: 'agent' });
      for (const updates of [{ engagementScore: 5 }, { commitments: [] }, { agenda: [{ ...point, title: 'Another' }] }, { agenda: [{ title: 'Only mine' }] }]) {
        const refused = await room.patch(org.agent, updates, { agenda: 2 });
        expect([refused.status, (refused.body as { code: string }).code], JSON.stringify(updates)).to.deep.equal([403, 'not_your_field']);
      }
    });

    it('while it is prepared by its facilitator, and by whom it is about in the agenda alone', async () => {
      await room.renew('preparing');
      expect((await room.patch(org.leader, { focusMetrics: ['csat'] })).status).to.equal(200);
      expect((await room.patch(org.agent, { agenda: [{ title: 'My question' }] })).status).to.equal(200);
      expect((await room.patch(org.agent, { discussionNotes: 'Early.' })).status).to.equal(403);
    });

    it('no longer once it is over, which names the state', async () => {
      await call(world.app, 'completeCoachingSession', { as: org.leader, params: { id: room.id }, body: {} });
      const refused = await room.update(await room.connect(org.leader), { summary: 'Late.' });
      expect(refused).to.nested.include({ ok: false, 'error.status': 409, 'error.code': 'wrong_state' });
      expect(JSON.stringify(refused.error)).to.include('completed');
    });

    it('as the contract has it alone', async () => {
      const socket = await room.connect(org.leader);
      for (const message of [{}, { sessionId: room.id }, { sessionId: room.id, updates: {} }, { sessionId: room.id, updates: { status: 'completed' } }, { sessionId: room.id, updates: { engagementScore: 0 } }, { sessionId: room.id, updates: { summary: 'x' }, versions: 3 }, { sessionId: room.id, updates: { summary: 'x' }, versions: { summary: -1 } }]) {
        expect(await socket.emitWithAck('session:update', message), JSON.stringify(message)).to.nested.include({ ok: false, 'error.status': 400 });
      }
    });
  });

  it('counts a field that is written past everything, so that nobody overwrites it unseen', async () => {
    await world.app.query(sql`update coaching_sessions set summary = 'By hand' where id = ${room.id}`);
    expect((await room.patch(org.leader, { summary: 'Mine' }, { summary: 0 })).body).to.deep.equal({ applied: {}, refused: { summary: { value: 'By hand', version: 1 } } });
  });

  describe('does not flood', () => {
    it('the outbox: of many edits in a row the last one is kept, which whoever comes back hears', async () => {
      const agent = await room.connect(org.agent);
      const { data } = await agent.emitWithAck('resume', {});
      agent.disconnect();
      const written = () => world.app.query(sql<{ n: number; open: number }>`select count(*)::int as n, count(*) filter (where published_at is null)::int as open from outbox where type = 'session:updated' and aggregate_id = ${room.id} and audience ? 'passing'`);
      for (let i = 1; i <= 12; i++) {
        await room.patch(org.leader, { summary: `Sentence ${i}.` }, { summary: i - 1 });
        await until(async () => (await written())[0]?.open === 0);
      }
      expect((await written())[0]?.n).to.equal(1);
      const back = await room.connect(org.agent);
      const heard = listen(back);
      await back.emitWithAck('resume', { seq: data.seq });
      expect(heard.filter(({ name }) => name === 'session:updated').map(({ payload }) => (payload as { summary: string }).summary)).to.deep.equal(['Sentence 12.']);
    });

    it('the priority queue: only steps concern it', async () => {
      await room.patch(org.leader, { summary: 'While it is held.' });
      await call(world.app, 'completeCoachingSession', { as: org.leader, params: { id: room.id }, body: {} });
      const events = await world.app.query(sql<Pick<StoredEvent, 'type' | 'payload' | 'audience'>>`select type, payload, audience from outbox where type = 'session:updated' and aggregate_id = ${room.id} order by position desc limit 2`);
      expect(events.map(concernOf)).to.deep.equal([{ agentIds: [org.agent.id] }, undefined]);
    });

    it('the audit log: what somebody writes in one go is one entry, with what it was before and is after', async () => {
      const entries = () => world.app.query(sql<{ actor: string; before: object; after: Record<string, unknown> }>`select actor_id as actor, before, after from audit_log where action = 'session.write' and target_id = ${room.id} order by at`);
      const from = room.now.toISOString();
      for (let i = 1; i <= 3; i++) {
        room.pass(60_000);
        await room.patch(org.leader, { summary: `Sentence ${i}.`, engagementScore: i }, { summary: i - 1, engagementScore: i - 1 });
      }
      await room.patch(org.agent, { discussionNotes: 'Mine.' });
      const close = () => world.app.ctx.liveSessions.edits.closeFinished();
      await close();
      expect(await entries()).to.deep.equal([]);
      room.pass(121_000);
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
        await room.patch(org.leader, { engagementScore: (i % 5) + 1 }, { engagementScore: i - 1 });
        room.pass(60_000);
      }
      const [entry] = await world.app.query(sql<{ after: { writes: number } }>`select after from audit_log where action = 'session.write' and target_id = ${room.id}`);
      expect(entry?.after.writes).to.equal(10);
    });
  });
});
