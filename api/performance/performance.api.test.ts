import { expect } from 'chai';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { addDays } from './business-day.ts';
import { DEFAULT_TEAM_SETTINGS } from './team-settings.ts';

const BY = systemPrincipal('test');
/** Stands still, so that no test runs over midnight. */
const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);
const ago = (days: number): string => addDays(TODAY, -days);
/** Before whatever time it is now. */
const at = (days: number, second = 0): string => new Date(Date.parse(ago(days)) + second * 1000).toISOString();

interface Evidence {
  readonly kind: string;
  readonly href: string;
  readonly count: number;
}
interface Figure {
  readonly metric: string;
  readonly value: number | null;
  readonly n: number;
  readonly evidence: readonly Evidence[];
}

describe('performance over HTTP', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('performance', {}, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    await interact([
      { agentId: org.agent.id, startedAt: at(1), waitSeconds: 10, talkSeconds: 200, rating: 5, resolved: true },
      { agentId: org.agent.id, startedAt: at(1), waitSeconds: 50, talkSeconds: 100, rating: 4, resolved: false },
      { agentId: org.agent.id, startedAt: at(0), waitSeconds: 30, talkSeconds: 60 },
      { agentId: org.agent.id, startedAt: at(0), outcome: 'missed' },
      { agentId: org.stranger.id, startedAt: at(0) },
      { agentId: null, teamId: org.team.id, startedAt: at(0), outcome: 'abandoned' },
    ]);
  });
  after(() => app.close());

  async function interact(rows: readonly TestInteraction[]): Promise<void> {
    await app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, rows);
      const days = rows.filter((row) => row.agentId !== null).map((row) => ({ agentId: row.agentId!, date: row.startedAt.slice(0, 10) }));
      await app.ctx.recomputation.markStale(tx, days);
    });
    await app.ctx.recomputation.recomputeStaleDays();
  }
  const get = (token: string, path: string) => app.request(token).get(path);

  it('answers a bare array with one row per day, empty days included', async () => {
    const { body } = await get(org.leader.token, `/api/agents/${org.agent.id}/performance?from=${ago(2)}&to=${TODAY}`).expect(200);
    expect(body.map((day: { date: string }) => day.date)).to.deep.equal([ago(2), ago(1), TODAY]);
    expect(body[0]).to.include({ id: null, messagesHandled: 0, ticketsResolved: 0, avgResponseTime: null, customerSatisfaction: null, slaCompliance: null, origin: null, createdAt: null });
    expect(body[1]).to.include({ agentId: org.agent.id, messagesHandled: 2, ticketsResolved: 1, avgResponseTime: 0.5, customerSatisfaction: 4.5, slaCompliance: 50, aht: 150, origin: 'computed', serviceLevelSeconds: 20 });
    expect(body[2]).to.include({ messagesHandled: 1, customerSatisfaction: null, slaCompliance: 0 });
    expect(body[2].n).to.include({ interactions: 2, offered: 2, answered: 1, slaEligible: 2, ratings: 0, wait: 1 });
  });

  it('takes instants for the days they fall on', async () => {
    const { body } = await get(org.leader.token, `/api/agents/${org.agent.id}/performance?from=${ago(2)}T00:00:00.000Z&to=${TODAY}T10:00:00Z`).expect(200);
    expect(body.map((day: { date: string }) => day.date)).to.deep.equal([ago(2), ago(1), TODAY]);
  });

  it('gives the last 30 days by default, and as many before a given end', async () => {
    const days = await get(org.viewer.token, `/api/agents/${org.agent.id}/performance`).expect(200);
    expect([days.body.length, days.body[0].date, days.body[29].date]).to.deep.equal([30, ago(29), TODAY]);
    const earlier = await get(org.viewer.token, `/api/agents/${org.agent.id}/performance?to=2026-01-30`).expect(200);
    expect([earlier.body.length, earlier.body[0].date]).to.deep.equal([30, '2026-01-01']);
  });

  it('takes 90 days, and refuses 91, turned dates, dates that are none and unknown parameters', async () => {
    const path = `/api/agents/${org.agent.id}/performance`;
    const longest = await get(org.leader.token, `${path}?from=${addDays(TODAY, -89)}&to=${TODAY}`).expect(200);
    expect(longest.body).to.have.length(90);
    const refused = await get(org.leader.token, `${path}?from=${addDays(TODAY, -90)}&to=${TODAY}`).expect(400);
    expect(refused.body).to.nested.include({ code: 'invalid_period', 'details[0].path': '/query/from' });
    for (const query of ['from=2026-03-02&to=2026-03-01', 'from=2026-02-30', 'to=yesterday', 'since=2026-03-01']) {
      const { body } = await get(org.leader.token, `${path}?${query}`).expect(400);
      expect(body.details, query).to.have.length.greaterThan(0);
    }
  });

  it('is 404 for nobody, and hides figures from peers where the team wants it', async () => {
    await get(org.leader.token, '/api/agents/999999/performance').expect(404);
    await get(org.colleague.token, `/api/agents/${org.agent.id}/performance`).expect(200);
    const settings = (peerFigures: string) =>
      app.request(org.leader.token).put(`/api/teams/${org.team.id}/settings`).send({ ...DEFAULT_TEAM_SETTINGS, peerFigures }).expect(200);
    await settings('hidden');
    for (const view of ['performance', 'summary']) {
      const { body } = await get(org.colleague.token, `/api/agents/${org.agent.id}/${view}`).expect(403);
      expect(body.code).to.equal('figures_hidden');
      await get(org.agent.token, `/api/agents/${org.agent.id}/${view}`).expect(200);
      await get(org.viewer.token, `/api/agents/${org.agent.id}/${view}`).expect(200);
    }
    await settings('visible');
  });

  it('lets a computed row with interactions win over an imported one, and shows the imported one elsewhere', async () => {
    const imported = (date: string) =>
      app.ctx.uow.write(BY, (tx) => tx.run(sql`insert into agent_performance_metrics (agent_id, date, origin, messages_handled, customer_satisfaction, avg_response_time)
        values (${org.agent.id}, ${date}, 'imported', 40, 3.5, 2.25)`));
    await imported(ago(1));
    await imported(ago(60));
    const path = `/api/agents/${org.agent.id}/performance`;
    const { body: recent } = await get(org.leader.token, `${path}?from=${ago(1)}&to=${ago(1)}`).expect(200);
    expect(recent).to.have.length(1);
    expect(recent[0]).to.include({ origin: 'computed', messagesHandled: 2 });
    const { body: earlier } = await get(org.leader.token, `${path}?from=${ago(60)}&to=${ago(60)}`).expect(200);
    expect(earlier[0]).to.include({ origin: 'imported', messagesHandled: 40, customerSatisfaction: 3.5, avgResponseTime: 2.25 });
  });

  it('sums 28 days from sums, compares them, and leads to exactly the rows behind', async () => {
    const { body } = await get(org.leader.token, `/api/agents/${org.agent.id}/summary`).expect(200);
    expect(body).to.include({ agentId: org.agent.id, asOf: TODAY });
    expect([body.period.from, body.period.to]).to.deep.equal([ago(27), TODAY]);
    expect(body.performanceLevel).to.include({ level: null, sentence: 'No level yet: 3 interactions handled in 28 days, 20 are needed.' });
    const figures: Figure[] = body.period.figures;
    const figure = (metric: string) => figures.find((one) => one.metric === metric)!;
    expect(figure('csat')).to.include({ value: 4.5, n: 2, target: 4.4, meetsTarget: true, enough: false });
    expect(figure('avgResponseTime')).to.include({ value: 0.5, n: 3, meetsTarget: true });
    expect(figure('slaCompliance')).to.include({ value: 25, n: 4, meetsTarget: false });
    expect(figure('fcr')).to.include({ value: null, n: 0, meetsTarget: null });
    let followed = 0;
    for (const { metric, evidence } of [...figures, ...(body.today.figures as Figure[])]) {
      for (const { kind, href, count } of evidence) {
        const { body: rows } = await get(org.leader.token, href).expect(200);
        expect(kind === 'interactions' ? rows.meta.total : rows.length, `${metric} ${href}`).to.equal(count);
        followed++;
      }
    }
    expect(followed).to.be.greaterThan(12);
  });

  it('says when the next session is, to those whose business it is', async () => {
    const next = async (token: string) => (await get(token, `/api/agents/${org.agent.id}/summary`).expect(200)).body.nextSession as { id: string } | null;
    expect(await next(org.leader.token)).to.equal(null);
    const book = (minutes: number, status = 'scheduled') =>
      app.ctx.uow.write(BY, async (tx) => {
        const id = newId();
        await tx.run(sql`with s as (insert into coaching_sessions (id, agent_id, team_leader_id, status, scheduled_at)
          values (${id}, ${org.agent.id}, ${org.leader.id}, ${status}, ${new Date(NOW.getTime() + minutes * 60_000)}) returning id, agent_id)
          insert into session_attendees (session_id, agent_id) select id, agent_id from s`);
        return id;
      });
    await book(600);
    const soon = await book(60);
    await book(-31);
    await book(30, 'cancelled');
    for (const { token } of [org.leader, org.agent, org.manager]) {
      expect(await next(token)).to.deep.equal({ id: soon, scheduledAt: new Date(NOW.getTime() + 3_600_000).toISOString(), durationMinutes: 30, leaderName: 'Lena Leader' });
    }
    for (const { token } of [org.otherLeader, org.colleague, org.viewer]) expect(await next(token)).to.equal(null);
  });

  it('names no evidence to those who may not see the rows', async () => {
    for (const reader of [org.viewer, org.colleague, org.otherLeader]) {
      const { body } = await get(reader.token, `/api/agents/${org.agent.id}/summary`).expect(200);
      expect((body.period.figures as Figure[]).flatMap((one) => one.evidence)).to.deep.equal([]);
    }
    const own = await get(org.agent.token, `/api/agents/${org.agent.id}/summary`).expect(200);
    const csat = (own.body.period.figures as Figure[]).find((one) => one.metric === 'csat')!;
    await get(org.agent.token, csat.evidence[0]!.href).expect(200);
    await get(org.leader.token, `/api/agents/${org.agent.id}/summary?asOf=${addDays(TODAY, 1)}`).expect(400);
  });

  it('refuses days whose periods would begin before the first one there is', async () => {
    const path = `/api/agents/${org.agent.id}`;
    for (const query of ['summary?asOf=1900-01-01', 'summary?asOf=1900-02-24', 'performance?to=1900-01-29']) {
      const { body } = await get(org.leader.token, `${path}/${query}`).expect(400);
      expect((body as { details: unknown[] }).details, query).to.have.length(1);
    }
    for (const query of ['summary?asOf=1900-02-25', 'performance?to=1900-01-30', 'performance?from=1900-01-01&to=1900-01-01']) await get(org.leader.token, `${path}/${query}`).expect(200);
  });

  it('puts the current figures beside the person and tells who may hear them', async () => {
    const heard: { agentId: number; metric: string; value: number }[] = [];
    const socket = await app.socket(org.viewer.token);
    socket.on('performance_update', (payload) => heard.push(payload));
    await interact([{ agentId: org.colleague.id, startedAt: at(0), waitSeconds: 90, rating: 2, resolved: true }]);
    await app.settled();
    expect(heard.map(({ metric, value }) => [metric, value]).sort()).to.deep.equal([
      ['avgResponseTime', 1.5], ['customerSatisfaction', 2], ['messagesHandledToday', 1], ['ticketsResolvedToday', 1], ['totalTicketsHandled', 1],
    ]);
    const { body } = await get(org.leader.token, `/api/agents/${org.colleague.id}`).expect(200);
    for (const { metric, value } of heard) expect(body[metric], metric).to.equal(value);
  });

  it('gives a level once there is enough, and announces it with the person', async () => {
    const updates: { id: number; performanceLevel: string }[] = [];
    const socket = await app.socket(org.leader.token);
    socket.on('agent_updated', (payload) => updates.push(payload));
    const rows = Array.from({ length: 20 }, (_, i) => ({ agentId: org.stranger.id, startedAt: at(20 - i), waitSeconds: 15, rating: 5 }));
    await interact(rows);
    await app.settled();
    expect(updates.map(({ id, performanceLevel }) => [id, performanceLevel])).to.deep.equal([[org.stranger.id, 'high']]);
    const { body } = await get(org.manager.token, `/api/agents/${org.stranger.id}/summary`).expect(200);
    // 0.40 × min(5/4.4, 1.2) + 0.35 × min(100/90, 1.2) + 0.25 × min(1/0.25, 1.2)
    expect(body.performanceLevel.attainment).to.be.closeTo(0.4 * (5 / 4.4) + 0.35 * (100 / 90) + 0.25 * 1.2, 1e-4);
  });

  it('publishes what every number and constant means', async () => {
    const { body } = await get(org.agent.token, '/api/metrics/definitions').expect(200);
    expect(body.metrics.map((metric: { id: string }) => metric.id)).to.include.members(['aht', 'asa', 'serviceLevel', 'abandonment', 'occupancy', 'fcr', 'csat', 'csatTop2']);
    expect(body.priorityQueue.constants).to.include({ windowDays: 28, minimumN: 20, processShare: 0.6, trendMinimumDays: 12 });
    expect(body.priorityQueue.signals.reduce((sum: number, signal: { defaultWeight: number }) => sum + signal.defaultWeight, 0)).to.equal(100);
    expect(body.performanceLevel.constants).to.include({ minimumHandled: 20, minimumRatings: 5, attainmentCap: 1.2, highFrom: 1, mediumFrom: 0.85 });
    expect(body.defaults).to.deep.equal(DEFAULT_TEAM_SETTINGS);
  });
});
