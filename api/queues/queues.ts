import { setTimeout } from 'node:timers/promises';
import { Queue, createPostgresBackend, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { EventConsumer } from '../events/relay.ts';
import type { EventJob, JobDefinition, QueueName } from './jobs.ts';
import { QUEUE_NAMES, WAITING } from './jobs.ts';
import { SCHEMA, type QueuePool } from './queue-pool.ts';
import { within } from './within.ts';

/** Where BullMQ keeps its jobs: PostgreSQL of its own schema, or Redis where there is one. */
export type QueueBackend = { readonly kind: 'postgres'; readonly pool: QueuePool } | { readonly kind: 'redis'; readonly redis: Redis };

const CLOSE_MS = 3000;
/** BullMQ's SchedulerJobIdCollision and SchedulerJobSlotsBusy. */
const TURN_TAKEN: ReadonlySet<number> = new Set([-10, -11]);
/** While a turn of an older schedule runs, a newer one cannot take its place. */
const SCHEDULE_ATTEMPTS = 20;
const SCHEDULE_PAUSE_MS = 250;
/** Finished jobs are kept this long for whoever wonders, in seconds; their ids keep a repeated event from running twice. */
const KEEP_SECONDS = 2 * 24 * 3600;

/** Creates or updates BullMQ's own tables. Part of migrating. */
export async function migrateQueues(directUrl: string): Promise<void> {
  const queue = new Queue('migration', { connection: { connectionString: directUrl, schema: SCHEMA, migrate: true } }, createPostgresBackend);
  try {
    await queue.waitUntilReady();
  } finally {
    await queue.close();
  }
}

/** Adds jobs. What must not get lost is added by the relay, from the outbox; see {@link queueConsumer}. */
export class Queues {
  readonly #queues: Map<QueueName, AnyQueue>;

  constructor(backend: QueueBackend) {
    this.#queues = new Map(QUEUE_NAMES.map((name) => [name, openQueue(name, backend)]));
  }

  /** Adding the same id again while the job is known does nothing. */
  async add<Payload>(job: JobDefinition<Payload>, payload: Payload, options: { id?: string; delayMs?: number } = {}): Promise<void> {
    await this.#queue(job.queue).add(job.name, payload, jobOptions(job, options));
  }

  /** Runs a job again and again; declaring it twice, even at the same moment, changes nothing. `pattern` is cron in `timezone`. */
  async schedule<Payload>(job: JobDefinition<Payload>, payload: Payload, repeat: { pattern: string; timezone: string } | { everyMs: number }): Promise<void> {
    const when = 'pattern' in repeat ? { pattern: repeat.pattern, tz: repeat.timezone } : { every: repeat.everyMs };
    const queue = this.#queue(job.queue);
    for (let attempt = 1; ; attempt++) {
      try {
        await queue.upsertJobScheduler(job.name, when, { name: job.name, data: payload, opts: scheduledOptions(job) });
        return;
      } catch (error) {
        // The turns this would make are there: somebody declared it at this moment, or a turn is just running.
        if (!TURN_TAKEN.has(Number((error as { code?: unknown }).code))) throw error;
        const declared = await queue.getJobScheduler(job.name);
        if (declared && (['every', 'pattern', 'tz'] as const).every((key) => declared[key] === (when as Partial<typeof declared>)[key])) return;
        if (attempt >= SCHEDULE_ATTEMPTS) throw error;
        await setTimeout(SCHEDULE_PAUSE_MS);
      }
    }
  }

  /** What runs by the clock, and when next. */
  async schedules(): Promise<JobSchedule[]> {
    const found = await Promise.all([...this.#queues.values()].map((queue) => queue.getJobSchedulers()));
    return found.flat().map(({ name, pattern, tz, every, next }) => ({
      name,
      when: pattern === undefined ? Number(every) < 60_000 ? `every ${Number(every) / 1000} s` : `every ${Number(every) / 60_000} min` : `${pattern} ${tz ?? 'UTC'}`,
      next: next === undefined ? null : new Date(next),
    }));
  }

  /** How many jobs there are in each queue, by what they are waiting for. */
  async counts(): Promise<{ readonly queue: QueueName; readonly counts: Readonly<Record<string, number>> }[]> {
    return Promise.all([...this.#queues].map(async ([queue, open]) => ({ queue, counts: await open.getJobCounts('waiting', 'active', 'delayed', 'failed') })));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => within(CLOSE_MS, queue.close())));
  }

  #queue(name: QueueName): AnyQueue {
    const queue = this.#queues.get(name);
    if (!queue) throw new Error(`There is no queue ${name}`);
    return queue;
  }
}

type AnyQueue = Pick<Queue, 'add' | 'close' | 'upsertJobScheduler' | 'getJobScheduler' | 'getJobSchedulers' | 'getJobCounts'>;

/** A job that runs by the clock. */
export interface JobSchedule {
  readonly name: string;
  /** For people. */
  readonly when: string;
  readonly next: Date | null;
}

function openQueue(name: QueueName, backend: QueueBackend): AnyQueue {
  const queue =
    backend.kind === 'redis' ? new Queue(name, { connection: backend.redis }) : new Queue(name, { connection: backend.pool }, createPostgresBackend);
  // Without a listener an error of the connection would end the process; whoever adds a job gets it anyway.
  queue.on('error', () => undefined);
  return queue as AnyQueue;
}

/** A scheduled run has its own place in time; it must not keep an event's from being added. */
const scheduledOptions = ({ coalesce: _coalesce, ...job }: JobDefinition<unknown>): JobsOptions => jobOptions(job, {});

function jobOptions(job: JobDefinition<unknown>, { id, delayMs }: { id?: string; delayMs?: number }): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: WAITING },
    removeOnComplete: { age: KEEP_SECONDS },
    removeOnFail: { age: 7 * KEEP_SECONDS },
    ...(id ? { jobId: id } : {}),
    ...(job.coalesce ? { deduplication: { id: job.name, keepLastIfActive: true } } : {}),
    ...(delayMs ? { delay: delayMs } : {}),
  };
}

/**
 * Turns events into jobs, job id = job name + event id: the relay may hand over an event twice, the job exists once. Of
 * events that come together, the last one's job stands for all where a run stands for whatever asked for it.
 */
export function queueConsumer(queues: Queues, eventJobs: readonly EventJob[]): EventConsumer {
  return {
    name: 'queues',
    accept: async (events) => {
      const wanted = events.flatMap((event) => eventJobs.filter((candidate) => candidate.event === event.type).map(({ job }) => ({ event, job })));
      const last = new Map(wanted.map(({ event, job }) => [job, event]));
      for (const { event, job } of wanted.filter((one) => !one.job.coalesce || last.get(one.job) === one.event)) {
        await queues.add(job, { eventId: event.id, type: event.type, payload: event.payload }, { id: `${job.name}-${event.id}` });
      }
    },
  };
}
