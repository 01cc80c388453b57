import { expect } from 'chai';
import { sql } from '../../api/db/db.ts';
import { clearExpired } from '../../api/retention/retention.jobs.ts';
import { jobs } from '../../api/jobs.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers, type RunningWorkers } from '../../workers/run.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { REDIS_MISSING, startRedis, type TestRedis } from '../harness/redis.ts';
import { skip } from '../harness/skip.ts';
import { until } from '../harness/until.ts';

describe('with Redis, as in production', function () {
  this.timeout(60_000);
  let redis: TestRedis;
  let app: TestApp;
  let workers: RunningWorkers;

  before(async function () {
    const started = await startRedis();
    if (!started) skip(this, REDIS_MISSING);
    redis = started;
    app = await startTestApp('redis', { REDIS_URL: redis.url, RATE_LIMIT_FACTOR: '1' });
    workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
  });
  after(async () => {
    await workers?.close();
    await app?.close();
    await redis?.stop();
  });

  const addOldKey = () =>
    app.query(sql`insert into idempotency_keys (principal, operation, key, request_hash, status, created_at)
      values ('test', 'test', gen_random_uuid()::text, '\\x00', 200, now() - interval '2 days')`);
  const oldKeys = async () => (await app.query(sql<{ n: number }>`select count(*)::int as n from idempotency_keys where principal = 'test'`))[0]?.n;

  it('runs jobs from Redis', async () => {
    await addOldKey();
    await app.ctx.queues.add(clearExpired, {}, { id: 'first' });
    await until(async () => (await oldKeys()) === 0);
  });

  it('counts requests in Redis, for all processes together', async () => {
    const second = await startTestApp('redis_second', { REDIS_URL: redis.url, RATE_LIMIT_FACTOR: '1' });
    try {
      // A process counts by itself until its connection stands.
      await until(() => app.ctx.redis?.status === 'ready' && second.ctx.redis?.status === 'ready');
      const first = await app.request().post('/api/auth/refresh').send({ refreshToken: 'x'.repeat(30) });
      const other = await second.request().post('/api/auth/refresh').send({ refreshToken: 'x'.repeat(30) });
      const remaining = (header: string | undefined) => Number(/r=(\d+)/.exec(header ?? '')?.[1]);
      expect(remaining(other.headers['ratelimit'])).to.equal(remaining(first.headers['ratelimit']) - 1);
    } finally {
      await second.close();
    }
  });

  it('goes on without Redis, and catches up when it is back', async () => {
    const org = await app.people.organisation();
    const agentSocket = await app.socket(org.agent.token);
    const heard: string[] = [];
    agentSocket.on('quickNote:created', (note: { id: string }) => heard.push(note.id));
    const port = Number(new URL(redis.url).port);
    await redis.stop();
    await addOldKey();
    const queued = app.ctx.queues.add(clearExpired, {}, { id: 'second' });
    const note = await app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'COACHING', content: 'Still here.' }).expect(201);
    await until(() => heard.includes(note.body.id));
    expect(await oldKeys()).to.equal(1);
    const again = await startRedis(port);
    if (!again) throw new Error('redis-server was there a moment ago');
    redis = again;
    await queued;
    await until(async () => (await oldKeys()) === 0, 20_000);
  });
});
