import { expect } from 'chai';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { until } from '../../test/harness/until.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers, type RunningWorkers } from '../../workers/run.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { jobs } from '../jobs.ts';
import type { TestPerson } from '../../test/harness/people.ts';

type Heard = { name: string; payload: Record<string, unknown> };

describe('what host systems tell of interactions', function () {
  this.timeout(20_000);
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let count = 0;

  before(async () => {
    app = await startTestApp('recording');
    org = await app.people.organisation();
  });
  after(() => app.close());

  const MINUTE = 60_000;
  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
  const report = (more: object = {}) => ({ source: 'desk', externalId: `t-${++count}`, channel: 'ticket', startedAt: ago(10), outcome: 'open', ...more });
  const tell = async (body: object, status = 200, by: TestPerson = org.manager) => (await app.request(by.token).post('/api/interactions').send(body).expect(status)).body;
  const read = async (id: string) => (await app.request(org.manager.token).get(`/api/interactions/${id}`).expect(200)).body;
  const agent = async (id: number) => (await app.request(org.manager.token).get(`/api/agents/${id}`).expect(200)).body;
  const activity = async (id: number): Promise<{ type: string; description: string; timestamp: string }[]> => (await app.request(org.manager.token).get(`/api/agents/${id}/activity`).expect(200)).body;
  const events = async (type: string, after: number) =>
    app.query(sql<{ payload: Record<string, unknown> }>`select payload from outbox where type = ${type} and position > ${after} order by position`);
  const position = async () => (await app.query(sql<{ n: number }>`select coalesce(max(position), 0)::int as n from outbox`))[0]!.n;
  const listen = async (person: TestPerson): Promise<Heard[]> => {
    const heard: Heard[] = [];
    (await app.socket(person.token)).onAny((name: string, payload: Record<string, unknown>) => heard.push({ name, payload }));
    return heard;
  };

  it('is one interaction from its opening to the rating days later', async () => {
    const key = { source: 'desk', externalId: 'life' };
    const opened = await tell({ ...key, channel: 'chat', startedAt: ago(3), outcome: 'open', agent: { username: org.agent.username.toUpperCase() }, queue: 'Billing', customerRef: 'C-1' });
    expect(opened).to.deep.include({ created: 1, updated: 0, unchanged: 0, errors: [] });
    const { id } = opened.interactions[0];
    expect(await agent(org.agent.id)).to.include({ currentTickets: 1 });
    await tell({ ...key, outcome: 'answered', waitSeconds: 20, talkSeconds: 120 });
    await tell({ ...key, acwSeconds: 15, resolved: true });
    expect(await tell({ ...key, rating: 10, ratingScale: '0-10' })).to.include({ created: 0, updated: 1 });
    expect(await read(id)).to.include({
      ...key, agentId: org.agent.id, teamId: org.team.id, channel: 'chat', direction: 'inbound', queue: 'Billing', customerRef: 'C-1', outcome: 'answered', waitSeconds: 20,
      talkSeconds: 120, acwSeconds: 15, resolved: true, rating: 5, ratingOriginal: '10', ratingScale: '0-10', precision: 'second', version: 4,
    });
    expect(await agent(org.agent.id)).to.include({ currentTickets: 0 });
    expect((await activity(org.agent.id)).filter(({ type }) => type !== 'login').map(({ type, description }) => `${type}: ${description}`)).to.have.members([
      'ticket_resolved: Chat life resolved', 'message_sent: Chat life answered', 'ticket_assigned: Chat life assigned',
    ]);
  });

  it('takes what comes late in its place, and says so', async () => {
    const one = report();
    const { interactions } = await tell({ ...one, updatedAt: ago(5), outcome: 'answered', talkSeconds: 60 });
    expect(await tell({ ...one, updatedAt: ago(8), queue: 'Late' })).to.include({ updated: 1 });
    expect(await tell({ ...one, updatedAt: ago(7), outcome: 'open', queue: 'Later' })).to.include({ updated: 1 });
    expect(await tell({ ...one, updatedAt: ago(9), outcome: 'open', queue: 'First' })).to.include({ unchanged: 1 });
    expect(await read(interactions[0].id)).to.include({ outcome: 'answered', queue: 'Later', talkSeconds: 60, version: 3 });
  });

  it('comes from a host system by its key, about people by their ids there', async () => {
    const by = systemPrincipal('test');
    const { key } = await app.ctx.keys.create(by, { name: 'Help desk', scopes: ['interactions:write'] });
    await app.ctx.identities.create(by, org.stranger.id, { system: 'zendesk', externalId: 'Z-1' });
    const named = (system: string, externalId: string) => report({ agent: { system, externalId }, outcome: 'answered' });
    const { body } = await app.request(key).post('/api/interactions').send({ interactions: [named('zendesk', 'Z-1'), named('zendesk', 'z-1'), named('genesys', 'Z-1')] }).expect(200);
    expect(body).to.include({ created: 1 });
    expect(body.errors.map((error: { index: number }) => error.index)).to.deep.equal([1, 2]);
    expect(await read(body.interactions[0].id)).to.include({ agentId: org.stranger.id, teamId: org.otherTeam.id });
    const [entry] = await app.query(sql<{ who: string }>`select actor_type as who from audit_log where action = 'interactions.record' order by at desc limit 1`);
    expect(entry?.who).to.equal('key');
  });

  it('changes nothing when it is told again', async () => {
    const many = Array.from({ length: 5 }, () => report({ agentId: org.agent.id, outcome: 'answered', rating: 4 }));
    await tell({ interactions: many });
    const [before, from] = [await app.query(sql`select id, version, updated_at from interactions order by id`), await position()];
    expect(await tell({ interactions: many })).to.deep.include({ created: 0, updated: 0, unchanged: 5, errors: [] });
    expect(await app.query(sql`select id, version, updated_at from interactions order by id`)).to.deep.equal(before);
    expect(await position()).to.equal(from);
  });

  it('takes the good ones of many and names what is wrong with the others', async () => {
    const good = report();
    const answer = await tell({
      interactions: [
        good, { ...report(), channel: 'pigeon' }, 5 as never, { ...report(), agentId: 2_000_000_000 }, { source: 'desk', externalId: 'unknown', rating: 3 }, { ...good, outcome: 'answered' },
        { ...report(), teamId: '018f0000-0000-7000-8000-000000000000' }, { ...report(), surprise: 1 }, { ...report(), agent: { email: 'nobody@example.test' } }, { channel: 'voice' },
      ].filter((one) => typeof one === 'object'),
    });
    expect(answer).to.include({ created: 1, updated: 1, unchanged: 0 });
    expect(answer.interactions.map((one: { index: number; result: string }) => [one.index, one.result])).to.deep.equal([[0, 'created'], [4, 'updated']]);
    const paths = answer.errors.map((error: { index: number; details: { path: string }[] }) => [error.index, error.details.map(({ path }) => path)]);
    expect(paths).to.deep.equal([
      [1, ['/body/interactions/1/channel']], [2, ['/body/interactions/2/agentId']],
      [3, ['/body/interactions/3/channel', '/body/interactions/3/startedAt', '/body/interactions/3/outcome']],
      [5, ['/body/interactions/5/teamId']], [6, ['/body/interactions/6/surprise']], [7, ['/body/interactions/7/agent']],
      [8, ['/body/interactions/8/source', '/body/interactions/8/externalId']],
    ]);
    expect(answer.errors[3].externalId).to.be.a('string');
    expect(answer.errors[6].externalId).to.equal(null);
  });

  it('refuses a single one whole, in terms of what it looks like', async () => {
    const wrong = await tell({ ...report(), channel: 'pigeon' }, 400);
    expect(wrong.details.map(({ path }: { path: string }) => path)).to.deep.equal(['/body/channel']);
    const many = await tell({ interactions: [] }, 400);
    expect(many.details.map(({ path }: { path: string }) => path)).to.deep.equal(['/body/interactions']);
    await tell({ interactions: Array.from({ length: 1001 }, () => ({})) }, 400);
    const nobody = await tell({ ...report(), agentId: 2_000_000_000 }, 422);
    expect(nobody).to.deep.include({ code: 'interaction_refused', details: [{ path: '/body/agentId', message: 'is nobody here', code: 'unknown_agent' }] });
  });

  it('passes open work from one person to the next, and tells those who may know', async () => {
    const heard = { leader: await listen(org.leader), agent: await listen(org.agent), colleague: await listen(org.colleague), otherLeader: await listen(org.otherLeader), viewer: await listen(org.viewer) };
    const from = await position();
    const one = report({ agentId: org.agent.id });
    await tell(one);
    await tell({ source: one.source, externalId: one.externalId, agentId: org.colleague.id });
    expect([(await agent(org.agent.id)).currentTickets, (await agent(org.colleague.id)).currentTickets]).to.deep.equal([0, 1]);
    await tell({ source: one.source, externalId: one.externalId, agentId: org.stranger.id });
    await tell({ source: one.source, externalId: one.externalId, agentId: null });
    expect([(await agent(org.colleague.id)).currentTickets, (await agent(org.stranger.id)).currentTickets]).to.deep.equal([0, 0]);
    const open = (await events('performance_update', from)).map(({ payload }) => [payload['agentId'], payload['metric'], payload['value']]);
    expect(open).to.deep.equal([
      [org.agent.id, 'currentTickets', 1], [org.agent.id, 'currentTickets', 0], [org.colleague.id, 'currentTickets', 1],
      [org.colleague.id, 'currentTickets', 0], [org.stranger.id, 'currentTickets', 1], [org.stranger.id, 'currentTickets', 0],
    ]);
    await app.settled();
    const changed = (list: Heard[]) => list.filter(({ name }) => name === 'interactions:changed').map(({ payload }) => payload['agentIds']);
    expect(changed(heard.leader)).to.deep.equal([[org.agent.id], [org.agent.id, org.colleague.id], [org.colleague.id]]);
    expect(changed(heard.agent)).to.deep.equal([[org.agent.id], [org.agent.id]]);
    expect(changed(heard.colleague)).to.deep.equal([[org.colleague.id], [org.colleague.id]]);
    // The last word: nobody has it, in the other team.
    expect(changed(heard.otherLeader)).to.deep.equal([[org.stranger.id], [org.stranger.id]]);
    expect(changed(heard.viewer)).to.deep.equal([]);
  });

  it('is one event per team, and no crowd of activities, for a thousand', async () => {
    const from = await position();
    const many = Array.from({ length: 1000 }, (_unused, n) => report({ agentId: [org.agent.id, org.stranger.id][n % 2], outcome: 'answered', resolved: true, talkSeconds: n }));
    expect(await tell({ interactions: many })).to.include({ created: 1000 });
    const changed = await events('interactions:changed', from);
    expect(changed.map(({ payload }) => payload['teamId'])).to.have.members([org.team.id, org.otherTeam.id]);
    expect(await events('agent_activity', from)).to.deep.equal([]);
    expect(await events('performance:stale', from)).to.have.length(1);
    const [row] = await app.query(sql<{ n: number }>`select count(*)::int as n from agent_activities where description like 'Ticket t-%' and type = 'ticket_resolved' and agent_id = ${org.stranger.id}`);
    expect(row?.n).to.equal(500);
  });

  it('puts activities where the host says they were, and those of a finished one at its end', async () => {
    const someone = (await app.people.create('cs', { teamId: org.team.id })).id;
    await tell(report({ agentId: someone, startedAt: '2026-03-02T09:00:00Z', waitSeconds: 60, talkSeconds: 240, outcome: 'answered', resolved: true }));
    const at = ago(2);
    const one = report({ agentId: someone });
    await tell(one);
    await tell({ source: one.source, externalId: one.externalId, updatedAt: at, resolved: true });
    const rows = await app.query(sql<{ type: string; at: string }>`select type, ${iso('timestamp')} as at from agent_activities where agent_id = ${someone} order by "timestamp", type`);
    expect(rows.map(({ type, at: when }) => [type, when])).to.deep.equal([
      ['message_sent', '2026-03-02T09:05:00.000Z'], ['ticket_resolved', '2026-03-02T09:05:00.000Z'], ['ticket_assigned', one.startedAt], ['ticket_resolved', at],
    ]);
  });

  it('stores each once when several tell of the same at the same moment', async () => {
    const shared = Array.from({ length: 30 }, () => report({ agentId: org.colleague.id }));
    const answers = await Promise.all(Array.from({ length: 6 }, (_unused, n) => tell({ interactions: n % 2 ? shared : shared.toReversed() })));
    expect(answers.reduce((total, answer) => total + answer.created, 0)).to.equal(30);
    expect(answers.every((answer) => answer.errors.length === 0 && answer.interactions.length === 30)).to.equal(true);
    expect((await agent(org.colleague.id)).currentTickets).to.equal(30);
    const behind = await app.request(org.leader.token).get(`/api/interactions?agentId=${org.colleague.id}&open=true`).expect(200);
    expect(behind.body.meta.total, 'the rows behind the figure').to.equal(30);
    await Promise.all(shared.map(({ source, externalId }) => tell({ source, externalId, outcome: 'answered' })));
    expect((await agent(org.colleague.id)).currentTickets).to.equal(0);
  });

  describe('with a worker at work', () => {
    let workers: RunningWorkers;
    before(() => {
      workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
    });
    after(() => workers.close());

    it('moves the figures, and tells of those that changed and of no others', async () => {
      const eve = await app.people.person('cs', { teamId: org.team.id, fullName: 'Eve Figures' });
      const heard = await listen(eve);
      const figures = () => heard.filter(({ name, payload }) => name === 'performance_update' && payload['agentId'] === eve.id && payload['metric'] !== 'onlineHoursToday').map(({ payload }) => [payload['metric'], payload['value']]);
      const one = report({ agentId: eve.id, channel: 'chat', startedAt: new Date().toISOString(), outcome: 'answered', waitSeconds: 30, resolved: true });
      await tell(one);
      await until(async () => (await agent(eve.id)).messagesHandledToday === 1);
      expect(await agent(eve.id)).to.include({ messagesHandledToday: 1, ticketsResolvedToday: 1, totalTicketsHandled: 1, avgResponseTime: 0.5, customerSatisfaction: null, currentTickets: 0 });
      await app.settled();
      expect(figures()).to.have.deep.members([['totalTicketsHandled', 1], ['avgResponseTime', 0.5], ['ticketsResolvedToday', 1], ['messagesHandledToday', 1]]);
      heard.length = 0;
      await tell({ source: one.source, externalId: one.externalId, rating: 2 });
      await until(async () => (await agent(eve.id)).customerSatisfaction === 2);
      await app.settled();
      expect(figures()).to.deep.equal([['customerSatisfaction', 2]]);
    });
  });
});
