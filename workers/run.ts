import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Worker, type Job, type WorkerOptions } from 'bullmq';
import type { Context } from '../api/context.ts';
import { QUEUE_NAMES, waitAfter, type QueueName } from '../api/queues/jobs.ts';
import { within } from '../api/queues/within.ts';
import type { AnyProcessor } from './registry.ts';
import { runJob } from './run-job.ts';

/** Jobs of one queue at once. Imports are one at a time: each may use the whole machine. Two that rest leave one free. */
const CONCURRENCY: Readonly<Record<QueueName, number>> = { imports: 1, performance: 3, maintenance: 1, mail: 1 };

/**
 * A job that stands for everything that asked for it rests so many times as long as it ran before it runs again, this
 * long at most, in milliseconds: alone it follows at once, under load a second's events cost one run.
 */
const REST = { times: 20, longestMs: 1000 } as const;

/** A killed worker's job runs again after about this long; a job that only takes long keeps its lock. Milliseconds. */
export const LOCK = { lockDuration: 5000, stalledInterval: 2000, maxStalledCount: 10 } as const;

/** After a refused connection it is tried again so much later, in milliseconds: jobs go on as soon as their database is back. */
const RETRY_MS = 1000;

/** How long running jobs may take to end when the worker stops, in milliseconds. */
const DRAIN_MS = 8000;

export interface RunningWorkers {
  /** Stops taking jobs, waits for those that run, and tells long ones to end. */
  close(): Promise<void>;
}

type OpenWorker = Pick<Worker, 'close'>;

/** Works off every queue until closed. */
export function runWorkers(ctx: Context, registry: ReadonlyMap<string, AnyProcessor>): RunningWorkers {
  const stop = new AbortController();
  const workers = QUEUE_NAMES.map((name) => openWorker(ctx, name, (job) => work(ctx, registry, job, stop.signal)));
  return {
    close: async () => {
      stop.abort();
      await Promise.all(workers.map(drain));
    },
  };
}

/** Jobs that do not end in time are left to whoever finds their lock expired. */
async function drain(worker: OpenWorker): Promise<void> {
  if (!(await within(DRAIN_MS, worker.close()))) await within(DRAIN_MS, worker.close(true));
}

function openWorker(ctx: Context, name: QueueName, work: (job: Job) => Promise<void>): OpenWorker {
  const options: Omit<WorkerOptions, 'connection'> = { ...LOCK, concurrency: CONCURRENCY[name], runRetryDelay: RETRY_MS, settings: { backoffStrategy: (attempts) => waitAfter(attempts) } };
  const backend = ctx.queueBackend;
  const worker =
    backend.kind === 'redis'
      ? new Worker(name, work, { ...options, connection: backend.redis })
      : new Worker(name, work, { ...options, connection: backend.pool }, createPostgresBackend);
  worker.on('error', (error) => ctx.log.warn({ err: error, queue: name }, 'queue'));
  worker.on('failed', (job, error) => ctx.log.error({ err: error, job: job?.name, id: job?.id, attempt: job?.attemptsMade }, 'job failed'));
  return worker;
}

async function work(ctx: Context, registry: ReadonlyMap<string, AnyProcessor>, job: Job, signal: AbortSignal): Promise<void> {
  const processor = registry.get(job.name);
  if (!processor) throw new Error(`No processor for ${job.name}`);
  const ms = await runJob(ctx, processor, { id: String(job.id), payload: job.data, signal, deaths: job.stalledCounter, attempt: job.attemptsMade + 1 });
  ctx.log.debug({ job: job.name, id: job.id, ms }, 'job done');
  if (processor.job.coalesce) await sleep(Math.min(ms * REST.times, REST.longestMs), undefined, { signal }).catch(() => undefined);
}
