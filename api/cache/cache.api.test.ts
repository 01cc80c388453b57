import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { createDatabaseFromTemplate, type TestDatabase } from '../../test/harness/postgres.ts';
import { REDIS_MISSING, startRedis, type TestRedis } from '../../test/harness/redis.ts';
import { skip } from '../../test/harness/skip.ts';
import { until } from '../../test/harness/until.ts';

type Organisation = Awaited<ReturnType<TestApp['people']['organisation']>>;
const AT_ONCE = 50;
const STATUSES = ['online', 'away', 'busy'] as const;

/** Counts what reaches the database, and can hold it up right after the rows were read. */
function watchLists(app: TestApp) {
  const repository = app.ctx.repositories.agents;
  const original = repository.list.bind(repository);
  let queries = 0;
  let held: Promise<void> | undefined;
  repository.list = async (...args) => {
    queries++;
    const answer = await original(...args);
    await held;
    return answer;
  };
  return {
    get queries() {
      return queries;
    },
    /** From now on answers wait, rows in hand, until released. */
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = undefined;
        resolve();
      };
    },
  };
}

describe('remembered answers', function () {
  this.timeout(60_000);

  /** What must hold wherever answers are kept; `others` are further processes of the same installation. */
  function promises(find: () => { app: TestApp; org: Organisation; others: readonly TestApp[] }): void {
    const list = (app: TestApp, token: string, query = '') => app.request(token).get(`/api/agents${query}`).expect(200);
    const setStatus = (app: TestApp, { id, token }: Organisation['agent'], status: string) => app.request(token).put(`/api/agents/${id}/status`).send({ status }).expect(200);
    const statusIn = (body: { data: { id: number; onlineStatus: string }[] }, id: number) => body.data.find((agent) => agent.id === id)?.onlineStatus;

    it('are told apart from fresh ones, and the same', async () => {
      const { app, org } = find();
      await setStatus(app, org.agent, 'online');
      for (const path of ['/api/agents?limit=7', '/api/agents/stats', '/api/agents/departments']) {
        await app.settled();
        await app.ctx.peopleCache.outdate();
        const first = await app.request(org.leader.token).get(path).expect(200).expect('X-Cache', 'MISS');
        const second = await app.request(org.leader.token).get(path).expect(200).expect('X-Cache', 'HIT');
        expect(second.body, path).to.deep.equal(first.body);
      }
    });

    it('are shown to everybody by their own projection, and found by what they may see', async () => {
      const { app, org } = find();
      await app.ctx.peopleCache.outdate();
      const whole = (await list(app, org.leader.token)).body.data.find(({ id }: { id: number }) => id === org.stranger.id);
      const peer = (await list(app, org.agent.token)).body.data.find(({ id }: { id: number }) => id === org.stranger.id);
      expect(whole.email).to.equal(org.stranger.row.email);
      expect(peer.email).to.equal(null);
      const search = `?search=${org.stranger.row.email}`;
      expect((await list(app, org.leader.token, search)).body.meta.total).to.equal(1);
      expect((await list(app, org.agent.token, search)).body.meta.total).to.equal(0);
      expect((await list(app, org.stranger.token, search)).body.meta.total).to.equal(1);
    });

    it('are computed once, however many ask at once', async () => {
      const { app, org } = find();
      const watch = watchLists(app);
      await app.settled();
      await app.ctx.peopleCache.outdate();
      const release = watch.hold();
      const asking = Array.from({ length: AT_ONCE }, async () => list(app, org.leader.token, '?limit=13'));
      await until(() => watch.queries > 0);
      // Everybody is in, or on the way: nobody else asks the database once the first has its answer.
      await new Promise((resolve) => setTimeout(resolve, 300));
      release();
      const answers = await Promise.all(asking);
      expect(watch.queries).to.equal(1);
      expect(answers.filter(({ headers }) => headers['x-cache'] === 'MISS')).to.have.length(1);
      expect(new Set(answers.map(({ text }) => text))).to.have.property('size', 1);
    });

    it('never leave out what their reader has just written, whichever process answers', async () => {
      const { app, org, others } = find();
      for (let n = 0; n < 30; n++) {
        const status = STATUSES[n % STATUSES.length] ?? 'online';
        const readers = [app, ...others];
        // Everybody has the answer from before, and some are just reading it.
        const busy = readers.map((reader) => list(reader, org.leader.token));
        await setStatus(app, org.agent, status);
        for (const reader of readers) expect(statusIn((await list(reader, org.leader.token)).body, org.agent.id), `after write ${n}`).to.equal(status);
        await Promise.all(busy);
      }
    });

    it('of a department end with what changes there, and with whoever comes or goes', async () => {
      const { app, org } = find();
      const { token } = org.admin;
      await app.request(token).put('/api/agents/bulk').send({ agentIds: [org.agent.id], updates: { department: 'Near' } }).expect(200);
      await app.request(token).put('/api/agents/bulk').send({ agentIds: [org.stranger.id], updates: { department: 'Far' } }).expect(200);
      const seen = async (query: string) => {
        const { body, headers } = await list(app, token, query);
        return { cache: headers['x-cache'] as string, ids: body.data.map(({ id }: { id: number }) => id) as number[], status: statusIn(body, org.agent.id) };
      };
      for (const status of STATUSES) {
        await app.settled();
        for (const query of ['?department=Near', '?department=Far', '?limit=50']) await seen(query);
        await setStatus(app, org.agent, status);
        expect((await seen('?department=Near')).status).to.equal(status);
        expect((await seen('?limit=50')).status).to.equal(status);
        expect((await seen('?department=Far')).cache).to.equal('HIT');
      }
      await app.request(token).put('/api/agents/bulk').send({ agentIds: [org.agent.id], updates: { department: 'Far' } }).expect(200);
      expect((await seen('?department=Near')).ids).to.deep.equal([]);
      expect((await seen('?department=Far')).ids).to.have.members([org.agent.id, org.stranger.id]);
    });

    it('that were computed before a write and come in after it are not kept', async () => {
      const { app, org, others } = find();
      const watch = watchLists(app);
      await setStatus(app, org.agent, 'online');
      await app.settled();
      await app.ctx.peopleCache.outdate();
      const release = watch.hold();
      const old = list(app, org.leader.token, '?limit=17').then(({ body }) => statusIn(body, org.agent.id));
      await until(() => watch.queries > 0);
      await setStatus(others[0] ?? app, org.agent, 'busy');
      // Asked after the write: does not join those who wait for the answer from before it.
      const fresh = list(app, org.leader.token, '?limit=17').then(({ body }) => statusIn(body, org.agent.id));
      await until(() => watch.queries > 1);
      release();
      expect(await old).to.equal('online');
      expect(await fresh).to.equal('busy');
      for (const reader of [app, ...others]) expect(statusIn((await list(reader, org.leader.token, '?limit=17')).body, org.agent.id)).to.equal('busy');
    });

    it('end with every kind of write that a list shows', async () => {
      const { app, org } = find();
      const { token } = org.admin;
      const shown = async () => (await list(app, org.manager.token, '?limit=100')).body;
      const counted = async () => [(await app.request(token).get('/api/agents/stats')).body, (await app.request(token).get('/api/agents/departments')).body];
      const writes: readonly [string, () => Promise<unknown>][] = [
        ['created', () => app.people.create('cs', { department: 'Novel' })],
        ['renamed', async () => app.request(token).put(`/api/agents/${org.agent.id}`).send({ fullName: 'Ada Anew' }).expect(200)],
        ['department', async () => app.request(token).put('/api/agents/bulk').send({ agentIds: [org.agent.id], updates: { department: 'Elsewhere' } }).expect(200)],
        ['team', async () => app.request(token).put(`/api/teams/${org.otherTeam.id}/members`).send({ agentIds: [org.agent.id, org.stranger.id] }).expect(200)],
        ['team renamed', async () => app.request(token).put(`/api/teams/${org.otherTeam.id}`).send({ name: 'Teal' }).expect(200)],
        ['deleted', async () => app.request(token).delete(`/api/agents/${org.colleague.id}`).expect(200)],
      ];
      for (const [name, write] of writes) {
        const before = [await shown(), await counted()];
        await write();
        expect([await shown(), await counted()], name).to.not.deep.equal(before);
        const remembered = [await shown(), await counted()];
        await app.ctx.peopleCache.outdate();
        expect([await shown(), await counted()], `${name}: as the database has it`).to.deep.equal(remembered);
      }
    });
  }

  describe('in the process', () => {
    let app: TestApp;
    let org: Organisation;
    before(async () => {
      app = await startTestApp('cache');
      org = await app.people.organisation();
    });
    after(() => app.close());
    promises(() => ({ app, org, others: [] }));

    it('can be switched off', async () => {
      const off = await startTestApp('cache_off', { CACHE_TTL_AGENTS: '0' });
      try {
        const { token } = await off.people.person('admin');
        for (let n = 0; n < 3; n++) await off.request(token).get('/api/agents').expect(200).expect('X-Cache', 'MISS');
      } finally {
        await off.close();
      }
    });
  });

  describe('in Redis, for two processes', () => {
    let redis: TestRedis;
    let dir: string;
    let database: TestDatabase;
    let app: TestApp;
    let other: TestApp;
    let org: Organisation;
    before(async function () {
      dir = await mkdtemp(join(tmpdir(), 'sideline-redis-'));
      const started = await startRedis(undefined, dir);
      if (!started) skip(this, REDIS_MISSING);
      redis = started;
      database = await createDatabaseFromTemplate('cache_shared');
      const env = { REDIS_URL: redis.url, JWT_SECRET: 'the same in both processes, and long enough' };
      app = await startTestApp('cache_shared', env, {}, database);
      other = await startTestApp('cache_other', env, {}, { ...database, drop: () => Promise.resolve() });
      org = await app.people.organisation();
      await until(() => app.ctx.redis?.status === 'ready' && other.ctx.redis?.status === 'ready');
    });
    after(async () => {
      await other?.close();
      await app?.close();
      await redis?.stop();
      await rm(dir, { recursive: true });
    });
    promises(() => ({ app, org, others: [other] }));

    it('are shared', async () => {
      await app.settled();
      await app.ctx.peopleCache.outdate();
      await until(async () => {
        await app.request(org.leader.token).get('/api/agents?limit=3').expect(200);
        return (await other.request(org.leader.token).get('/api/agents?limit=3').expect(200)).headers['x-cache'] === 'HIT';
      });
    });

    it('are out of date before the write is acknowledged, however slow Redis is', async () => {
      const connection = app.ctx.redis;
      if (!connection) throw new Error('there is no connection');
      const status = async () => (await other.request(org.leader.token).get('/api/agents?limit=29').expect(200)).body.data.find(({ id }: { id: number }) => id === org.agent.id).onlineStatus;
      await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'online' }).expect(200);
      await app.settled();
      await other.settled();
      expect(await status()).to.equal('online');
      const mset = connection.mset.bind(connection);
      // Both learn of the write by its event as well; neither may be what saves the day.
      other.ctx.peopleCache.outdate = () => Promise.resolve();
      connection.mset = (async (values: Record<string, string>) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return mset(values);
      }) as typeof connection.mset;
      try {
        await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'busy' }).expect(200);
        expect(await status()).to.equal('busy');
      } finally {
        connection.mset = mset;
        Reflect.deleteProperty(other.ctx.peopleCache, 'outdate');
      }
    });

    it('do without Redis when it is away, and believe nothing it says of before when it is back', async () => {
      const port = Number(new URL(redis.url).port);
      const status = async (from: TestApp): Promise<{ status: string; cache: string }> => {
        const { body, headers } = await from.request(org.leader.token).get('/api/agents?limit=19').expect(200);
        return { status: body.data.find(({ id }: { id: number }) => id === org.agent.id).onlineStatus, cache: String(headers['x-cache']) };
      };
      const set = async (wanted: string) => app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: wanted }).expect(200);
      await set('online');
      await status(app);
      await redis.stop();
      await set('away');
      for (const from of [app, other, app, other]) expect(await status(from)).to.deep.equal({ status: 'away', cache: 'MISS' });
      const again = await startRedis(port, dir);
      if (!again) throw new Error('redis-server was there a moment ago');
      redis = again;
      await until(() => app.ctx.redis?.status === 'ready' && other.ctx.redis?.status === 'ready');
      await set('busy');
      for (const from of [app, other]) expect((await status(from)).status).to.equal('busy');
      await until(async () => (await status(app)).cache === 'HIT');
      expect((await status(other)).status).to.equal('busy');
    });

    it('of a Redis that restored an old snapshot are not believed', async () => {
      await app.settled();
      const list = async () => (await app.request(org.leader.token).get('/api/agents?limit=23').expect(200)).body.data.find(({ id }: { id: number }) => id === org.agent.id).onlineStatus;
      const connection = app.ctx.redis;
      if (!connection) throw new Error('there is no connection');
      await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'online' }).expect(200);
      await app.settled();
      expect(await list()).to.equal('online');
      expect((await connection.keys('sideline:cache:agents:*')).length, 'something to be misled by').to.be.above(0);
      await connection.save();
      await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'away' }).expect(200);
      const port = Number(new URL(redis.url).port);
      await redis.stop();
      const again = await startRedis(port, dir);
      if (!again) throw new Error('redis-server was there a moment ago');
      redis = again;
      await until(() => connection.status === 'ready');
      expect(await list()).to.equal('away');

    });
  });
});
