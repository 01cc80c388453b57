import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import { Problem } from '../../api/errors/problem.ts';
import { DEFAULT_TEAM_SETTINGS } from '../../api/performance/team-settings.ts';
import { call } from '../harness/calls.ts';
import { listen } from '../harness/listener.ts';
import { LiveClient } from '../harness/live-client.ts';
import { LONG } from '../harness/long.ts';
import { until } from '../harness/until.ts';
import { startWorld, type World } from '../harness/world.ts';
import { waiters } from '../harness/waiters.ts';

const system = systemPrincipal('test');
const CAST = ['manager', 'leader', 'otherLeader', 'agent', 'viewer'] as const;

/** Small writes that concern different people; each may be refused, which changes nothing. */
const WRITES: readonly ((world: World) => Promise<unknown>)[] = [
  (world) => world.note(world.org.agent.id, world.org.leader),
  (world) => world.note(world.org.stranger.id),
  async (world) => call(world.app, 'deleteQuickNote', { as: world.org.admin, params: { id: await world.note(world.org.agent.id) } }),
  async (world) => call(world.app, 'updateQuickNote', { as: world.org.leader, params: { id: await world.note(world.org.agent.id, world.org.leader) }, body: { isPrivate: true } }),
  (world) => call(world.app, 'updateAgentStatus', { as: world.org.agent, params: { id: world.org.agent.id }, body: { status: 'busy', reason: `Case ${world.next()}` } }),
  (world) => call(world.app, 'updateAgentStatus', { as: world.org.agent, params: { id: world.org.agent.id }, body: { status: 'offline' } }),
  (world) => call(world.app, 'updateAgent', { as: world.org.agent, params: { id: world.org.agent.id }, body: { fullName: `Ada ${world.next()}` } }),
  (world) => call(world.app, 'updateAgent', { as: world.org.admin, params: { id: world.org.agent.id }, body: { teamId: world.org.otherTeam.id } }),
  (world) => call(world.app, 'updateAgent', { as: world.org.admin, params: { id: world.org.agent.id }, body: { teamId: world.org.team.id } }),
  (world) => call(world.app, 'updateTeam', { as: world.org.admin, params: { id: world.org.team.id }, body: { name: `Blue ${world.next()}` } }),
  (world) => call(world.app, 'updateTeamSettings', { as: world.org.admin, params: { id: world.org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, peerFigures: world.next() % 2 ? 'hidden' : 'visible' } }),
  (world) => world.absence(world.org.agent.id),
];

type Step =
  | { readonly kind: 'write'; readonly which: readonly number[] }
  | { readonly kind: 'leave' | 'return'; readonly who: number; readonly how: 'handshake' | 'message' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), which: fc.array(fc.nat(WRITES.length - 1), { minLength: 1, maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'return' as const), who: fc.nat(CAST.length - 1), how: fc.constantFrom('handshake' as const, 'message' as const) }) },
);

describe('A client that comes back', function () {
  this.timeout(LONG ? 600_000 : 60_000);
  let world: World;

  before(async () => {
    world = await startWorld('resume');
  });
  after(() => world.close());
  afterEach(async () => {
    const { app, org } = world;
    // Random writes may have left the agent in the other team, whose events this team's leader does not hear.
    await call(app, 'updateAgent', { as: org.admin, params: { id: org.agent.id }, body: { teamId: org.team.id } });
    await app.settled();
  });

  it('has missed nothing and hears nothing twice, wherever the connection broke', async () => {
    const run = async (steps: readonly Step[]): Promise<void> => {
      const clients = CAST.map((name) => new LiveClient(world, world.org[name]));
      for (const client of clients) await client.start();
      const running: Promise<unknown>[] = [];
      for (const now of steps) {
        if (now.kind === 'write') running.push(...now.which.map((index) => attempt(WRITES[index])));
        else if (now.kind === 'leave') clients[now.who]?.disconnect();
        else await clients[now.who]?.comeBack(now.how);
        // Sometimes within the flight of an event, sometimes after it.
        await sleep(now.kind === 'write' ? 0 : 7);
      }
      await Promise.all(running);
      for (const client of clients) await client.comeBack('message');
      await world.app.settled();
      const faults = await Promise.all(clients.map(async (client, index) => {
        await client.catchUp();
        return (await client.faults()).map((fault) => `${CAST[index]}: ${fault}`);
      }));
      for (const client of clients) client.disconnect();
      if (faults.flat().length > 0) throw new Error(faults.flat().join('\n'));
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), run), { numRuns: LONG ? 150 : 4, endOnFailure: !LONG });
  });

  it('does not hear twice what is being sent while it catches up', async () => {
    const { app, org } = world;
    const start = app.server.tail.position;
    const release = await holding(world, 'team_settings');
    // Whoever routes events has to look teams up again after this one, and waits.
    await app.ctx.uow.write(system, async (tx) => tx.record({ type: 'team:settings-updated', aggregate: 'team', aggregateId: org.team.id, payload: { teamId: org.team.id, version: 1 }, audience: { teamId: org.team.id } }));
    await until(() => app.server.tail.position > start);
    const socket = await app.socket(org.leader.token);
    const heard = listen(socket);
    const resumed = socket.emitWithAck('resume', { seq: start });
    await sleep(100);
    await release();
    await resumed;
    await app.settled();
    expect(heard.filter(({ name }) => name === 'team:settings-updated')).to.have.lengthOf(1);
  });

  it('is sent an event whose delivery failed at first', async () => {
    const { app, org } = world;
    const heard = listen(await app.socket(org.leader.token));
    const start = app.server.tail.position;
    const release = await holding(world, 'team_settings');
    await app.ctx.uow.write(system, async (tx) => tx.record({ type: 'team:settings-updated', aggregate: 'team', aggregateId: org.team.id, payload: { teamId: org.team.id, version: 2 }, audience: { teamId: org.team.id } }));
    await until(() => app.server.tail.position > start);
    await until(async () => (await waiters(world.app, 'team_settings')).length > 0);
    await app.query(sql`select pg_terminate_backend(pid) from unnest(${await waiters(world.app, 'team_settings')}::int[]) as w(pid)`);
    await release();
    await until(() => heard.some(({ name }) => name === 'team:settings-updated'));
  });

  it('hears nothing any more that its role lost while it caught up', async () => {
    const { app, org } = world;
    const start = app.server.tail.position;
    await world.note(org.agent.id);
    await app.settled();
    const release = await holding(world, 'quick_notes');
    const socket = await app.socket(org.otherLeader.token);
    const resumed = socket.emitWithAck('resume', { seq: start });
    await until(async () => (await waiters(world.app, 'quick_notes')).length > 0);
    await call(app, 'updateTeam', { as: org.admin, params: { id: org.otherTeam.id }, body: { leaderIds: [] } });
    await app.settled();
    await release();
    await resumed;
    await app.settled();
    const heard = listen(socket);
    await world.note(org.stranger.id);
    await app.settled();
    expect(heard.map(({ name }) => name)).to.not.include('quickNote:created');
    await call(app, 'updateTeam', { as: org.admin, params: { id: org.otherTeam.id }, body: { leaderIds: [org.otherLeader.id] } });
  });

  it('gets what a transaction held open for seconds commits after everything else', async () => {
    const { app, org } = world;
    const client = new LiveClient(world, org.leader);
    await client.start();
    let slow = '';
    const open = app.ctx.uow.write(system, async () => {
      slow = await world.note(org.agent.id, org.admin);
      await sleep(1500);
    });
    for (let i = 0; i < 20; i++) await world.note(org.colleague.id);
    await app.settled();
    await client.catchUp();
    const seenBefore = client.lastSeq;
    client.disconnect();
    await open;
    await world.note(org.colleague.id);
    await app.settled();
    await client.comeBack('handshake');
    await until(() => client.lastSeq > seenBefore + 1);
    await client.catchUp();
    expect((await client.faults()).join('\n')).to.equal('');
    expect(await numberOf(world, slow)).to.be.above(seenBefore);
    client.disconnect();
  });

  it('hears of each row in the order of its changes, however many there are at once', async () => {
    const { app, org } = world;
    const id = await world.note(org.agent.id, org.admin);
    await app.settled();
    const heard = listen(await app.socket(org.leader.token));
    await Promise.all([
      ...Array.from({ length: 25 }, (_, i) => call(app, 'updateQuickNote', { as: org.admin, params: { id }, body: { content: `Version ${i}` } })),
      ...Array.from({ length: 25 }, (_, i) => call(app, 'updateAgent', { as: org.admin, params: { id: org.agent.id }, body: { phone: `030 ${i}` } })),
    ]);
    await app.settled();
    for (const [name, count] of [['quickNote:updated', 25], ['agent_updated', 25]] as const) {
      const about = { 'quickNote:updated': id, agent_updated: org.agent.id }[name];
      const versions = heard.filter((event) => event.name === name && (event.payload as { id: unknown }).id === about).map(({ payload }) => (payload as { version: number }).version);
      expect(versions).to.have.lengthOf(count);
      expect(versions).to.deep.equal([...versions].sort((a, b) => a - b));
      expect(new Set(versions).size).to.equal(count);
    }
    const seqs = heard.map(({ meta }) => meta.seq ?? 0);
    expect(seqs).to.deep.equal([...seqs].sort((a, b) => a - b));
  });

  it('hears events in their order when their numbers become longer', async () => {
    const { app, org } = world;
    await app.settled();
    const start = app.server.gateway.sent;
    await app.query(sql`select setval('outbox_seq_seq', ${10 ** String(start).length - 6})`);
    const live = listen(await app.socket(org.stranger.token));
    await app.ctx.uow.write(system, async () => {
      for (let i = 0; i < 12; i++) await world.note(org.stranger.id);
    });
    await app.settled();
    const late = await app.socket(org.stranger.token);
    const replayed = listen(late);
    await late.emitWithAck('resume', { seq: start });
    for (const heard of [live, replayed]) {
      const seqs = heard.filter(({ name }) => name === 'quickNote:created').map(({ meta }) => meta.seq ?? 0);
      expect(seqs).to.deep.equal(Array.from({ length: 12 }, (_, i) => (seqs[0] ?? 0) + i));
      expect(String(seqs.at(-1)).length).to.be.above(String(seqs[0]).length);
    }
  });

  it('is told to read afresh when it was away for more than a day', async () => {
    const { app, org } = world;
    await world.note(org.agent.id);
    await app.settled();
    const start = app.server.tail.position;
    await world.note(org.agent.id);
    await app.settled();
    await app.query(sql`update outbox set occurred_at = occurred_at - interval '25 hours' where seq > ${start}`);
    expect(await missed(start)).to.deep.equal({ name: 'resync', payload: { seq: app.server.tail.position, reason: 'too_old' } });
  });

  it('is told to read afresh when its number is not one of this installation', async () => {
    const { position } = world.app.server.tail;
    expect(await missed(position + 1000)).to.deep.equal({ name: 'resync', payload: { seq: position, reason: 'too_old' } });
  });

  it('is told to read afresh when what it missed has been cleared away', async () => {
    const { app, org } = world;
    const start = app.server.tail.position;
    for (let i = 0; i < 3; i++) await world.note(org.agent.id);
    await app.settled();
    await app.query(sql`delete from outbox where seq <= ${start + 1}`);
    expect(await missed(start)).to.deep.equal({ name: 'resync', payload: { seq: app.server.tail.position, reason: 'too_old' } });
  });

  it('is told to read afresh when it missed more than 10,000 events, and not one fewer', async () => {
    const { app, org } = world;
    const start = app.server.tail.position;
    await app.query(sql`
      insert into outbox (id, type, aggregate_type, aggregate_id, payload, audience)
      select gen_random_uuid(), 'absence:changed', 'agent', ${String(org.stranger.id)}, ${JSON.stringify({ agentId: org.stranger.id })}::jsonb, '{}' from generate_series(1, 10000)`);
    await app.settled();
    expect(await missed(start)).to.equal(undefined);
    await world.absence(org.stranger.id);
    await app.settled();
    expect(await missed(start)).to.deep.equal({ name: 'resync', payload: { seq: app.server.tail.position, reason: 'too_many' } });
  });

  it('is refused a number that is none', async () => {
    const socket = await world.app.socket(world.org.leader.token);
    for (const seq of ['7', -1, 1.5, null, {}]) {
      const ack = await socket.emitWithAck('resume', { seq });
      expect(ack, JSON.stringify(seq)).to.nested.include({ ok: false, 'error.status': 400, 'error.details[0].path': '/body/seq' });
    }
  });

  /** A write; whether it is refused (somebody else was there first) is not what is asked here. */
  async function attempt(write: (typeof WRITES)[number] | undefined): Promise<void> {
    await write?.(world).catch((error: unknown) => {
      if (!(error instanceof Problem && error.status < 500)) throw error;
    });
  }

  /** The first thing a leader hears who comes back after a number. */
  async function missed(seq: number): Promise<unknown> {
    const { app, org } = world;
    const socket = await app.socket(org.leader.token);
    const heard = listen(socket);
    const ack = await socket.emitWithAck('resume', { seq });
    expect(ack).to.have.property('ok', true);
    socket.disconnect();
    return heard[0] && { name: heard[0].name, payload: heard[0].payload };
  }
});

/** Keeps everybody from reading a table until the result is called. */
async function holding(world: World, table: string): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const done = world.app.ctx.uow.write(system, async (tx) => {
    await tx.run(sql`lock table ${sql.table(table)} in access exclusive mode`);
    held.resolve();
    await gate.promise;
  });
  await held.promise;
  return () => {
    gate.resolve();
    return done;
  };
}

async function numberOf(world: World, aggregateId: string): Promise<number> {
  const [row] = await world.app.query(sql<{ seq: number }>`select seq::int as seq from outbox where aggregate_id = ${aggregateId} order by seq limit 1`);
  return row?.seq ?? 0;
}
