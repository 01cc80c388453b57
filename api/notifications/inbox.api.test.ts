import { expect } from 'chai';
import { call } from '../../test/harness/calls.ts';
import { listen } from '../../test/harness/listener.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';

const system = systemPrincipal('test');

describe('The inbox', function () {
  this.timeout(30_000);
  let world: World;
  let person: TestPerson;

  before(async () => {
    world = await startWorld('inbox');
  });
  after(() => world.close());
  beforeEach(async () => {
    person = await world.app.people.person('cs', { teamId: world.org.team.id });
  });

  const tell = (message: string, to = person): Promise<number[]> =>
    world.app.ctx.uow.write(system, (tx) => world.app.ctx.notifications.notify(tx, { to: { userIds: [to.id] }, type: 'info', title: 'Told', message, data: {} }));
  const list = async (query: Record<string, string | number> = {}) => (await world.app.request(person.token).get('/api/notifications').query(query).expect(200)).body as { data: { id: string; message: string; readAt: string | null }[]; meta: { total: number } };
  const unread = async (): Promise<number> => (await world.app.request(person.token).get('/api/notifications/unread-count').expect(200)).body.unread;

  it('lists the newest first, read and unread, and counts what is unread', async () => {
    for (const message of ['one', 'two', 'three']) await tell(message);
    const { data } = await list();
    expect(data.map(({ message }) => message)).to.deep.equal(['three', 'two', 'one']);
    await world.app.request(person.token).put(`/api/notifications/${data[1]?.id}`).send({ read: true }).expect(200);
    expect((await list({ unread: 'true' })).data.map(({ message }) => message)).to.deep.equal(['three', 'one']);
    expect((await list({ unread: 'false' })).data.map(({ message }) => message)).to.deep.equal(['two']);
    expect((await list({ group: 'presence' })).meta.total).to.equal(0);
    expect(await unread()).to.equal(2);
    const second = await list({ page: 2, limit: 2 });
    expect([second.data.map(({ message }) => message), second.meta]).to.deep.equal([['one'], { total: 3, page: 2, limit: 2, totalPages: 2 }]);
  });

  it('is one’s own: nobody reads or marks another’s, an administrator included', async () => {
    await tell('mine');
    const [mine] = (await list()).data;
    for (const other of [world.org.admin, world.org.leader]) {
      await world.app.request(other.token).put(`/api/notifications/${mine?.id}`).send({ read: true }).expect(404);
      const { body } = await world.app.request(other.token).get('/api/notifications').expect(200);
      expect(body.data.map(({ id }: { id: string }) => id)).to.not.include(mine?.id);
    }
    expect(await unread()).to.equal(1);
  });

  it('tells the person’s other windows what is read, once, and says nothing when nothing changes', async () => {
    await tell('one');
    await tell('two');
    const heard = listen(await world.app.socket(person.token));
    const [two, one] = (await list()).data.map(({ id }) => id);
    for (const read of [true, true, false]) await world.app.request(person.token).put(`/api/notifications/${one}`).send({ read }).expect(200);
    expect((await world.app.request(person.token).post('/api/notifications/read-all').expect(200)).body).to.deep.equal({ read: 2 });
    expect((await world.app.request(person.token).post('/api/notifications/read-all').expect(200)).body).to.deep.equal({ read: 0 });
    await world.app.settled();
    const told = heard.filter(({ name }) => name === 'notification:read').map(({ payload }) => payload as { ids: string[]; readAt: string | null });
    expect(told.map(({ ids, readAt }) => [[...ids].sort(), readAt !== null])).to.deep.equal([[[one], true], [[one], false], [[one, two].sort(), true]]);
    expect(await unread()).to.equal(0);
  });

  it('keeps a burst that was read as it is, and begins another one', async () => {
    const presence = (n: number) =>
      world.app.ctx.uow.write(system, (tx) =>
        world.app.ctx.notifications.notify(tx, {
          to: { userIds: [person.id] }, type: 'presence_threshold', title: `${n}`, message: `${n}`,
          data: { agentId: n, agentName: 'x', teamId: world.org.team.id, intervalId: world.org.team.id, status: 'away', reason: null, reasonCode: null, since: new Date().toISOString(), thresholdMinutes: 15 },
        }));
    for (let n = 1; n <= 5; n++) await presence(n);
    const [burst] = (await list({ group: 'presence' })).data;
    for (const read of [true, false]) await world.app.request(person.token).put(`/api/notifications/${burst?.id}`).send({ read }).expect(200);
    for (let n = 6; n <= 7; n++) await presence(n);
    const counts = await world.app.query(sql<{ n: number }>`select (data->>'count')::int as n from notifications where recipient_id = ${person.id} and type = 'burst' order by created_at`);
    expect(counts).to.deep.equal([{ n: 2 }, { n: 2 }]);
  });

  it('takes messages over the socket as the guide has them, with ids of either kind, and gives data back as it came', async () => {
    const heard = listen(await world.app.socket(person.token));
    const leader = await world.app.socket(world.org.leader.token);
    const ack = await leader.emitWithAck('notification:send', { userId: String(person.id), type: 'warning', message: 'Please call back.', data: { ticketId: 'T-7' } });
    expect(ack).to.deep.nested.include({ ok: true, 'data.userId': person.id, 'data.title': 'Message from Lena Leader', 'data.data': { ticketId: 'T-7' } });
    await world.app.settled();
    expect(heard.filter(({ name }) => name === 'notification').map(({ payload }) => payload)).to.deep.equal([
      { id: ack.data.id, type: 'warning', title: 'Message from Lena Leader', message: 'Please call back.', data: { ticketId: 'T-7' } },
    ]);
    const { data } = await list();
    expect(data[0]).to.deep.include({ id: ack.data.id, from: { id: world.org.leader.id, name: 'Lena Leader' }, readAt: null });
  });

  it('refuses messages of those who may not, to those they do not lead, and of the wrong kind', async () => {
    const send = (by: TestPerson, body: object) => world.app.socket(by.token).then((socket) => socket.emitWithAck('notification:send', body));
    const message = { userId: person.id, type: 'info', message: 'Hello.' };
    expect(await send(person, message)).to.nested.include({ ok: false, 'error.code': 'role_not_allowed' });
    expect(await send(world.org.otherLeader, message)).to.nested.include({ ok: false, 'error.code': 'not_found' });
    expect(await send(world.org.leader, { ...message, type: 'presence_threshold' })).to.nested.include({ ok: false, 'error.code': 'validation_failed' });
    expect(await send(world.org.leader, { ...message, userId: 'you' })).to.nested.include({ ok: false, 'error.code': 'validation_failed' });
    expect(await unread()).to.equal(0);
  });

  it('writes down who sent whom what', async () => {
    const { body } = await call(world.app, 'sendNotification', { as: world.org.leader, body: { userId: person.id, type: 'info', message: 'Come over.' } });
    const [entry] = await world.app.query(sql<{ actor: number; after: object }>`select actor_id::int as actor, after from audit_log where action = 'notification.send' and target_id = ${String(person.id)}`);
    expect(entry).to.deep.equal({ actor: world.org.leader.id, after: { notificationId: (body as { id: string }).id, type: 'info', message: 'Come over.' } });
  });

  it('keeps preferences by version, and tells other windows', async () => {
    const heard = listen(await world.app.socket(person.token));
    const put = (changes: object, version: number) => world.app.request(person.token).put('/api/notifications/preferences').set('If-Match', `"${version}"`).send({ ...DEFAULT_PREFERENCES, ...changes });
    expect((await world.app.request(person.token).get('/api/notifications/preferences').expect(200)).body).to.deep.equal({ ...DEFAULT_PREFERENCES, defaultTimezone: 'UTC', sendsMail: false, version: 0 });
    const saved = await put({ timezone: 'Asia/Tokyo', quietHours: { from: '22:00', to: '06:30' } }, 0).expect(200);
    expect(saved.body).to.include({ timezone: 'Asia/Tokyo', version: 1 });
    await put({ timezone: null }, 0).expect(412);
    expect((await put({ quietDays: [7] }, 1).expect(200)).headers['etag']).to.equal('"2"');
    await world.app.settled();
    expect(heard.map(({ name, payload }) => [name, (payload as { version: number }).version])).to.deep.equal([['notification:preferences-updated', 1], ['notification:preferences-updated', 2]]);
    const [first, second] = await Promise.all([put({}, 2), put({ digestAt: '09:00' }, 2)]);
    expect([first.status, second.status].sort()).to.deep.equal([200, 412]);
  });

  it('says when somebody may be reminded', async () => {
    await world.app.ctx.preferences.update(await world.principal(person), { ...DEFAULT_PREFERENCES, timezone: 'America/New_York', quietHours: { from: '18:00', to: '09:00' } });
    const { preferences } = world.app.ctx;
    expect((await preferences.deliverableAt(person.id, new Date('2026-05-04T23:00:00Z'))).toISOString()).to.equal('2026-05-05T13:00:00.000Z');
    expect((await preferences.deliverableAt(world.org.viewer.id, new Date('2026-05-04T23:00:00Z'))).toISOString()).to.equal('2026-05-04T23:00:00.000Z');
    expect([await preferences.zoneOf(person.id), await preferences.zoneOf(world.org.viewer.id)]).to.deep.equal(['America/New_York', 'UTC']);
  });
});
