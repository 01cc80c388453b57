import { expect } from 'chai';
import type { Clock } from '../db/clock.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import type { components } from '../http/contract.types.ts';
import { call } from '../../test/harness/calls.ts';
import { listen } from '../../test/harness/listener.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

type SessionRequest = components['schemas']['SessionRequest'];

/** A Thursday in Greenwich, where nobody works; in Auckland, whose business it is, half past three on Friday. */
const THURSDAY = Date.parse('2027-03-25T14:30:00Z');
/** Midnight after the Wednesday. */
const DUE = '2027-03-31T11:00:00.000Z';

describe('requests for a session', () => {
  let world: World;
  let now = THURSDAY;
  const clock: Clock = { now: () => new Date(now) };

  before(async () => {
    world = await startWorld('session_requests', { BUSINESS_TIMEZONE: 'Pacific/Auckland' }, { clock });
  });
  after(() => world.close());
  beforeEach(() => {
    now = THURSDAY;
  });

  const ask = async (body: object = {}): Promise<SessionRequest> => {
    const answer = await call(world.app, 'createSessionRequest', { as: world.org.agent, body: { topic: 'Difficult callers', ...body } });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body as SessionRequest;
  };
  /** A session of the agent, as it is stored. */
  const session = async (): Promise<string> => {
    const id = newId();
    await world.app.query(sql`insert into coaching_sessions (id, agent_id, team_leader_id, scheduled_at) values (${id}, ${world.org.agent.id}, ${world.org.leader.id}, ${new Date(now + 86_400_000)})`);
    return id;
  };
  const outcome = (attempt: Promise<unknown>): Promise<unknown> => attempt.then(() => undefined, (error: unknown) => error);

  it('is due for an answer at the end of the third working day of the business, and late from then on', async () => {
    const request = await ask({ preferredTimes: ['2027-04-02T09:00:00+02:00', '2027-04-01T09:00:00Z'] });
    expect(request).to.deep.include({ answerDueAt: DUE, isLate: false, status: 'open', preferredTimes: ['2027-04-01T09:00:00.000Z', '2027-04-02T07:00:00.000Z'] });
    const [leader, agent] = [await world.principal(world.org.leader), await world.principal(world.org.agent)];
    const late = async () => (await world.app.ctx.sessionRequests.list(leader, { late: true }, 1, 100)).rows;
    expect(await late()).to.deep.equal([]);
    now = Date.parse(DUE);
    expect((await late()).map(({ id, isLate }) => ({ id, isLate }))).to.deep.equal([{ id: request.id, isLate: true }]);
    await world.app.ctx.sessionRequests.withdraw(agent, request.id);
    expect(await late()).to.deep.equal([]);
  });

  it('tells the person and those who lead them, and nobody else', async () => {
    const { leader, otherLeader, manager, agent, colleague } = world.org;
    const people = { leader, otherLeader, manager, agent, colleague };
    const heard = Object.fromEntries(await Promise.all(Object.entries(people).map(async ([name, person]) => [name, listen(await world.app.socket(person.token))] as const)));
    const request = await ask({ message: 'Two of them yesterday.' });
    await call(world.app, 'declineSessionRequest', { as: leader, params: { id: request.id }, body: { reason: 'On Monday anyway.' } });
    await world.app.settled();
    const told = Object.entries(heard).map(([name, events]) => [name, events.filter((event) => event.name === 'sessionRequest:updated').map((event) => (event.payload as SessionRequest).status)]);
    const both = ['open', 'declined'];
    expect(Object.fromEntries(told)).to.deep.equal({ leader: both, manager: both, agent: both, otherLeader: [], colleague: [] });
  });

  it('is answered by the session that is scheduled for it, once, and in the transaction of the scheduling', async () => {
    const { agent, leader, colleague } = world.org;
    const { sessionRequests, uow } = world.app.ctx;
    const by = await world.principal(leader);
    const request = await ask();
    const sessionId = await session();
    expect(await outcome(sessionRequests.schedule(by, request.id, { id: sessionId, attendeeIds: [colleague.id] }))).to.include({ status: 422, code: 'unknown_request' });
    const undone = await outcome(uow.write(by, async () => {
      await sessionRequests.schedule(by, request.id, { id: sessionId, attendeeIds: [agent.id] });
      throw new Error('the session was refused');
    }));
    expect(undone).to.have.property('message', 'the session was refused');
    expect(await sessionRequests.get(by, request.id)).to.include({ status: 'open', sessionId: null });
    await sessionRequests.schedule(by, request.id, { id: sessionId, attendeeIds: [agent.id] });
    expect(await sessionRequests.get(by, request.id)).to.deep.include({ status: 'scheduled', sessionId, answeredBy: { id: leader.id, name: 'Lena Leader' } });
    expect(await outcome(sessionRequests.schedule(by, request.id, { id: sessionId, attendeeIds: [agent.id] }))).to.include({ status: 409, code: 'wrong_state' });
  });

  it('is open before those that were answered, the most pressing first', async () => {
    const { sessionRequests } = world.app.ctx;
    const stranger = await world.principal(world.org.stranger);
    const asked = (topic: string, day: number) => {
      now = THURSDAY + day * 86_400_000;
      return sessionRequests.create(stranger, { topic });
    };
    await asked('second', 4);
    const gone = await asked('withdrawn', 0);
    await asked('first', 0);
    await sessionRequests.withdraw(stranger, gone.id);
    const { rows } = await sessionRequests.list(stranger, {}, 1, 10);
    expect(rows.map((request) => request.topic)).to.deep.equal(['first', 'second', 'withdrawn']);
  });

  /** Who was told what, from the notifications as they are stored. */
  const told = (requestId: string) => world.app.query(sql<{ to: number; type: string }>`
    select recipient_id as to, type from notifications where data ->> 'requestId' = ${requestId} order by created_at, recipient_id`);

  it('is told to the leaders, as is that it is late, once; and its answer to who asked', async () => {
    const { agent, leader } = world.org;
    const { sessionRequests } = world.app.ctx;
    const [by, asking] = [await world.principal(leader), await world.principal(agent)];
    now = Date.parse('2027-06-07T08:00:00Z');
    const request = await sessionRequests.create(asking, { topic: 'Late one' });
    await sessionRequests.reportLate();
    expect(await told(request.id)).to.deep.equal([{ to: leader.id, type: 'session_requested' }]);
    now = Date.parse(request.answerDueAt);
    await Promise.all([sessionRequests.reportLate(), sessionRequests.reportLate()]);
    expect((await told(request.id)).slice(1)).to.deep.equal([{ to: leader.id, type: 'session_request_late' }]);
    await sessionRequests.decline(by, request.id, 'Next month.');
    await sessionRequests.reportLate();
    expect((await told(request.id)).slice(2)).to.deep.equal([{ to: agent.id, type: 'session_request_declined' }]);
  });

  it('of somebody without a leader is told to managers', async () => {
    const { admin, manager, leader } = world.org;
    const id = await world.sessionRequest(leader.id);
    expect(await told(id)).to.deep.equal([{ to: manager.id, type: 'session_requested' }]);
    expect((await call(world.app, 'getSessionRequest', { as: admin, params: { id } })).status).to.equal(200);
  });

  it('is answered by one of two who answer at once', async () => {
    const request = await ask();
    const answers = await Promise.all([
      call(world.app, 'declineSessionRequest', { as: world.org.leader, params: { id: request.id }, body: { reason: 'No.' } }),
      call(world.app, 'withdrawSessionRequest', { as: world.org.agent, params: { id: request.id } }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 409]);
  });

  it('is due as soon as the team allows; what was asked before keeps its day', async () => {
    const { manager, team } = world.org;
    const before = await ask();
    const allow = async (change: object) => expect((await call(world.app, 'updateTeamSettings', { as: manager, params: { id: team.id }, body: { ...DEFAULT_TEAM_SETTINGS, ...change } })).status).to.equal(200);
    await allow({ requestDays: 1 });
    const { requestDays: _unknown, ...older } = DEFAULT_TEAM_SETTINGS;
    expect((await call(world.app, 'updateTeamSettings', { as: manager, params: { id: team.id }, body: older })).body, 'an older client does not undo it').to.have.nested.property('settings.requestDays', 1);
    expect((await ask()).answerDueAt).to.equal('2027-03-29T11:00:00.000Z');
    await allow({});
    expect((await call(world.app, 'getSessionRequest', { as: world.org.agent, params: { id: before.id } })).body).to.include({ answerDueAt: DUE });
    await world.noRequests(world.org.agent.id);
  });

  it('is one of ten at most that wait for an answer, however many are sent at once', async () => {
    const { colleague } = world.org;
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => call(world.app, 'createSessionRequest', { as: colleague, body: { topic: `Number ${n}` } })));
    expect(all.map(({ status }) => status).sort()).to.deep.equal([...Array<number>(10).fill(201), 409, 409]);
    expect(all.find(({ status }) => status === 409)!.body).to.include({ code: 'too_many_open' });
    await world.noRequests(colleague.id);
    expect((await call(world.app, 'createSessionRequest', { as: colleague, body: { topic: 'Again' } })).status).to.equal(201);
  });
});
