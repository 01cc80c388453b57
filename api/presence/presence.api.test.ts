import { expect } from 'chai';
import { ledgerOf, expectWhole } from '../../test/harness/ledger.ts';
import { listen } from '../../test/harness/listener.ts';
import { until } from '../../test/harness/until.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Berlin';
const system = systemPrincipal('test');

describe('Presence', function () {
  this.timeout(30_000);
  let world: World;
  const clock = { at: Date.now(), now: () => new Date(clock.at) };

  before(async () => {
    world = await startWorld('presence', { BUSINESS_TIMEZONE: ZONE, JWT_EXPIRY: '30d' }, { clock });
  });
  after(() => world.close());

  const pass = (ms: number): void => void (clock.at += ms);
  const at = (iso: string): void => void (clock.at = Date.parse(iso));
  const statuses = async (id: number) => (await ledgerOf(world.app, id)).map((row) => [row.status, row.source]);
  /** A socket as a process would write it. */
  const writeSocket = (agentId: number, startedAt: number, lastActivity: number, ended: boolean, id = newId(), processId = newId()) =>
    world.app.ctx.sessions.save(processId, [{
      id, agentId, socketId: 'socket', ip: '10.0.0.1', userAgent: 'Test', startedAt: new Date(startedAt).toISOString(), lastActivity: new Date(lastActivity).toISOString(),
      endedAt: ended ? new Date(lastActivity).toISOString() : null, endReason: ended ? 'transport close' : null,
    }]);
  type Status = 'online' | 'away' | 'busy' | 'offline';
  const set = (id: number, status: Status) => world.app.ctx.presence.setStatus({ ...system, kind: 'person', role: 'cs', agentId: id }, id, status, null);
  /** By a leader: what they say needs no socket. */
  const put = (id: number, status: Status) => world.app.ctx.presence.setStatus({ ...system, kind: 'person', agentId: world.org.leader.id }, id, status, null);
  /** A day after today: tokens are good for a month of the clock. */
  const later = (days: number): string => new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 10);

  it('begins with the first socket of a person, however many there are, and is told once', async () => {
    const person = await world.app.people.person('cs', { teamId: world.org.team.id, username: 'tabs' });
    const leader = await world.app.socket(world.org.leader.token);
    const heard = listen(leader);
    for (let tab = 0; tab < 3; tab++) await world.app.socket(person.token);
    await until(async () => (await statuses(person.id)).length > 0);
    await world.app.settled();
    expect(await statuses(person.id)).to.deep.equal([['online', 'socket']]);
    const about = heard.filter(({ payload }) => (payload as { agentId: number }).agentId === person.id).map(({ name }) => name);
    expect(about).to.have.members(['agent_status_change', 'agent_online', 'agent_activity']);
    const { body } = await world.app.request(world.org.leader.token).get(`/api/agents/${person.id}/sessions?active=true`).expect(200);
    expect(body.meta.total).to.equal(3);
    expect(body.data[0]).to.include({ agentId: person.id, isActive: true, endedAt: null });
  });

  it('ends a grace after the last socket, with the time when that ended', async () => {
    const id = await world.someone();
    const [one, other] = [newId(), newId()];
    const begun = clock.at;
    await writeSocket(id, clock.at, clock.at, false, one);
    await writeSocket(id, clock.at, clock.at, false, other);
    await world.app.ctx.presence.follow([id]);
    pass(MINUTE);
    await writeSocket(id, begun, clock.at, true, one);
    await writeSocket(id, begun, clock.at, false, other);
    pass(20 * SECOND);
    await writeSocket(id, begun, clock.at, true, other);
    const lost = clock.at;
    pass(30 * SECOND - 1);
    await world.app.ctx.sessions.follow();
    expect(await statuses(id)).to.deep.equal([['online', 'socket']]);
    pass(1);
    await world.app.ctx.sessions.follow();
    const rows = await ledgerOf(world.app, id);
    expect(rows.map(({ status, source, from }) => [status, source, from])).to.deep.equal([['online', 'socket', begun], ['offline', 'socket_lost', lost]]);
    expect((await world.app.ctx.agents.get(id)).statusSince).to.equal(new Date(lost).toISOString());
    const { body } = await world.app.request(world.org.leader.token).get(`/api/agents/${id}/activity`).expect(200);
    expect(body.map((row: { description: string; timestamp: string }) => [row.description, row.timestamp])).to.deep.equal([
      ['Went offline: no connection any more', new Date(lost).toISOString()], ['Came online', new Date(begun).toISOString()],
    ]);
  });

  it('leaves no trace of somebody who comes back within the grace', async () => {
    const id = await world.someone();
    await writeSocket(id, clock.at, clock.at + MINUTE, true);
    await world.app.ctx.presence.follow([id]);
    pass(MINUTE + 29 * SECOND);
    await set(id, 'busy');
    await writeSocket(id, clock.at, clock.at, false);
    await world.app.ctx.presence.follow([id]);
    pass(10 * SECOND);
    await world.app.ctx.sessions.follow();
    expect(await statuses(id)).to.deep.equal([['online', 'socket'], ['busy', 'self']]);
  });

  it('of a killed server is exact to the heartbeat, and only that server’s sockets end', async () => {
    const [mine, both] = [await world.someone(), await world.someone()];
    const [dying, living] = [newId(), newId()];
    const [a, b, c] = [newId(), newId(), newId()];
    const begun = clock.at;
    const beat = async (process: string, sockets: readonly (readonly [string, number])[]) => {
      for (const [id, agentId] of sockets) await writeSocket(agentId, begun, clock.at, false, id, process);
    };
    await beat(dying, [[a, mine], [b, both]]);
    await beat(living, [[c, both]]);
    await world.app.ctx.presence.follow([mine, both]);
    pass(10 * SECOND);
    await beat(dying, [[a, mine], [b, both]]);
    const last = clock.at;
    for (let n = 0; n < 8; n++) {
      pass(10 * SECOND);
      await beat(living, [[c, both]]);
      await world.app.ctx.sessions.follow();
    }
    expect((await ledgerOf(world.app, mine)).map(({ status, from }) => [status, from])).to.deep.equal([['online', begun], ['offline', last]]);
    expect(await statuses(both)).to.deep.equal([['online', 'socket']]);
    const [rows] = await world.app.query(sql<{ heard: number }>`select (extract(epoch from last_heartbeat_at) * 1000)::float8 as heard from presence_intervals where agent_id = ${both} and ended_at is null`);
    expect(rows?.heard).to.equal(clock.at);
    const sessions = await world.app.query(sql<{ id: string; reason: string }>`select id, end_reason as reason from agent_sessions where agent_id in (${mine}, ${both}) and not is_active order by id`);
    expect(sessions.map((row) => row.reason)).to.deep.equal(['lost', 'lost']);
  });

  it('does not bring back whom a person or a leader has put offline, and undoes what nobody decided', async () => {
    const id = await world.someone();
    const comes = async () => {
      await writeSocket(id, clock.at, clock.at, true);
      await world.app.ctx.presence.follow([id]);
      pass(MINUTE);
      await world.app.ctx.sessions.follow();
    };
    await comes();
    await set(id, 'online');
    await set(id, 'offline');
    await comes();
    expect((await statuses(id)).at(-1)).to.deep.equal(['offline', 'self']);
    await put(id, 'away');
    await put(id, 'offline');
    await comes();
    expect((await statuses(id)).at(-1)).to.deep.equal(['offline', 'leader']);
    await world.app.ctx.uow.write(system, async (tx) => {
      await world.app.ctx.presence.setStatus(system, id, 'online', null);
      await world.app.ctx.presence.end(tx, id);
    });
    pass(SECOND);
    expect((await statuses(id)).at(-1)).to.deep.equal(['offline', 'deactivated']);
    await comes();
    expect((await statuses(id)).slice(-2)).to.deep.equal([['online', 'socket'], ['offline', 'socket_lost']]);
    expectWhole(await ledgerOf(world.app, id), clock.at);
  });

  it('does not end those whom the simulator or a host has put where they are', async () => {
    const id = await world.someone();
    await world.app.ctx.presence.setStatus(system, id, 'online', null);
    await writeSocket(id, clock.at, clock.at, true);
    pass(2 * HOUR);
    await world.app.ctx.sessions.follow();
    await world.app.ctx.sessions.cleanUp();
    expect(await statuses(id)).to.deep.equal([['online', 'system']]);
  });

  it('is cleaned up after half an hour by a worker whose clock is wrong by minutes', async () => {
    const [silent, alive] = [await world.someone(), await world.someone()];
    const begun = clock.at;
    const session = newId();
    await writeSocket(silent, begun, begun, false);
    await writeSocket(alive, begun, begun, false, session);
    await world.app.ctx.presence.follow([silent, alive]);
    pass(31 * MINUTE);
    await writeSocket(alive, begun, clock.at, false, session);
    pass(90 * SECOND);
    expect(await world.app.ctx.sessions.cleanUp()).to.be.at.least(1);
    expect(await statuses(alive)).to.deep.equal([['online', 'socket']]);
    expect((await ledgerOf(world.app, silent)).map(({ status, from }) => [status, from])).to.deep.equal([['online', begun], ['offline', begun]]);
    expect(await world.app.ctx.sessions.cleanUp()).to.equal(0);
  });

  it('is written once when several processes notice at the same time', async () => {
    const id = await world.someone();
    await writeSocket(id, clock.at, clock.at, true);
    await world.app.ctx.presence.follow([id]);
    pass(HOUR);
    await Promise.all(Array.from({ length: 8 }, () => world.app.ctx.sessions.follow()));
    expect(await statuses(id)).to.deep.equal([['online', 'socket'], ['offline', 'socket_lost']]);
    await Promise.all(['online', 'away', 'busy', 'online', 'offline'].map((status) => set(id, status as Status)));
    expectWhole(await ledgerOf(world.app, id), clock.at);
  });

  describe('has a record', () => {
    it('in which intervals cannot overlap, nor leave a hole, nor be changed, whoever writes', async () => {
      const id = await world.someone();
      await set(id, 'online');
      pass(HOUR);
      await set(id, 'away');
      const attempt = (query: ReturnType<typeof sql>) => world.app.ctx.uow.write(system, (tx) => tx.run(query)).then(() => 'done', (error: { code: string }) => error.code);
      const insert = (from: number, to: number | null) => attempt(sql`insert into presence_intervals (id, agent_id, status, source, started_at, ended_at)
        values (${newId()}, ${id}, 'busy', 'system', ${new Date(from)}, ${to === null ? null : new Date(to)})`);
      expect(await insert(clock.at - MINUTE, clock.at - SECOND)).to.equal('23P01');
      expect(await insert(clock.at - 3 * HOUR, clock.at - 2 * HOUR)).to.equal('23514');
      expect(await attempt(sql`update presence_intervals set ended_at = ${new Date(clock.at)} where agent_id = ${id} and ended_at is null`)).to.equal('23514');
      expect(await attempt(sql`update presence_intervals set status = 'busy' where agent_id = ${id}`)).to.equal('23001');
      expect(await attempt(sql`update presence_intervals set ended_at = ended_at - interval '1 minute' where agent_id = ${id} and ended_at is not null`)).to.equal('23001');
      expect(await attempt(sql`update presence_intervals set superseded_at = now() where agent_id = ${id} and ended_at is not null`)).to.equal('23514');
    });

    it('that is corrected without deleting, audited, and told to the person', async () => {
      const person = await world.app.people.person('cs', { teamId: world.org.team.id, username: 'corrected' });
      const { id } = person;
      const day = later(2);
      at(`${day}T07:00:00Z`);
      await put(id, 'online');
      pass(HOUR);
      await put(id, 'away');
      pass(HOUR);
      const socket = await world.app.socket(person.token);
      const heard = listen(socket);
      const url = `/api/agents/${id}/presence`;
      const correction = { from: `${day}T07:30:00Z`, to: `${day}T08:30:00Z`, status: 'busy', reasonCode: 'training', reason: 'Was in a training.' };
      const { body: corrected } = await world.app.request(world.org.leader.token).post(`${url}/corrections`).send(correction).expect(201);
      expect(corrected).to.deep.include({ agentId: id, status: 'busy', statusReason: 'Training', reasonCode: 'training', reason: 'Was in a training.', correctedBy: { id: world.org.leader.id, name: 'Lena Leader' } });
      const { body } = await world.app.request(person.token).get(`${url}?from=${day}`).expect(200);
      const told = (rows: { status: string; startedAt: string; endedAt: string | null }[]) => rows.map((row) => [row.status, row.startedAt.slice(11, 16), row.endedAt?.slice(11, 16)]);
      expect(told(body.intervals)).to.deep.equal([['online', '07:00', '07:30'], ['busy', '07:30', '08:30'], ['away', '08:30', undefined]]);
      expect(told(body.superseded)).to.deep.equal([['online', '07:00', '08:00'], ['away', '08:00', undefined]]);
      expect(body.superseded[0].supersededBy).to.equal(corrected.id);
      expect(body.corrections).to.deep.equal([corrected]);
      expect(body.totals).to.deep.include({ online: 1800, busy: 3600, away: 1800, onlineHours: 2, awayHours: 0.5 });
      expect((await world.app.ctx.agents.get(id)).statusSince).to.equal(`${day}T08:30:00.000Z`);
      await world.app.settled();
      expect(heard.find(({ name }) => name === 'presence:corrected')?.payload).to.include({ agentId: id, correctionId: corrected.id });
      const [audit] = await world.app.query(sql<{ actor: string; before: object; after: object }>`select actor_id as actor, before, after from audit_log where action = 'presence.correct' and target_id = ${String(id)}`);
      expect(audit?.actor).to.equal(String(world.org.leader.id));
      expect(audit?.after).to.deep.include({ correctionId: corrected.id, reason: 'Was in a training.', status: 'busy' });
      // A correction of the correction, up to now.
      await world.app.request(world.org.manager.token).post(`${url}/corrections`).send({ ...correction, from: `${day}T08:00:00Z`, to: clock.now().toISOString(), status: 'online', reasonCode: undefined }).expect(201);
      expectWhole(await ledgerOf(world.app, id), clock.at);
      const again = await world.app.request(person.token).get(`${url}?from=${day}`).expect(200);
      expect(told(again.body.intervals)).to.deep.equal([['online', '07:00', '07:30'], ['busy', '07:30', '08:00'], ['online', '08:00', '09:00'], ['away', '09:00', undefined]]);
      expect(again.body.superseded).to.have.length(4);
    });

    it('whose corrected days are computed anew', async () => {
      const id = await world.someone();
      const [day, next] = [later(3), later(4)];
      at(`${day}T07:00:00Z`);
      await put(id, 'online');
      pass(HOUR);
      await put(id, 'offline');
      at(`${next}T07:00:00Z`);
      await world.app.ctx.recomputation.aggregateRange(day, next);
      const hours = async () => (await world.app.query(sql<{ h: number }>`select online_hours::float8 as h from agent_performance_metrics where agent_id = ${id} and date = ${day}`)).map((row) => row.h);
      expect(await hours()).to.deep.equal([1]);
      await world.app.request(world.org.leader.token).post(`/api/agents/${id}/presence/corrections`)
        .send({ from: `${day}T08:00:00Z`, to: `${day}T10:00:00Z`, status: 'online', reason: 'Forgot to sign in again.' }).expect(201);
      await world.app.ctx.recomputation.recomputeStaleDays();
      expect(await hours()).to.deep.equal([3]);
    });
  });

  it('is corrected by many at once while its days are being computed, and nobody waits in a circle', async () => {
    const id = await world.someone();
    const day = later(5);
    at(`${day}T07:00:00Z`);
    await put(id, 'online');
    pass(8 * HOUR);
    const deadlocks = async () => (await world.app.query(sql<{ n: number }>`select deadlocks::int as n from pg_stat_database where datname = current_database()`))[0]?.n;
    const before = await deadlocks();
    let isOver = false;
    const computing = (async () => {
      while (!isOver) await world.app.ctx.recomputation.recomputeStaleDays();
    })();
    const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => world.app.request(world.org.leader.token).post(`/api/agents/${id}/presence/corrections`)
      .send({ from: `${day}T${String(7 + (i % 7)).padStart(2, '0')}:${10 + i}:00Z`, to: `${day}T${String(8 + (i % 7)).padStart(2, '0')}:${10 + i}:00Z`, status: i % 2 ? 'away' : 'busy', reason: `Number ${i}` })));
    isOver = true;
    await computing;
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201));
    // The statistics of a connection are told when it has been idle for a second at most.
    await world.app.query(sql`select pg_stat_force_next_flush()`);
    expect(await deadlocks()).to.equal(before);
  });

  describe('counts the hours of today', () => {
    const hours = async (id: number) => (await world.app.ctx.agents.get(id)).onlineHoursToday;

    it('to the second, and from 0 at midnight of the business zone', async () => {
      const id = await world.someone();
      at('2026-07-01T20:00:00Z'); // 22:00 in Berlin
      await put(id, 'online');
      pass(HOUR);
      await put(id, 'offline');
      pass(30 * MINUTE);
      await put(id, 'away');
      pass(29 * MINUTE + 24 * SECOND);
      expect(await hours(id)).to.equal(1.49);
      pass(36 * SECOND);
      expect(await hours(id), 'midnight').to.equal(0);
      pass(2 * HOUR);
      expect(await hours(id)).to.equal(2);
      await put(id, 'busy');
      pass(HOUR);
      await put(id, 'offline');
      pass(HOUR);
      expect(await hours(id)).to.equal(3);
    });

    for (const [what, day, opens, length] of [
      ['23 hours of a day in spring', '2027-03-28', '2027-03-27T23:00:00Z', 23],
      ['25 hours of a day in autumn', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    ] as const) {
      it(`on all ${what}`, async () => {
        const id = await world.someone();
        clock.at = Date.parse(opens) - 3 * HOUR;
        await put(id, 'online');
        clock.at = Date.parse(opens) + length * HOUR - 1;
        expect(await hours(id)).to.equal(length);
        clock.at = Date.parse(opens) + length * HOUR + 2 * HOUR;
        await put(id, 'offline');
        expect(await hours(id)).to.equal(2);
        const { days } = await world.app.ctx.ledger.read(system, id, day, day);
        expect(days).to.have.length(1);
        expect(days[0]!.seconds).to.deep.equal({ online: length * 3600, away: 0, busy: 0, offline: 0 });
        await world.app.ctx.recomputation.aggregateRange(day, day);
        const [row] = await world.app.query(sql<{ h: number }>`select online_hours::float8 as h from agent_performance_metrics where agent_id = ${id} and date = ${day}`);
        expect(row?.h).to.equal(length);
      });
    }

    it('also of somebody whose server died before midnight and came back the next day', async () => {
      const id = await world.someone();
      const begun = Date.parse('2026-08-03T20:00:00Z');
      clock.at = begun;
      const session = newId();
      await writeSocket(id, begun, begun, false, session);
      await world.app.ctx.presence.follow([id]);
      await writeSocket(id, begun, begun + HOUR, false, session);
      at('2026-08-04T06:00:00Z');
      await world.app.ctx.recomputation.aggregateRange('2026-08-03', '2026-08-04');
      await writeSocket(id, clock.at, clock.at, false);
      await world.app.ctx.presence.follow([id]);
      pass(HOUR);
      await world.app.ctx.recomputation.recomputeStaleDays();
      expect(await hours(id)).to.equal(1);
      const rows = await world.app.query(sql<{ h: number }>`select online_hours::float8 as h from agent_performance_metrics where agent_id = ${id} order by date`);
      expect(rows.map((row) => row.h)).to.deep.equal([1, 1]);
      expectWhole(await ledgerOf(world.app, id), clock.at);
    });
  });
});
