import { expect } from 'chai';
import fc from 'fast-check';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, insertPresence, type TestInteraction } from '../../test/harness/interactions.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { components } from '../http/contract.types.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

type QuickStats = components['schemas']['QuickStats'];
type Figure = components['schemas']['QuickFigure'];

/** The Monday after the clocks went forward in Berlin: 12:30 there, and 11:30 UTC on the Mondays before. */
const NOW = new Date('2026-03-30T10:30:00Z');
const ZONE = 'Europe/Berlin';
const TODAY = '2026-03-30';
const MONDAYS = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'];
const BY = systemPrincipal('test');

describe('quick stats', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('quick_stats', { BUSINESS_TIMEZONE: ZONE }, { clock: { now: () => NOW } });
    org = await app.people.organisation();
  });
  after(() => app.close());
  afterEach(() => clear());

  const clear = () =>
    app.ctx.uow.write(BY, async (tx) => {
      for (const table of ['interactions', 'presence_intervals', 'agent_performance_metrics', 'stale_days']) await tx.run(sql`delete from ${sql.table(table)}`);
    });
  const interact = (rows: readonly TestInteraction[]) => app.ctx.uow.write(BY, (tx) => insertInteractions(tx, rows, ZONE));
  const get = async (person: TestPerson, query = ''): Promise<QuickStats> => (await app.request(person.token).get(`/api/quick-stats${query}`).expect(200)).body as QuickStats;
  const figure = (stats: QuickStats, metric: Figure['metric']): Figure => {
    const found = stats.figures.find((candidate) => candidate.metric === metric);
    if (!found) throw new Error(`no ${metric}`);
    return found;
  };
  const rowsBehind = async (person: TestPerson, href: string) => (await app.request(person.token).get(href).expect(200)).body.meta.total as number;

  it('compares with the same weekday up to the same time on the wall, across a clock change', async () => {
    const calls = (startedAt: string, count: number): TestInteraction[] => Array.from({ length: count }, () => ({ agentId: org.agent.id, startedAt, waitSeconds: 5, talkSeconds: 100 }));
    await interact([
      ...calls('2026-03-30T07:00:00Z', 5),
      // 12:29 in Berlin counts, 12:31 does not; a Tuesday never does.
      ...calls('2026-03-23T11:29:00Z', 4),
      ...calls('2026-03-23T11:31:00Z', 50),
      ...calls('2026-03-16T08:00:00Z', 2),
      ...calls('2026-03-17T08:00:00Z', 50),
    ]);
    const stats = await get(org.leader);
    expect(stats).to.include({ asOf: TODAY, until: '12:30', timezone: ZONE, scope: 'teams', teamId: null, serviceLevelSeconds: 20 });
    expect(stats.comparedDays).to.deep.equal(MONDAYS);
    const handled = figure(stats, 'handled');
    expect(handled.value).to.equal(5);
    expect(handled.usual).to.deep.equal({
      value: 3, n: 2, until: '12:30',
      days: [{ date: MONDAYS[0], value: null, n: 0 }, { date: MONDAYS[1], value: null, n: 0 }, { date: MONDAYS[2], value: 2, n: 2 }, { date: MONDAYS[3], value: 4, n: 4 }],
    });
    // A day that is over is compared with whole days, and says nothing of now.
    const past = await get(org.leader, '?asOf=2026-03-23');
    expect(past).to.include({ until: null, open: null, people: null });
    expect(figure(past, 'handled')).to.deep.include({ value: 54, n: 54 });
    expect(figure(past, 'handled').usual).to.include({ value: 2, n: 1, until: null });
  });

  it('leaves out of a comparison by time what is known by its day alone, but not of the day itself', async () => {
    const ids = await interact([...MONDAYS, TODAY].map((day) => ({ agentId: org.agent.id, startedAt: `${day}T07:00:00Z` })));
    await app.ctx.uow.write(BY, (tx) => tx.run(sql`update interactions set precision = 'day' where id = any(${ids}::uuid[])`));
    const handled = figure(await get(org.leader), 'handled');
    expect([handled.value, handled.usual.value]).to.deep.equal([1, null]);
  });

  it('counts for a team what nobody took of its calls, and shows everybody theirs', async () => {
    const at = '2026-03-30T08:00:00Z';
    await interact([
      { agentId: org.agent.id, teamId: org.team.id, startedAt: at },
      { agentId: org.colleague.id, teamId: org.otherTeam.id, startedAt: at },
      { agentId: null, teamId: org.team.id, startedAt: at, outcome: 'abandoned' },
      { agentId: null, teamId: org.team.id, startedAt: '2026-03-01T08:00:00Z', outcome: 'open', channel: 'ticket' },
      { agentId: org.stranger.id, startedAt: at },
      { agentId: null, startedAt: at, outcome: 'abandoned' },
    ]);
    const offered = async (person: TestPerson, query = '') => figure(await get(person, query), 'offered').value;
    expect(await offered(org.leader)).to.equal(3);
    expect(await offered(org.otherLeader)).to.equal(1);
    expect(await offered(org.agent)).to.equal(1);
    for (const person of [org.admin, org.manager, org.viewer]) expect(await offered(person)).to.equal(5);
    expect(await offered(org.manager, `?teamId=${org.team.id}`)).to.equal(3);
    expect(await offered(org.manager, `?teamId=${org.team.id.toUpperCase()}`)).to.equal(3);
    const mine = await get(org.leader);
    expect(figure(mine, 'abandonment')).to.include({ value: 0.3333, n: 3 });
    expect(mine.open).to.include({ count: 1, unassigned: 1 });
    expect((await get(org.otherLeader)).open).to.include({ count: 0, unassigned: 0 });
    await app.request(org.leader.token).get(`/api/quick-stats?teamId=${org.otherTeam.id}`).expect(404);
    await app.request(org.agent.token).get(`/api/quick-stats?teamId=${org.team.id}`).expect(404);
    await app.request(org.manager.token).get('/api/quick-stats?teamId=01890000-0000-7000-8000-000000000000').expect(404);
    await app.request(org.manager.token).get('/api/quick-stats?asOf=2026-03-31').expect(400);
  });

  it('gives viewers the figures without the way to the rows', async () => {
    await interact([{ agentId: org.agent.id, startedAt: '2026-03-30T08:00:00Z', outcome: 'open' }]);
    const stats = await get(org.viewer);
    expect([...stats.figures, stats.open, ...(stats.people ?? [])].flatMap((item) => item?.evidence ?? [])).to.deep.equal([]);
    expect(stats.open?.count).to.equal(1);
    await app.request(org.viewer.token).get('/api/quick-stats/people').expect(403);
  });

  it('counts people and occupancy from presence, and leads to exactly those people', async () => {
    await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'online' }).expect(200);
    await interact([{ agentId: org.agent.id, startedAt: '2026-03-30T08:00:00Z', talkSeconds: 1800 }]);
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`delete from presence_intervals`);
      await insertPresence(tx, [{ agentId: org.agent.id, status: 'online', startedAt: '2026-03-30T08:00:00Z', endedAt: null }, { agentId: org.leader.id, status: 'online', startedAt: '2026-03-30T06:00:00Z', endedAt: null }]);
    });
    await app.ctx.recomputation.aggregateRange(TODAY, TODAY);
    const stats = await get(org.leader);
    // 1800 s of 2.5 h; the leader's own hours are no idle hours of the desk.
    expect(figure(stats, 'occupancy')).to.include({ value: 0.2, n: 1 });
    expect(stats.people?.map(({ status, count }) => [status, count])).to.deep.equal([['online', 1], ['busy', 0], ['away', 0], ['offline', 1]]);
    for (const { count, evidence } of stats.people ?? []) for (const { href } of evidence) expect(await rowsBehind(org.leader, href), href).to.equal(count);
    const [link] = figure(stats, 'occupancy').evidence;
    const { body } = await app.request(org.leader.token).get(link?.href ?? '').expect(200);
    expect(body.meta.total).to.equal(1);
    expect(body.data[0]).to.include({ agentId: org.agent.id, teamName: 'Blue', onlineStatus: 'online', handled: 1, onlineHours: 2.5, awayHours: 0, occupiedSeconds: 1800, idleSeconds: 7200, occupancy: 0.2 });
    expect((await get(org.agent)).people).to.equal(null);
  });

  it('has a target where all its teams have the same, by the settings in force on the day', async () => {
    const target = async (person: TestPerson, query = '') => figure(await get(person, query), 'csat').target;
    expect(await target(org.manager)).to.equal(4.4);
    expect(figure(await get(org.manager), 'serviceLevel').target).to.equal(0.9);
    const settings = { ...DEFAULT_TEAM_SETTINGS, targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4.1 } };
    await app.ctx.teams.updateSettings(BY, org.otherTeam.id, settings);
    expect(await target(org.manager)).to.equal(null);
    expect(await target(org.manager, `?teamId=${org.otherTeam.id}`)).to.equal(4.1);
    expect([await target(org.otherLeader), await target(org.stranger), await target(org.leader)]).to.deep.equal([4.1, 4.1, 4.4]);
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`delete from team_settings_history`);
      await tx.run(sql`delete from team_settings`);
    });
  });

  it('equals a plain recomputation from the rows for every reader, and each n the rows behind it', async function () {
    this.timeout(60_000);
    const optional = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
    const row = fc.record({
      agentId: fc.constantFrom(org.agent.id, org.colleague.id, org.stranger.id, org.leader.id, null),
      teamId: fc.constantFrom(org.team.id, org.otherTeam.id, null),
      startedAt: fc.tuple(fc.constantFrom(...MONDAYS, TODAY, '2026-03-24'), fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '29', '31')).map(([day, hour, minute]) => `${day}T${String(hour).padStart(2, '0')}:${minute}:00Z`),
      channel: fc.constantFrom('voice' as const, 'chat' as const, 'ticket' as const),
      direction: fc.constantFrom('inbound' as const, 'inbound' as const, 'outbound' as const),
      outcome: fc.constantFrom('answered' as const, 'answered' as const, 'abandoned' as const, 'open' as const, 'missed' as const),
      waitSeconds: optional(fc.integer({ min: 0, max: 90 })),
      talkSeconds: optional(fc.integer({ min: 0, max: 900 })),
      acwSeconds: optional(fc.integer({ min: 0, max: 90 })),
      rating: optional(fc.integer({ min: 1, max: 5 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (rows) => {
        await clear();
        await interact(rows);
        const readers: readonly (readonly [TestPerson, string, (row: TestInteraction) => boolean])[] = [
          [org.manager, '', () => true],
          [org.manager, `?teamId=${org.team.id}`, ofBlue],
          [org.leader, '', (item) => ofBlue(item) || item.agentId === org.leader.id],
          [org.agent, '', (item) => item.agentId === org.agent.id],
        ];
        for (const [person, query, theirs] of readers) await sameAsPlain(await get(person, query), rows.filter(theirs), person);
      }),
      { numRuns: 12 },
    );
  });

  const ofBlue = ({ agentId, teamId }: TestInteraction): boolean => (agentId === null ? teamId === org.team.id : [org.agent.id, org.colleague.id].includes(agentId));

  async function sameAsPlain(stats: QuickStats, rows: readonly TestInteraction[], person: TestPerson): Promise<void> {
    const today = plain(rows.filter((row) => berlin(row).date === TODAY));
    const before = MONDAYS.map((day) => rows.filter((row) => berlin(row).date === day && berlin(row).time < '12:30'));
    const days = before.filter((day) => day.length > 0);
    const all = plain(days.flat());
    for (const metric of Object.keys(today)) {
      const found = figure(stats, metric as Figure['metric']);
      const [value, n] = today[metric] ?? [];
      expect([found.value, found.n], metric).to.deep.equal([value, n]);
      const [usual] = all[metric] ?? [];
      const total = metric === 'offered' || metric === 'handled';
      expect(found.usual.value, `usual ${metric}`).to.equal(days.length === 0 ? null : total ? round((usual ?? 0) / days.length) : usual);
      for (const { href, count } of found.evidence) expect([await rowsBehind(person, href), count], href).to.deep.equal([n, n]);
    }
    const open = rows.filter((row) => row.outcome === 'open');
    expect(stats.open).to.include({ count: open.length, unassigned: open.filter((row) => row.agentId === null).length });
    for (const { href, count } of stats.open?.evidence ?? []) expect(await rowsBehind(person, href), href).to.equal(count);
  }
});

/** Day and time of day in Berlin: an hour ahead of UTC, two from 29 March on. */
function berlin({ startedAt }: TestInteraction): { date: string; time: string } {
  const shifted = new Date(Date.parse(startedAt) + (startedAt >= '2026-03-29T01' ? 2 : 1) * 3_600_000).toISOString();
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const T: Record<string, number> = { voice: 20, chat: 60, ticket: 28_800 };

/** Value and n of each figure, worked out without SQL and without the definitions. */
function plain(rows: readonly TestInteraction[]): Record<string, [number | null, number]> {
  const is = (row: TestInteraction, outcome: string): boolean => row.outcome === outcome;
  const share = (part: number, whole: number): number | null => (whole > 0 ? round(part / whole) : null);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const offered = rows.filter((row) => row.direction === 'inbound' && !is(row, 'open'));
  const handled = rows.filter((row) => is(row, 'answered'));
  const judged = offered.filter((row) => !(is(row, 'answered') && row.waitSeconds === null));
  const within = (list: readonly TestInteraction[]) => list.filter((row) => is(row, 'answered') && (row.waitSeconds ?? 0) <= (T[row.channel ?? ''] ?? 0)).length;
  const calls = judged.filter((row) => row.channel === 'voice');
  const waits = calls.filter((row) => is(row, 'answered')).map((row) => row.waitSeconds ?? 0);
  const timed = handled.filter((row) => row.talkSeconds !== null || row.acwSeconds !== null);
  const ratings = rows.flatMap((row) => row.rating ?? []);
  const sla = share(within(judged) * 100, judged.length);
  return {
    offered: [offered.length, offered.length],
    handled: [handled.length, handled.length],
    serviceLevel: [share(within(calls), calls.length), calls.length],
    slaCompliance: [sla, judged.length],
    asa: [share(sum(waits), waits.length), waits.length],
    aht: [share(sum(timed.map((row) => (row.talkSeconds ?? 0) + (row.acwSeconds ?? 0))), timed.length), timed.length],
    abandonment: [share(offered.filter((row) => is(row, 'abandoned')).length, offered.length), offered.length],
    csat: [share(sum(ratings), ratings.length), ratings.length],
    csatResponseRate: [share(ratings.length, handled.length), handled.length],
  };
}
