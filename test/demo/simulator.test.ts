import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../api/db/db.ts';
import { startSimulator } from '../../workers/demo/simulator.ts';
import { installDemo, principalOf, type DemoInstallation } from './demo-installation.ts';

/** A Sunday night: few have a shift, and the floor lives all the same. */
const START = new Date('2026-11-22T02:30:00Z');

describe('the simulator', function () {
  this.timeout(120_000);
  let demo: DemoInstallation;
  const moves: Record<string, number> = { status: 0, begin: 0, finish: 0 };

  before(async () => {
    demo = await installDemo('demo_simulator', START);
    await demo.ctx.demo.open();
  });
  after(() => demo.close());

  /** Lets time pass second by second. */
  async function run(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i++) {
      demo.now = new Date(demo.now.getTime() + 1000);
      const move = await demo.ctx.floor.tick();
      if (move) moves[move] = (moves[move] ?? 0) + 1;
    }
  }
  const open = () => demo.query(sql<{ agentId: number; username: string }>`select i.agent_id as "agentId", a.username from interactions i join agents a on a.id = i.agent_id where i.outcome = 'open' order by 1`);
  const one = async (query: Parameters<typeof demo.query<{ n: number }>>[0]): Promise<number> => (await demo.query(query))[0]!.n;

  it('brings a crew onto the floor and has contacts begin and end', async () => {
    await run(1500);
    expect(moves['begin']).to.be.above(25);
    expect(moves['finish']).to.be.above(10);
    expect(await one(sql`select count(*)::int as n from agents where role = 'cs' and online_status <> 'offline'`)).to.be.at.least(15);
    expect(await one(sql`select count(*)::int as n from interactions where external_id like 'live-%' and outcome = 'answered' and talk_seconds > 0 and resolved is not null`)).to.be.above(10);
  });

  it('changes one status in five seconds at most, and never one of an account to sign in with', async () => {
    const [gap] = await demo.query(sql<{ seconds: number }>`select extract(epoch from min(gap))::float8 as seconds from (
      select started_at - lag(started_at) over (order by started_at) as gap from presence_intervals where source = 'system') g`);
    expect(gap!.seconds).to.be.at.least(5);
    const touched = await demo.query(sql`select 1 from presence_intervals p join agents a on a.id = p.agent_id
      where p.source = 'system' and a.username in ('admin', 'manager', 'leader', 'agent', 'viewer')`);
    expect(touched).to.deep.equal([]);
  });

  it('acts through the services: events, audit log, days to recompute, open contacts of each person', async () => {
    const changes = await one(sql`select count(*)::int as n from presence_intervals where source = 'system'`);
    expect(await one(sql`select count(*)::int as n from outbox where type = 'agent_status_change'`)).to.equal(changes);
    expect(await one(sql`select count(*)::int as n from audit_log where action = 'agent.status' and actor_id = 'simulator'`)).to.equal(changes);
    const people = await open();
    expect(people.length).to.be.above(5);
    expect(await demo.query(sql`select id as "agentId", username from agents where current_tickets = 1 order by 1`)).to.deep.equal(people);
    const before = await one(sql`select sum(messages_handled_today)::int as n from agents`);
    expect(await demo.ctx.recomputation.recomputeStaleDays()).to.be.above(5);
    expect(await one(sql`select sum(messages_handled_today)::int as n from agents`)).to.be.above(before);
    expect(await one(sql`select count(*)::int as n from outbox where type = 'performance_update' and payload ->> 'metric' = 'currentTickets'`)).to.be.above(20);
  });

  it('leaves alone whom a leader has given another status, and ends their contact all the same', async () => {
    const { agentId } = (await open())[0]!;
    await demo.ctx.presence.setStatus(await principalOf(demo, 'manager'), agentId, 'away', 'Talk with Nora');
    await run(480);
    const [person] = await demo.query(sql<{ status: string; reason: string }>`select online_status as status, status_reason as reason from agents where id = ${agentId}`);
    expect(person).to.deep.equal({ status: 'away', reason: 'Talk with Nora' });
    await run(1500);
    expect(await one(sql`select count(*)::int as n from presence_intervals where agent_id = ${agentId} and source = 'system' and started_at > ${new Date(demo.now.getTime() - 1500_000)}`)).to.be.above(0);
  });

  it('forgets somebody who is deactivated in the middle of a contact, and ends the contact', async () => {
    const people = await open();
    const { agentId } = people.at(-1)!;
    await demo.ctx.agents.update(await principalOf(demo, 'manager'), agentId, { isActive: false });
    await run(2400);
    expect((await open()).map((row) => row.agentId)).to.not.include(agentId);
    expect(await one(sql`select count(*)::int as n from interactions where agent_id = ${agentId} and started_at > ${new Date(demo.now.getTime() - 2400_000)}`)).to.equal(0);
  });

  it('is done by one process at a time; another takes over when it stops', async () => {
    const other = await demo.another();
    expect(await other.ctx.floor.tick()).to.equal(null);
    const before = await open();
    expect(before.length).to.be.above(0);
    await demo.ctx.floor.close();
    expect(await open()).to.deep.equal([]);
    expect(await demo.query(sql`select 1 from agents where current_tickets <> 0`)).to.deep.equal([]);
    let moved = 0;
    for (let i = 0; i < 240; i++) {
      demo.now = new Date(demo.now.getTime() + 1000);
      if (await other.ctx.floor.tick()) moved++;
    }
    expect(moved).to.be.above(3);
    // It dies here, without a word.
  });

  it('ends after a crash what the dead simulator has left open, with the time that is known', async () => {
    const left = await open();
    expect(left.length).to.be.above(0);
    const diedAt = demo.now;
    await run(5);
    expect(await open(), 'the turn of the dead').to.have.length(left.length);
    demo.now = new Date(diedAt.getTime() + 3 * 24 * 3_600_000);
    await run(1);
    expect(await open()).to.deep.equal([]);
    const talk = await one(sql`select max(talk_seconds)::int as n from interactions where updated_at = ${demo.now} and external_id like 'live-%'`);
    expect(talk).to.be.within(0, 300);
    const days = await demo.query(sql`select distinct business_date from interactions where started_at between ${diedAt} and ${demo.now}`);
    expect(days.length).to.be.at.least(3);
  });

  it('leaves no hole and no overlap in anybody’s ledger', async () => {
    await run(300);
    expect(await demo.query(sql`select 1 from (select ended_at, lead(started_at) over (partition by agent_id order by started_at, ended_at) as next from presence_intervals) p
      where ended_at is distinct from next`)).to.deep.equal([]);
  });

  it('is run by the worker, survives a failure, and stops cleanly', async () => {
    const ticks: number[] = [];
    let closed = 0;
    const warnings: unknown[] = [];
    const floor = {
      tick: async () => {
        ticks.push(Date.now());
        if (ticks.length === 1) throw new Error('the database is away');
        return null;
      },
      close: async () => void closed++,
    };
    const log = { warn: (entry: unknown) => void warnings.push(entry) };
    const simulator = startSimulator({ floor, log } as unknown as Parameters<typeof startSimulator>[0]);
    await sleep(50);
    const started = Date.now();
    await simulator.close();
    expect(Date.now() - started).to.be.below(1000);
    expect([ticks.length, closed, warnings.length]).to.deep.equal([1, 1, 1]);
  });
});
