import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { createContext } from '../context.ts';
import { sql } from '../db/db.ts';
import { createLog } from '../observability/log.ts';

describe('retention', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp('retention');
  });
  after(() => app.close());

  it('clears published events after two days and keeps the rest', async () => {
    const org = await app.people.organisation();
    await app.settled();
    await app.query(sql`update outbox set published_at = now()`);
    await app.query(sql`update outbox set occurred_at = now() - interval '49 hours' where seq <= 3`);
    await app.query(sql`update outbox set published_at = null where seq = 1`);
    const [before] = await app.query(sql<{ n: number }>`select count(*)::int as n from outbox`);
    const cleared = await app.ctx.retention.clearExpired();
    expect(cleared['events']).to.equal(2);
    const kept = await app.query(sql<{ seq: number }>`select seq::int as seq from outbox order by seq`);
    expect(kept.map((row) => row.seq)).to.include(1).and.not.include.members([2, 3]);
    expect(kept).to.have.length((before?.n ?? 0) - 2);
    // A client that stood before the gap is told to fetch afresh, one behind it is not.
    await app.query(sql`update outbox set published_at = now() where seq = 1`);
    await app.ctx.retention.clearExpired();
    const socket = await app.socket(org.admin.token);
    const late = await socket.emitWithAck('resume', { seq: 1 });
    expect(late.data.resync).to.equal(true);
    const intime = await socket.emitWithAck('resume', { seq: 3 });
    expect(intime.data.resync).to.equal(false);
  });

  it('clears idempotency keys after a day', async () => {
    const admin = await app.people.person('admin');
    await app.request(admin.token).post('/api/teams').set('Idempotency-Key', 'old').send({ name: 'Old', department: 'Support' }).expect(201);
    await app.query(sql`update idempotency_keys set created_at = now() - interval '25 hours'`);
    expect((await app.ctx.retention.clearExpired())['idempotency keys']).to.equal(1);
  });

  it('clears sessions of sockets a month after their end, and none that lives', async () => {
    const agent = await app.people.create('cs');
    await app.query(sql`insert into agent_sessions (id, agent_id, started_at, last_activity, ended_at, is_active)
      select gen_random_uuid(), ${agent.id}, now() - interval '40 days', now() - age, case when not alive then now() - age end, alive
      from (values (interval '31 days', false), (interval '29 days', false), (interval '0 days', true)) v(age, alive)`);
    expect((await app.ctx.retention.clearExpired())['sessions']).to.equal(1);
    expect(await app.query(sql`select 1 from agent_sessions where agent_id = ${agent.id}`)).to.have.length(2);
  });

  it('clears words that nobody is called any more, but none while somebody is being named', async () => {
    const { id } = await app.people.create('cs', { fullName: 'Xantippe Quandt' });
    await app.people.create('cs', { fullName: 'Anna Quandt' });
    const rename = (fullName: string, agentId = id) => sql`update agents set full_name = ${fullName} where id = ${agentId}`;
    const clear = async () => (await app.ctx.retention.clearExpired())['words of names'];
    const known = async () => (await app.query(sql<{ word: string }>`select word from name_words where word in ('xantippe', 'quandt', 'olga') order by 1`)).map(({ word }) => word);
    await clear();
    await app.query(rename('Olga Petrova'));
    expect(await known()).to.deep.equal(['olga', 'quandt', 'xantippe']);
    // From a transaction of their own, as the worker's: what is not committed yet nobody else sees.
    const other = await createContext(app.config, 'other', { log: createLog('fatal', 'other') });
    await app.ctx.uow.write(systemPrincipal('test'), async (tx) => {
      await tx.run(rename('Xantippe Petrova'));
      expect(await other.retention.clearExpired()).to.include({ 'words of names': 0 });
    });
    await other.close();
    const found = await app.request((await app.people.person('admin', { username: 'looking' })).token).get('/api/agents/search?q=xantipe').expect(200);
    expect((found.body as { data: { id: number }[] }).data.map((agent) => agent.id)).to.include(id);
    await app.query(rename('Xenia Petrova'));
    // Olga has gone before, Xantippe now.
    expect(await clear()).to.equal(2);
    expect(await known()).to.deep.equal(['quandt']);
    expect(await clear()).to.equal(0);
  });

  it('clears notifications, and what was told once, after 90 days', async () => {
    const { id } = await app.people.create('cs');
    const tell = (dedupeKey: string) => app.ctx.uow.write(systemPrincipal('test'), (tx) => app.ctx.notifications.notify(tx, { to: { userIds: [id] }, type: 'info', title: 'Old', message: 'Old.', data: {}, dedupeKey }));
    await tell('young');
    await tell('old');
    await app.query(sql`update notifications set updated_at = now() - interval '91 days' where recipient_id = ${id} and id = (select max(id::text)::uuid from notifications where recipient_id = ${id})`);
    await app.query(sql`update notification_occasions set at = now() - interval '91 days' where key = 'old'`);
    const cleared = await app.ctx.retention.clearExpired();
    expect(cleared).to.include({ notifications: 1, 'occasions of notifications': 1 });
    expect(await app.query(sql`select 1 from notifications where recipient_id = ${id}`)).to.have.length(1);
  });
});
