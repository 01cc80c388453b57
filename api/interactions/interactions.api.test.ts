import { expect } from 'chai';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import { systemPrincipal } from '../auth/principal.ts';

describe('interactions over HTTP', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let ids: string[];

  before(async () => {
    app = await startTestApp('interactions');
    org = await app.people.organisation();
    const same = '2026-03-02T09:00:00Z';
    const rows: TestInteraction[] = [
      ...Array.from({ length: 7 }, () => ({ agentId: org.agent.id, startedAt: same, rating: 4 })),
      { agentId: org.agent.id, startedAt: '2026-03-03T09:00:00.123Z', channel: 'chat', outcome: 'abandoned' },
      { agentId: org.colleague.id, startedAt: '2026-03-04T09:00:00Z', waitSeconds: 4 },
      { agentId: org.stranger.id, startedAt: '2026-03-05T09:00:00Z' },
      { agentId: null, teamId: org.team.id, startedAt: '2026-03-06T09:00:00Z', outcome: 'abandoned' },
      { agentId: null, startedAt: '2026-03-07T09:00:00Z', outcome: 'abandoned' },
    ];
    ids = await app.ctx.uow.write(systemPrincipal('test'), (tx) => insertInteractions(tx, rows));
  });
  after(() => app.close());

  const list = (token: string, query = '') => app.request(token).get(`/api/interactions${query}`);

  it('shows everybody theirs: managers all, leaders their teams, agents their own, viewers none', async () => {
    const totals = async (token: string) => (await list(token).expect(200)).body.meta.total as number;
    expect(await totals(org.admin.token)).to.equal(12);
    expect(await totals(org.manager.token)).to.equal(12);
    expect(await totals(org.leader.token)).to.equal(10);
    expect(await totals(org.otherLeader.token)).to.equal(1);
    expect(await totals(org.agent.token)).to.equal(8);
    const refused = await list(org.viewer.token).expect(403);
    expect(refused.body.code).to.equal('role_not_allowed');
  });

  it('is 404 outside the scope, by id', async () => {
    const stranger = ids[9]!;
    for (const token of [org.leader.token, org.agent.token]) await app.request(token).get(`/api/interactions/${stranger}`).expect(404);
    const { body } = await app.request(org.otherLeader.token).get(`/api/interactions/${stranger}`).expect(200);
    expect(body).to.include({ id: stranger, agentId: org.stranger.id, agentName: 'Stella Stranger', channel: 'voice', outcome: 'answered', rating: null, businessDate: '2026-03-05', startedAt: '2026-03-05T09:00:00.000Z' });
    await app.request(org.admin.token).get('/api/interactions/01890000-0000-7000-8000-000000000000').expect(404);
  });

  it('filters by person, days, channel, outcome and what a metric counts', async () => {
    const total = async (query: string) => (await list(org.manager.token, query).expect(200)).body.meta.total as number;
    expect(await total(`?agentId=${org.agent.id}`)).to.equal(8);
    expect(await total('?from=2026-03-03&to=2026-03-04')).to.equal(2);
    expect(await total('?channel=chat')).to.equal(1);
    expect(await total('?outcome=abandoned')).to.equal(3);
    expect(await total('?open=true')).to.equal(0);
    expect(await total('?open=false')).to.equal(12);
    expect(await total('?metric=csat')).to.equal(7);
    expect(await total('?metric=avgResponseTime')).to.equal(1);
    expect(await total('?metric=handled')).to.equal(9);
    expect(await total('?metric=abandonment')).to.equal(12);
    expect(await total(`?teamId=${org.team.id}`)).to.equal(1);
    for (const query of ['?metric=occupancy', '?from=2026-03-02&to=2026-03-01', '?limit=501', '?cursor=!', '?cursor=bm90aGluZw']) {
      await list(org.manager.token, query).expect(400);
    }
  });

  it('pages through equal instants without losing or repeating a row', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: { data: { id: string }[]; meta: { nextCursor: string | null; total: number } } } =
        await list(org.manager.token, `?limit=3${cursor ? `&cursor=${cursor}` : ''}`).expect(200);
      expect(body.meta.total).to.equal(12);
      seen.push(...body.data.map((row) => row.id));
      cursor = body.meta.nextCursor;
    }
    expect(seen).to.have.length(12);
    expect([...seen].sort()).to.deep.equal([...ids].sort());
    expect(seen.slice(0, 5)).to.deep.equal([ids[11], ids[10], ids[9], ids[8], ids[7]]);
  });

  it('lends itself to notes: only an interaction of that person', async () => {
    const write = (interactionId: string) =>
      app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'COACHING', content: 'About this call.', interactionId });
    const { body } = await write(ids[0]!).expect(201);
    expect(body.interactionId).to.equal(ids[0]);
    const refused = await write(ids[8]!).expect(422);
    expect(refused.body.code).to.equal('unknown_interaction');
  });
});
