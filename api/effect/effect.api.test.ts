import { expect } from 'chai';
import { mean, sampleVariance } from 'simple-statistics';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { insertSession, type TestSession } from '../../test/harness/sessions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { Random } from '../demo/random.ts';
import type { components } from '../http/contract.types.ts';
import { addDays, datesFrom } from '../performance/business-day.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

type Effect = components['schemas']['SessionEffect'];
type Day = components['schemas']['AgentPerformanceMetrics'];

const BY = systemPrincipal('test');
const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);
/** All days of the second window are over. */
const HELD = addDays(TODAY, -40);
const at = (day: string, hour = 10): string => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('the effect of a session over HTTP', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('effect', {}, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    // 4 to 8 calls a day, rated, with a handle time that falls by about 120 seconds with the session and ratings that stay.
    const random = new Random('effect over HTTP');
    const calls = datesFrom(addDays(HELD, -35), addDays(HELD, 35)).flatMap((day): TestInteraction[] =>
      Array.from({ length: random.int(4, 8) }, (_, i) => ({
        agentId: org.agent.id, startedAt: at(day, 8 + i), waitSeconds: 10, talkSeconds: (day < HELD ? 400 : 280) + random.int(0, 60),
        rating: random.int(0, 9) < 8 ? random.int(3, 5) : null, resolved: random.next() < 0.8, firstContact: true, sentiment: null,
      })),
    );
    await app.ctx.uow.write(BY, (tx) => insertInteractions(tx, calls));
    await app.ctx.recomputation.aggregateRange(addDays(HELD, -36), TODAY, { quiet: true });
  });
  after(() => app.close());
  afterEach(() => app.ctx.uow.write(BY, (tx) => tx.run(sql`delete from coaching_sessions`)));

  const session = (fields: Partial<TestSession> = {}) => app.ctx.uow.write(BY, (tx) => insertSession(tx, { attendees: [org.agent.id], leaderId: org.leader.id, at: at(HELD), focusMetrics: ['csat', 'aht'], ...fields }));
  const get = async (person: TestPerson, id: string, query = ''): Promise<Effect> => (await app.request(person.token).get(`/api/coaching-sessions/${id}/effect${query}`).expect(200)).body as Effect;
  const daysOf = async (window: NonNullable<Effect['before']>): Promise<Day[]> => (await app.request(org.leader.token).get(`/api/agents/${org.agent.id}/performance?from=${window.from}&to=${window.to}`).expect(200)).body as Day[];

  it('says what got better, what did not clearly change, and over which days', async () => {
    const effect = await get(org.leader, await session());
    expect(effect).to.deep.include({
      agentId: org.agent.id, agentName: 'Ada Agent', held: true, day: HELD, previousSessionOn: null, nextSessionOn: null,
      before: { from: addDays(HELD, -28), to: addDays(HELD, -1), days: 28, cutBy: null },
      after: { from: addDays(HELD, 1), to: addDays(HELD, 28), days: 28, cutBy: null },
    });
    expect(effect.metrics.map(({ metric, verdict, reason }) => [metric, verdict, reason.code])).to.deep.equal([['csat', 'no_clear_change', 'includes_none'], ['aht', 'improved', 'excludes_none']]);
    const aht = effect.metrics[1]!;
    expect(aht).to.include({ target: 420, smallestEffect: 42, unit: 'seconds', direction: 'lower' });
    expect(aht.difference).to.be.within(-130, -110);
    expect(aht.adjustedInterval!.upper).to.be.below(0);
    expect(aht.reason.sentence).to.match(/^Handle time fell by \d:\d\d, more than chance explains: between −\d:\d\d and −\d:\d\d\.$/);
    expect(effect.caveats.map(({ code }) => code)).to.deep.equal(['regression_to_the_mean', 'other_causes']);
  });

  it('is made of the daily values that everybody sees, and leads to them and their interactions', async () => {
    const effect = await get(org.leader, await session());
    const [before, after] = [await daysOf(effect.before!), await daysOf(effect.after!)];
    for (const [metric, key] of [['csat', 'customerSatisfaction'], ['aht', 'aht']] as const) {
      const found = effect.metrics.find((one) => one.metric === metric)!;
      const [first, second] = [before, after].map((days) => days.map((day) => day[key]).filter((value) => value !== null));
      expect(found.before.mean).to.be.closeTo(mean(first!), 1e-4);
      expect(found.after.mean).to.be.closeTo(mean(second!), 1e-4);
      expect(found.difference).to.be.closeTo(mean(second!) - mean(first!), 2e-4);
      expect([found.before.days, found.after.days]).to.deep.equal([first!.length, second!.length]);
      const counts = before.map((day) => (metric === 'csat' ? day.n.ratings : day.n.handleTime));
      expect(found.before.n).to.equal(counts.reduce((total, n) => total + n, 0));
      // Welch's standard error; t lies between its value for 54 degrees of freedom and that for 27.
      const error = Math.sqrt(sampleVariance(first!) / first!.length + sampleVariance(second!) / second!.length);
      expect((found.interval!.upper - found.interval!.lower) / 2 / error).to.be.within(2.0049 - 1e-3, 2.0518 + 1e-3);
      for (const side of [found.before, found.after]) {
        expect(side.evidence.map(({ kind }) => kind)).to.deep.equal(['dailyRows', 'interactions']);
        const rows = await app.request(org.leader.token).get(side.evidence[1]!.href).expect(200);
        expect(rows.body.meta.total).to.equal(side.evidence[1]!.count).and.to.equal(side.n);
      }
    }
  });

  it('is cut at the neighbouring sessions that were held, and says so', async () => {
    await session({ at: at(addDays(HELD, -8)) });
    await session({ at: at(addDays(HELD, 5)), attendees: [org.agent.id, org.colleague.id] });
    await session({ at: at(addDays(HELD, -2)), status: 'cancelled' });
    await session({ at: at(addDays(HELD, 3)), status: 'no_show' });
    await session({ at: at(addDays(HELD, 2)), attendees: [org.colleague.id] });
    const effect = await get(org.agent, await session());
    expect(effect).to.deep.include({
      previousSessionOn: addDays(HELD, -8), nextSessionOn: addDays(HELD, 5),
      before: { from: addDays(HELD, -7), to: addDays(HELD, -1), days: 7, cutBy: 'session' },
      after: { from: addDays(HELD, 1), to: addDays(HELD, 4), days: 4, cutBy: 'session' },
    });
    expect(effect.metrics.map(({ verdict }) => verdict)).to.deep.equal(['too_early', 'too_early']);
    expect(effect.metrics[1]!.reason).to.deep.include({ code: 'too_few_days', sentence: '7 days with a value before the session, 10 are needed; no further days will come.', params: { side: 'before', have: 7, need: 10, final: true } });
  });

  it('is too early while the days are still to come, and before it is held', async () => {
    const recent = await get(org.leader, await session({ at: at(addDays(TODAY, -6)) }));
    expect(recent.after).to.deep.include({ to: addDays(TODAY, -1), cutBy: 'today', days: 5 });
    expect(recent.metrics[0]!.reason.params).to.deep.include({ side: 'after', final: false });
    const ahead = await get(org.leader, await session({ at: at(addDays(TODAY, 3)), status: 'scheduled' }));
    expect(ahead).to.deep.include({ held: false, after: null, day: addDays(TODAY, 3) });
    expect(ahead.metrics.map(({ reason }) => reason.code)).to.deep.equal(['not_held', 'not_held']);
  });

  it('has an empty list without focus metrics, and nothing to say of a day without rows', async () => {
    expect((await get(org.leader, await session({ focusMetrics: [] }))).metrics).to.deep.equal([]);
    const [empty] = (await get(org.leader, await session({ attendees: [org.colleague.id] }))).metrics;
    expect(empty).to.deep.include({ verdict: 'too_early', difference: null, interval: null });
    expect(empty!.before).to.deep.include({ days: 0, n: 0, mean: null });
  });

  it('holds the change against the target of the day it was held', async () => {
    const before = await get(org.leader, await session());
    await app.ctx.teams.updateSettings(BY, org.team.id, { ...DEFAULT_TEAM_SETTINGS, targets: { ...DEFAULT_TEAM_SETTINGS.targets, aht: 300 } });
    await app.query(sql`update team_settings_history set changed_at = ${at(addDays(HELD, -60))} where team_id = ${org.team.id} and version = 1`);
    const after = await get(org.leader, await session());
    expect([before.metrics[1]!.target, after.metrics[1]!.target, after.metrics[1]!.smallestEffect]).to.deep.equal([420, 300, 30]);
  });

  it('is told to whoever takes part, holds or leads, with rows only for those who may see them', async () => {
    const id = await session({ leaderId: org.otherLeader.id });
    const facilitator = await get(org.otherLeader, id);
    expect(facilitator.metrics[0]!.before.mean).to.be.a('number');
    expect(facilitator.metrics.flatMap(({ before, after }) => [...before.evidence, ...after.evidence])).to.deep.equal([]);
    for (const person of [org.agent, org.leader, org.manager]) expect((await get(person, id)).metrics[0]!.before.evidence).to.have.length(2);
    await app.request(org.colleague.token).get(`/api/coaching-sessions/${id}/effect`).expect(404);
    await app.request(org.viewer.token).get(`/api/coaching-sessions/${id}/effect`).expect(403);
  });

  it('publishes its rule and constants', async () => {
    const { body } = await app.request(org.viewer.token).get('/api/metrics/definitions').expect(200);
    expect(body.effect).to.deep.include({ version: 1, constants: { windowDays: 28, minimumDays: 10, minimumInteractions: 30, confidence: 0.95, smallestEffectShare: 0.1, smallestSentimentEffect: 0.1 } });
    expect(body.effect.smallestEffects).to.deep.include({ aht: 42, csat: 0.44, sentiment: 0.1 });
  });
});
