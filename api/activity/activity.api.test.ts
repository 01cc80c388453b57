import { expect } from 'chai';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { ActivityRow } from './activity.repository.ts';

const HOUR_MS = 3_600_000;

describe('activity', () => {
  let world: World;

  before(async () => {
    world = await startWorld('activity');
  });
  after(() => world.close());

  const record = (agentId: number, description: string, at?: Date) =>
    world.app.ctx.uow.write(systemPrincipal('test'), (tx) =>
      world.app.ctx.activity.record(tx, [{ agentId, type: 'ticket_resolved', description, metadata: { ticketId: description }, ...(at ? { at } : {}) }]));
  const read = async (token: string, path: string) => world.app.request(token).get(path).expect(200);
  const described = (rows: readonly ActivityRow[]): string[] => rows.map((row) => row.description);

  it('is a bare array, newest first, of the last seven days unless said otherwise', async () => {
    const id = await world.someone();
    const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
    await record(id, 'eight days ago', ago(8 * 24));
    await record(id, 'six days ago', ago(6 * 24));
    await record(id, 'now');
    const { body } = await read(world.org.leader.token, `/api/agents/${id}/activity`);
    expect(described(body)).to.deep.equal(['now', 'six days ago']);
    expect(body[0]).to.include({ agentId: id, type: 'ticket_resolved' });
    expect(body[0].metadata).to.deep.equal({ ticketId: 'now' });
    expect(described((await read(world.org.leader.token, `/api/agents/${id}/activity?days=9`)).body)).to.have.length(3);
    expect(described((await read(world.org.leader.token, `/api/agents/${id}/activity?days=1`)).body)).to.deep.equal(['now']);
    expect((await read(world.org.leader.token, `/api/agents/${id}/activity?type=login`)).body).to.deep.equal([]);
  });

  it('can be followed to its end by the Link header, also where many happened in one instant', async () => {
    const id = await world.someone();
    const at = new Date(Date.now() - HOUR_MS);
    for (let n = 0; n < 5; n++) await record(id, `number ${n}`, at);
    // Finer than the wire shows: rows a microsecond apart, as PostgreSQL's own clock writes them.
    await world.app.query(sql`insert into agent_activities (id, agent_id, type, description, "timestamp")
      select gen_random_uuid(), ${id}, 'login', 'micro ' || n, ${at}::timestamptz + n * interval '1 microsecond' from generate_series(1, 4) n`);
    const seen: string[] = [];
    let path: string | undefined = `/api/agents/${id}/activity?limit=2`;
    while (path !== undefined) {
      const answer: { body: ActivityRow[]; headers: Record<string, string> } = await read(world.org.leader.token, path);
      seen.push(...described(answer.body));
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1];
    }
    expect(seen.slice(0, 4)).to.deep.equal(['micro 4', 'micro 3', 'micro 2', 'micro 1']);
    expect(seen.slice(4).sort()).to.deep.equal([0, 1, 2, 3, 4].map((n) => `number ${n}`));
  });

  it('is committed with its cause or not at all', async () => {
    const id = await world.someone();
    const failing = world.app.ctx.uow.write(systemPrincipal('test'), async (tx) => {
      await world.app.ctx.activity.record(tx, [{ agentId: id, type: 'login', description: 'never' }]);
      throw new Error('the cause fails');
    });
    await failing.then(() => expect.fail('it was to fail'), () => undefined);
    expect((await read(world.org.leader.token, `/api/agents/${id}/activity`)).body).to.deep.equal([]);
  });

  it('is heard by the person and those who lead them, as they read it, and by nobody else', async () => {
    const { org, app } = world;
    const heard = new Map<string, ActivityRow[]>();
    for (const name of ['admin', 'manager', 'leader', 'agent', 'otherLeader', 'colleague', 'stranger', 'viewer'] as const) {
      const list: ActivityRow[] = [];
      heard.set(name, list);
      (await app.socket(org[name].token)).on('agent_activity', (row: ActivityRow) => row.description === 'heard' && list.push(row)); // coming online is an activity as well
    }
    await record(org.agent.id, 'heard');
    await app.settled();
    const { body } = await read(org.agent.token, `/api/agents/${org.agent.id}/activity`);
    for (const [name, rows] of heard) {
      const reads = ['admin', 'manager', 'leader', 'agent'].includes(name);
      expect(rows, name).to.deep.equal(reads ? [body.find((row: ActivityRow) => row.description === 'heard')] : []);
    }
  });

  it('of thousands is written in one go, and quietly where asked', async () => {
    const id = await world.someone();
    const entries = Array.from({ length: 2000 }, (_unused, n) => ({ agentId: id, type: 'message_sent', description: `Message ${n}` }) as const);
    await world.app.ctx.uow.write(systemPrincipal('test'), (tx) => world.app.ctx.activity.record(tx, entries, { quiet: true }));
    const [row] = await world.app.query(sql<{ rows: number; events: number }>`select (select count(*)::int from agent_activities where agent_id = ${id}) as rows,
      (select count(*)::int from outbox where type = 'agent_activity' and aggregate_id = ${String(id)}) as events`);
    expect(row).to.deep.equal({ rows: 2000, events: 0 });
  });
});
