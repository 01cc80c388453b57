import { expect } from 'chai';
import type { components } from '../http/contract.types.ts';
import { call } from '../../test/harness/calls.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

type Session = components['schemas']['CoachingSession'];

describe('where sessions come from', () => {
  let world: World;

  before(async () => {
    world = await startWorld('session_origins');
  });
  after(() => world.close());

  /** A time nobody has a session at yet. */
  const slot = (): string => new Date(Date.UTC(2031, 0, 1) + world.next() * 86_400_000).toISOString();
  const schedule = (body: object) => call(world.app, 'scheduleCoachingSession', { as: world.org.leader, body: { agentId: world.org.agent.id, scheduledAt: slot(), ...body } });
  const scheduled = async (body: object): Promise<Session> => {
    const answer = await schedule(body);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body as Session;
  };
  const request = async (id: string) => (await call(world.app, 'getSessionRequest', { as: world.org.agent, params: { id } })).body as components['schemas']['SessionRequest'];

  it('a template says how long, what about and by which figures, as far as nothing else is said', async () => {
    const { admin, otherLeader, otherTeam } = world.org;
    const { templates } = world.app.ctx;
    const { id } = await templates.create(await world.principal(admin), {
      kind: 'session', name: 'Fortnightly', durationMinutes: 45, agenda: [{ title: 'What went well' }, { title: 'One thing to try', detail: 'A small one.' }], focusMetrics: ['fcr'],
    });
    const session = await scheduled({ templateId: id });
    expect(session).to.deep.include({ templateId: id, durationMinutes: 45, focusMetrics: ['fcr'] });
    expect(session.agenda.map(({ title, detail, source, refId }) => ({ title, detail, source, refId }))).to.deep.equal([
      { title: 'What went well', detail: null, source: 'template', refId: id },
      { title: 'One thing to try', detail: 'A small one.', source: 'template', refId: id },
    ]);
    const own = await scheduled({ templateId: id, durationMinutes: 20, agenda: [{ title: 'Only this' }], focusMetrics: [] });
    expect(own).to.deep.include({ durationMinutes: 20, focusMetrics: [] });
    expect(own.agenda.map(({ title, source }) => ({ title, source }))).to.deep.equal([{ title: 'Only this', source: 'leader' }]);
    const theirs = await templates.create(await world.principal(otherLeader), { kind: 'agenda', name: 'Green', teamId: otherTeam.id, agenda: [{ title: 'x' }] });
    expect((await schedule({ templateId: theirs.id })).body).to.include({ status: 422, code: 'unknown_template' });
  });

  it('a request is answered by the session, and its topic is on the agenda as of whoever asked', async () => {
    const { agent, colleague } = world.org;
    const id = await world.sessionRequest(agent.id);
    const { topic } = await request(id);
    expect((await schedule({ agentId: colleague.id, requestId: id })).body).to.include({ status: 422, code: 'unknown_request' });
    const session = await scheduled({ requestId: id, agenda: [{ title: 'Something else' }] });
    expect(session.agenda.map((point) => ({ title: point.title, source: point.source, addedBy: point.addedBy }))).to.deep.equal([
      { title: topic, source: 'agent', addedBy: agent.id },
      { title: 'Something else', source: 'leader', addedBy: world.org.leader.id },
    ]);
    expect(await request(id)).to.include({ status: 'scheduled', sessionId: session.id });
    expect((await schedule({ requestId: id })).body).to.include({ status: 409, code: 'wrong_state' });
  });

  it('a request waits for an answer again when its session is called off, by whomever', async () => {
    const { agent, manager } = world.org;
    const id = await world.sessionRequest(agent.id);
    const session = await scheduled({ requestId: id });
    await call(world.app, 'cancelCoachingSession', { as: manager, params: { id: session.id }, body: { reason: 'Ill.' } });
    expect(await request(id)).to.include({ status: 'open', sessionId: null, answeredAt: null, isLate: false });
    expect((await scheduled({ requestId: id })).requestId).to.equal(id);
  });

  it('goals are those of whoever attends', async () => {
    const { agent, colleague } = world.org;
    const [mine, other] = [await world.goal(agent.id), await world.goal(colleague.id)];
    const session = await scheduled({ goalIds: [mine] });
    expect((await call(world.app, 'getGoal', { as: agent, params: { id: mine } })).body).to.have.nested.property('sessions[0].id', session.id);
    expect((await schedule({ goalIds: [mine, other] })).body).to.include({ status: 422, code: 'unknown_goal' });
    const changed = await call(world.app, 'updateCoachingSession', { as: world.org.leader, params: { id: session.id }, body: { goalIds: [other] } });
    expect(changed.body).to.include({ status: 422, code: 'unknown_goal' });
  });
});
