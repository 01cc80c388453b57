import { expect } from 'chai';
import { createContext, type Context } from '../api/context.ts';
import { sql } from '../api/db/db.ts';
import { createLog } from '../api/observability/log.ts';
import { jobs } from '../api/jobs.ts';
import { clearExpired } from '../api/retention/retention.jobs.ts';
import { declareSchedules } from '../api/schedules.ts';
import { startTestApp, type TestApp } from '../test/harness/app.ts';
import { until } from '../test/harness/until.ts';
import { processors } from './processors.ts';
import { buildRegistry } from './registry.ts';
import { runWorkers, type RunningWorkers } from './run.ts';

const EVERY_MS = 500;
const WEEK_MS = 7 * 86_400_000;

describe('schedules of two workers', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let app: TestApp;
  let contexts: Context[];
  let workers: RunningWorkers[] = [];

  before(async () => {
    app = await startTestApp('schedules');
    contexts = await Promise.all([1, 2].map((n) => createContext(app.config, `worker ${n}`, { log: createLog('fatal', 'test') })));
  });
  after(async () => {
    await Promise.all(workers.map((running) => running.close()));
    await Promise.all(contexts.map((ctx) => ctx.close()));
    await app.close();
  });

  it('run each time once, by whichever of them', async () => {
    await app.ctx.queues.schedule(clearExpired, {}, { everyMs: EVERY_MS });
    const started = Date.now();
    workers = contexts.map((ctx) => runWorkers(ctx, buildRegistry(processors, jobs)));
    const runs = async () => (await app.ctx.jobRuns.list()).find((job) => job.name === clearExpired.name)?.runs ?? 0;
    await until(async () => (await runs()) >= 6, 30_000);
    // The first comes at once; doubled, there would be twice as many as there were turns.
    expect(await runs()).to.be.at.most(Math.ceil((Date.now() - started) / EVERY_MS) + 2);
    const ids = (await app.query(sql<{ id: string }>`select id from bullmq.job where name = ${clearExpired.name}`)).map((row) => row.id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('are declared once, however many declare them', async () => {
    await Promise.all([...contexts, ...contexts].map((ctx) => declareSchedules(ctx)));
    const names = (await app.ctx.queues.schedules()).map((schedule) => schedule.name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names).to.include.members(['aggregate-days', 'refresh-figures', 'clean-up-sessions', 'retention.clear-expired']);
  });

  it('make up for what was missed as soon as one is back', async () => {
    // As if nothing had run since last week: the time of the next turn is long past.
    await Promise.all(workers.map((running) => running.close()));
    workers = [];
    const before = (await app.ctx.jobRuns.list()).find((job) => job.name === 'refresh-figures')?.runs ?? 0;
    const moved = await app.query(sql<{ id: string; attempts: number }>`update bullmq.job set process_at_ms = process_at_ms - ${WEEK_MS}::bigint where name = 'refresh-figures' and state = 'delayed' returning id, attempts_started as attempts`);
    expect(moved, JSON.stringify(moved)).to.have.length(1);
    await app.query(sql`update bullmq.scheduler set next_run_ms = next_run_ms - ${WEEK_MS}::bigint where name = 'refresh-figures'`);
    await declareSchedules(contexts[0]!);
    workers = contexts.map((ctx) => runWorkers(ctx, buildRegistry(processors, jobs)));
    await until(async () => ((await app.ctx.jobRuns.list()).find((job) => job.name === 'refresh-figures')?.runs ?? 0) > before, 20_000);
  });
});
