import { expect } from 'chai';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import { RecomputationService } from '../../api/performance/recomputation.service.ts';
import { fingerprint, installDemo, principalOf, type DemoInstallation } from './demo-installation.ts';

const START = new Date('2026-11-18T13:20:00Z');
const HOUR = 3_600_000;

describe('the demo after a break', function () {
  this.timeout(120_000);
  let demo: DemoInstallation;

  before(async () => {
    demo = await installDemo('demo_break', START);
    expect(await demo.ctx.demo.open()).to.equal('loaded');
  });
  after(() => demo.close());

  const later = (hours: number): Date => new Date(demo.now.getTime() + hours * HOUR);
  const rows = async (): Promise<number> => (await demo.query(sql<{ n: number }>`select count(*)::int as n from interactions`))[0]!.n;
  const holes = () => demo.query(sql`select 1 from (select ended_at, lead(started_at) over (partition by agent_id order by started_at, ended_at) as next from presence_intervals) p
    where ended_at is distinct from next`);

  it('is up to date a moment later, and nothing is written', async () => {
    const before = await fingerprint(demo);
    demo.now = new Date(demo.now.getTime() + 60_000);
    expect(await demo.ctx.demo.open()).to.equal('up to date');
    expect(await fingerprint(demo)).to.deep.equal(before);
  });

  it('does nothing at all when it is killed in the middle, and all of it at the next start', async () => {
    const before = await fingerprint(demo);
    demo.now = later(20);
    const { refreshFigures } = RecomputationService.prototype;
    RecomputationService.prototype.refreshFigures = () => Promise.reject(new Error('killed'));
    try {
      const failure = await demo.ctx.demo.open().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error).with.property('message', 'killed');
    } finally {
      RecomputationService.prototype.refreshFigures = refreshFigures;
    }
    expect(await fingerprint(demo)).to.deep.equal(before);
    expect(await demo.ctx.demo.open()).to.equal('topped up');
    expect(await demo.ctx.demo.open()).to.equal('up to date');
    expect(await holes()).to.deep.equal([]);
  });

  it('is told once by however many processes start', async () => {
    const [before, { ctx }] = [await rows(), await demo.another()];
    demo.now = later(30);
    const outcomes = await Promise.all([demo.ctx.demo.open(), ctx.demo.open()]);
    expect(outcomes).to.have.members(['topped up', 'up to date']);
    expect(await rows()).to.be.within(before + 300, before + 1500);
    expect(await holes()).to.deep.equal([]);
  });

  it('has every missed day, complete and counted', async () => {
    demo.now = later(3 * 24);
    expect(await demo.ctx.demo.open()).to.equal('topped up');
    const days = await demo.query(sql<{ day: string; n: number }>`select business_date::text as day, count(*)::int as n from interactions
      where business_date between ${'2026-11-16'} and ${'2026-11-22'} group by 1 order by 1`);
    expect(days).to.have.length(7);
    // From Monday to Friday it makes no difference whether a day was there at first or told afterwards.
    for (const { day, n } of days.slice(0, 5)) expect(n, day).to.be.within(600, 1200);
    const wrong = await demo.query(sql`select 1 from agents a where a.total_tickets_handled <> (
      select count(*) from interactions i where i.agent_id = a.id and i.outcome = 'answered')`);
    expect(wrong).to.deep.equal([]);
    expect(await demo.query(sql`select 1 from interactions where started_at > ${demo.now}`)).to.deep.equal([]);
  });

  it('has held the session that was booked, and those it concerns can be picked again', async () => {
    const grace = await demo.query(sql<{ status: string }>`select s.status from coaching_sessions s join agents a on a.id = s.agent_id
      where a.username = 'grace_adeyemi' order by s.scheduled_at desc limit 1`);
    expect(grace).to.deep.equal([{ status: 'completed' }]);
    const [record] = await demo.query(sql<{ summary: string; answer: string }>`select s.summary, t.acknowledgement as answer from coaching_sessions s
      join session_attendees t on t.session_id = s.id join agents a on a.id = t.agent_id where a.username = 'grace_adeyemi' order by s.scheduled_at desc limit 1`);
    expect(record!.summary).to.match(/^[A-Z].{60,}/);
    expect(record!.answer).to.equal('acknowledged');
    const queue = await demo.ctx.priorityQueue.queue(await principalOf(demo, 'leader'), {});
    expect(queue.teams[0]!.notEligible.map(({ facts }) => facts.person.name)).to.deep.equal(['Tomás Herrera']);
  });

  it('respects what people have done meanwhile: a status, leave, somebody who has gone', async () => {
    const manager = await principalOf(demo, 'manager');
    const [agent, hannah, marek, mia] = await Promise.all(['agent', 'hannah_brandt', 'marek_nowak', 'mia_kowalska'].map((name) => principalOf(demo, name)));
    await demo.ctx.presence.setStatus(agent!, agent!.agentId, 'online', null);
    await demo.ctx.absences.create(manager, hannah!.agentId, { kind: 'leave', startsOn: '2026-11-01', endsOn: '2026-12-31' });
    await demo.ctx.agents.update(manager, marek!.agentId, { isActive: false });
    await demo.ctx.agents.update(manager, mia!.agentId, { teamId: (await demo.ctx.teams.list(1, 10)).rows.find(({ name }) => name === 'Technical Support')!.id });
    const since = demo.now;
    demo.now = later(2 * 24);
    expect(await demo.ctx.demo.open()).to.equal('topped up');
    const worked = await demo.query(sql<{ username: string; team: string }>`select distinct a.username, t.name as team from interactions i join agents a on a.id = i.agent_id
      join teams t on t.id = i.team_id where i.started_at > ${since} and a.username in ('agent', 'hannah_brandt', 'marek_nowak', 'mia_kowalska')`);
    expect(worked).to.deep.equal([{ username: 'mia_kowalska', team: 'Technical Support' }]);
    const [now] = await demo.query(sql<{ status: string; since: boolean }>`select online_status as status, status_since = ${since} as since from agents where id = ${agent!.agentId}`);
    expect(now).to.deep.equal({ status: 'online', since: true });
  });

  it('makes up for eight weeks at most', async () => {
    demo.now = later(200 * 24);
    const before = await rows();
    expect(await demo.ctx.demo.open()).to.equal('topped up');
    expect(await rows()).to.be.within(before + 30_000, before + 50_000);
    expect(await holes()).to.deep.equal([]);
  });
});

describe('the demo beside other data', function () {
  this.timeout(60_000);

  it('leaves a database alone that has people of its own', async () => {
    const demo = await installDemo('demo_own', START);
    try {
      await demo.ctx.agents.create(systemPrincipal('test'), {
        username: 'boss', email: 'boss@example.test', fullName: 'The Boss', role: 'admin', department: 'Administration', password: 'Correct-Horse-1',
      });
      expect(await demo.ctx.demo.settle(demo.config)).to.equal(false);
      expect(await demo.query(sql`select username from agents`)).to.deep.equal([{ username: 'boss' }]);
      expect(await demo.ctx.floor.tick()).to.equal(null);
      expect(await demo.ctx.floor.tick()).to.equal(null);
      expect(await demo.query(sql`select 1 from interactions union all select 1 from installation where name like 'demo%'`)).to.deep.equal([]);
    } finally {
      await demo.close();
    }
  });
});
