import { expect } from 'chai';
import { Db, sql } from '../../api/db/db.ts';
import type { ScoredTeam } from '../../api/priority-queue/priority-queue.scoring.ts';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { loadContract } from '../../api/http/contract.ts';
import { ContractValidator } from '../../api/http/validator.ts';
import { presentSession } from '../../api/sessions/session.presenter.ts';
import { fingerprint, installDemo, principalOf, type DemoInstallation } from './demo-installation.ts';

const START = new Date('2026-11-18T13:20:00Z');

describe('the demo in an empty database', function () {
  this.timeout(120_000);
  let demo: DemoInstallation;
  let twin: DemoInstallation;
  let statements = 0;
  let team: ScoredTeam;
  const contract = ContractValidator.of(loadContract());
  const names = (people: readonly { facts: { person: { name: string } } }[]): string[] => people.map(({ facts }) => facts.person.name);

  before(async () => {
    demo = await installDemo('demo_story', START);
    twin = await installDemo('demo_twin', START);
    statements = await countStatements(() => Promise.all([demo.ctx.demo.open(), twin.ctx.demo.open()]));
    const queue = await demo.ctx.priorityQueue.queue(await principalOf(demo, 'leader'), {});
    team = queue.teams[0]!;
  });
  after(async () => {
    await demo.close();
    await twin.close();
  });

  it('is written in sets: some dozens of statements for a hundred thousand rows', async () => {
    const [rows] = await demo.query(sql<{ n: number }>`select (select count(*) from interactions)::int + (select count(*) from presence_intervals)::int as n`);
    expect(rows!.n).to.be.above(90_000);
    expect(statements / 2).to.be.below(90);
  });

  it('can be signed in to by role, with the password that the page tells', async () => {
    for (const [username, role] of [['admin', 'admin'], ['manager', 'manager'], ['leader', 'team_leader'], ['agent', 'cs'], ['viewer', 'viewer']] as const) {
      const { agent } = await demo.ctx.auth.login(systemPrincipal('test'), username, 'Sideline-demo-1');
      expect(agent.role).to.equal(role);
    }
    expect(await demo.query(sql`select 1 from agents where password_hash <> '!' and id > 5`)).to.deep.equal([]);
  });

  it('gives leader agent’s team, with at least five people to choose from', async () => {
    const agent = await principalOf(demo, 'agent');
    const leader = await principalOf(demo, 'leader');
    expect(leader.ledTeamIds).to.deep.equal([agent.teamId]);
    expect(team.team.id).to.equal(agent.teamId);
    expect(team.eligible.length).to.be.at.least(5);
    expect(names(team.eligible)).to.include('Sam Okoye');
  });

  it('shows two people getting worse, and why', () => {
    const worse = team.eligible.flatMap(({ facts, reasons }) => reasons.filter(({ code, strength }) => code === 'trend' && strength > 0).map(({ params }) => [facts.person.name, params['metric']]));
    expect(worse).to.have.deep.members([['Priya Raman', 'csat'], ['Marek Nowak', 'aht']]);
  });

  it('shows one person improving, the star, and praise', () => {
    const found = (code: string): string[] => names(team.recognitions.filter((recognition) => recognition.code === code));
    expect(found('improving')).to.deep.equal(['Sofia Almeida']);
    expect(found('above_target')).to.include('Hannah Brandt');
    expect(found('praised')).to.include('Sam Okoye');
  });

  it('reports what most of the team misses once, as a matter of the process, and only in that team', async () => {
    expect(team.processFindings.map(({ yardstick }) => yardstick.metric)).to.deep.equal(['fcr']);
    const all = await demo.ctx.priorityQueue.queue(await principalOf(demo, 'manager'), {});
    expect(all.teams).to.have.length(3);
    expect(all.teams.flatMap(({ processFindings }) => processFindings)).to.have.length(1);
  });

  it('lists who is on leave or booked with the reason', () => {
    expect(team.notEligible.map(({ facts, reason }) => [facts.person.name, reason.code])).to.have.deep.members([
      ['Tomás Herrera', 'absent'], ['Grace Adeyemi', 'session_booked'],
    ]);
  });

  it('has overdue actions, notes that wait, and somebody never coached', () => {
    const points = (name: string, code: string): number => team.eligible.find(({ facts }) => facts.person.name === name)?.reasons.find((reason) => reason.code === code)?.points ?? 0;
    expect(points('Mia Kowalska', 'overdueActions')).to.be.above(2);
    expect(points('Owen Gallagher', 'notes')).to.be.above(2);
    expect(team.eligible.find(({ facts }) => facts.person.name === 'Leon Fischer')!.facts.lastSessionAt).to.equal(null);
  });

  it('has sessions as they are kept: with agenda, summary and commitments, acknowledged, disputed, waiting, and one of several people', async () => {
    const manager = await principalOf(demo, 'manager');
    const { rows } = await demo.ctx.coachingSessions.scheduling.list(manager, {}, 1, 100);
    const faults = rows.flatMap((row) => contract.schema('CoachingSession')(presentSession(row, manager)));
    expect(faults).to.deep.equal([]);
    const completed = rows.filter(({ status }) => status === 'completed');
    expect(completed.length).to.be.above(40);
    for (const row of completed) expect([row.agenda.length > 0, row.summary.length > 60, row.commitments.length > 0, row.engagementScore !== null], row.id).to.deep.equal([true, true, true, true]);
    const answers = completed.flatMap(({ attendees }) => attendees.map(({ name, acknowledgement: { status, dueAt, dispute } }) => ({ name, status, isLate: status === 'pending' && Date.parse(dueAt!) < START.getTime(), dispute })));
    expect(answers.filter(({ status }) => status === 'acknowledged').length).to.be.above(40);
    expect(answers.filter(({ isLate }) => isLate).map(({ name }) => name)).to.deep.equal(['Mia Kowalska']);
    expect(answers.filter(({ dispute }) => dispute && dispute.outcome === null).map(({ name, dispute }) => [name, dispute!.owner.name])).to.deep.equal([['Marek Nowak', manager.name]]);
    const told = await demo.query(sql`select 1 from notifications n where recipient_id = ${manager.agentId} and type = 'session_disputed' and read_at is null
      and exists (select from session_disputes d where d.session_id = (n.data ->> 'sessionId')::uuid and d.outcome is null)`);
    expect(told.length, 'whoever decides has been told').to.equal(1);
    expect(rows.filter(({ kind }) => kind === 'group').map(({ attendees }) => attendees.length)).to.deep.equal([3]);
    const ahead = rows.filter(({ status }) => status === 'scheduled');
    expect(ahead.map(({ agentName, scheduledAt }) => [agentName, scheduledAt.slice(0, 10)])).to.have.deep.members([['Grace Adeyemi', '2026-11-19'], ['Noah Jansen', '2026-11-18']]);
    for (const { scheduledAt } of ahead) expect(Date.parse(scheduledAt)).to.be.above(START.getTime());
  });

  it('has nobody in two sessions at once', async () => {
    expect(await demo.query(sql`
      with sitting as (select s.id, s.scheduled_at as from_, s.scheduled_at + make_interval(mins => s.duration_minutes) as to_, x.id as person from coaching_sessions s
        join lateral (select s.team_leader_id as id union select t.agent_id from session_attendees t where t.session_id = s.id) x on true)
      select a.id from sitting a join sitting b on a.person = b.person and a.id < b.id and a.from_ < b.to_ and b.from_ < a.to_`)).to.deep.equal([]);
  });

  it('has every level, nobody online without a shift, and no contact open', async () => {
    const levels = await demo.query(sql<{ level: string }>`select distinct performance_level as level from agents where performance_level is not null order by 1`);
    expect(levels.map(({ level }) => level)).to.deep.equal(['high', 'low', 'medium']);
    const statuses = await demo.query(sql<{ status: string; n: number }>`select online_status as status, count(*)::int as n from agents where role = 'cs' group by 1 order by 1`);
    expect(statuses.find(({ status }) => status === 'online')!.n).to.be.above(5);
    expect(statuses.find(({ status }) => status === 'offline')!.n).to.be.above(5);
    expect(await demo.query(sql`select 1 from interactions where outcome = 'open' or started_at > ${START}`)).to.deep.equal([]);
    expect(await demo.query(sql`select 1 from agents where current_tickets <> 0`)).to.deep.equal([]);
  });

  it('is rated by a quarter of the customers and heard by half', async () => {
    const [share] = await demo.query(sql<{ rated: number; heard: number }>`select count(rating)::float8 / count(*) as rated, count(sentiment)::float8 / count(*) as heard
      from interactions where outcome = 'answered'`);
    expect(share!.rated).to.be.within(0.2, 0.3);
    expect(share!.heard).to.be.within(0.4, 0.55);
  });

  it('covers eight weeks, with fewer customers at weekends and at night', async () => {
    const days = await demo.query(sql<{ weekday: number; n: number; days: number }>`
      select extract(isodow from business_date)::int as weekday, count(*)::int as n, count(distinct business_date)::int as days from interactions
      where business_date < ${'2026-11-18'} group by 1 order by 1`);
    expect(days.map((day) => day.days)).to.deep.equal([8, 8, 8, 8, 8, 8, 8]);
    expect(days[6]!.n).to.be.below(days[0]!.n * 0.75);
    const [hours] = await demo.query(sql<{ day: number; night: number }>`select count(*) filter (where extract(hour from started_at) in (10, 11, 12))::int as day,
      count(*) filter (where extract(hour from started_at) in (2, 3, 4))::int as night from interactions`);
    expect(hours!.night).to.be.above(0);
    expect(hours!.day).to.be.above(3 * hours!.night);
  });

  it('works plausibly: eight hours a day, two thirds of them with customers', async () => {
    const [work] = await demo.query(sql<{ hours: number; occupancy: number }>`select avg(online_hours)::float8 as hours,
      sum(occupied_seconds)::float8 / sum(occupied_seconds + idle_seconds) as occupancy from agent_performance_metrics where online_hours > 4 and date < ${'2026-11-18'}`);
    expect(work!.hours).to.be.within(7.5, 9);
    expect(work!.occupancy).to.be.within(0.55, 0.8);
    const odd = await demo.query(sql`select 1 from agent_performance_metrics where online_hours > 4 and occupied_seconds > 0.95 * (occupied_seconds + idle_seconds)`);
    expect(odd).to.deep.equal([]);
  });

  it('has one presence ledger per person without a hole or an overlap, busy with customers only while there is one', async () => {
    expect(await demo.query(sql`select 1 from (select ended_at, lead(started_at) over (partition by agent_id order by started_at, ended_at) as next from presence_intervals) p
      where ended_at is distinct from next`)).to.deep.equal([]);
    expect(await demo.query(sql`select 1 from presence_intervals p where reason = 'On a call' and not exists (
      select from interactions i where i.agent_id = p.agent_id and i.channel = 'voice' and i.started_at + coalesce(i.wait_seconds, 0) * interval '1 second' = p.started_at)`)).to.deep.equal([]);
    const [now] = await demo.query(sql<{ n: number }>`select count(*)::int as n from presence_intervals p join agents a on a.id = p.agent_id
      where p.ended_at is null and (a.online_status, a.status_since) = (p.status, p.started_at)`);
    expect(now!.n).to.equal(30);
  });

  it('has no figure in a person’s row that the rows behind it do not give', async () => {
    const wrong = await demo.query(sql`
      select a.username from agents a cross join lateral (
        select count(*) filter (where i.outcome = 'answered')::int as total,
          count(*) filter (where i.outcome = 'answered' and i.business_date = ${'2026-11-18'})::int as today,
          count(*) filter (where i.resolved and i.business_date = ${'2026-11-18'})::int as resolved,
          round(avg(i.rating) filter (where i.business_date >= ${'2026-10-22'}), 4) as csat,
          round(avg(i.wait_seconds) filter (where i.outcome = 'answered' and i.business_date >= ${'2026-10-22'}) / 60, 4) as response
        from interactions i where i.agent_id = a.id) t
      where (a.total_tickets_handled, a.messages_handled_today, a.tickets_resolved_today) is distinct from (t.total, t.today, t.resolved)
        or a.customer_satisfaction is distinct from t.csat or a.avg_response_time is distinct from t.response`);
    expect(wrong).to.deep.equal([]);
    const hours = await demo.query(sql`
      select a.username from agents a where abs(a.online_hours_today - coalesce((
        select sum(extract(epoch from least(coalesce(p.ended_at, ${START}), ${START}) - greatest(p.started_at, '2026-11-18T00:00:00Z'))) / 3600 from presence_intervals p
        where p.agent_id = a.id and p.status <> 'offline' and coalesce(p.ended_at, ${START}) > '2026-11-18T00:00:00Z'), 0)) > 0.006`);
    expect(hours).to.deep.equal([]);
  });

  it('links notes to a contact of the person from the days before', async () => {
    const linked = await demo.query(sql<{ fits: boolean; n: number }>`
      select i.agent_id = n.agent_id and i.started_at < n.created_at and i.started_at > n.created_at - interval '7 days' as fits, count(*)::int as n
      from quick_notes n join interactions i on i.id = n.interaction_id group by 1`);
    expect(linked).to.have.length(1);
    expect(linked[0]!.fits).to.equal(true);
    expect(linked[0]!.n).to.be.above(6);
  });

  it('is announced person by person and kept in the audit log', async () => {
    const events = await demo.query(sql<{ type: string; n: number }>`select type, count(*)::int as n from outbox where type = 'agent_updated' group by 1`);
    expect(events).to.deep.equal([{ type: 'agent_updated', n: 37 }]);
    expect(await demo.query(sql`select 1 from audit_log where action = 'demo.load'`)).to.have.length(1);
  });

  it('is the same again in another database at the same moment', async () => {
    expect(await fingerprint(twin)).to.deep.equal(await fingerprint(demo));
  });
});

async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const { rows, run } = Db.prototype;
  let count = 0;
  Db.prototype.rows = function counted(query) {
    count++;
    return rows.call(this, query) as ReturnType<typeof rows<never>>;
  };
  Db.prototype.run = function counted(query) {
    count++;
    return run.call(this, query);
  };
  try {
    await work();
  } finally {
    Object.assign(Db.prototype, { rows, run });
  }
  return count;
}
