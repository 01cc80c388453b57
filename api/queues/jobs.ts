/** The queues; each has a worker of its own, so that a long import never holds up a recomputation. */
export const QUEUE_NAMES = ['imports', 'performance', 'maintenance', 'mail'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** What a processor is given: payload as it was queued, and the job's id (the event's id where an event caused it). */
export interface JobInput<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** Aborted when the worker is told to stop; a long job then ends at its next safe point and is run again. */
  readonly signal: AbortSignal;
  /** How often a worker ended, without ending the job, while it was at it. */
  readonly deaths: number;
  /** 1, 2, 3 … with every failure before this run. */
  readonly attempt: number;
}

/** A kind of job: its name, its queue, and the type of its payload. */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly queue: QueueName;
  /** Attempts after failures (a killed worker does not count as one). */
  readonly attempts: number;
  /**
   * A run stands for everything that asked for one before it began: while one waits, no other is added, and while one
   * runs, one. For jobs that find out by themselves what there is to do. After each run the worker rests for a
   * while, so that under load few runs do much each.
   */
  readonly coalesce?: boolean;
  /** Does something sensible without a payload, so that an operator may run it. */
  readonly alone?: boolean;
  /** Never set; carries the payload's type. */
  readonly payload?: Payload;
}

/** Each attempt waits twice as long as the one before, from a second to half a minute: what was away is not asked all at once, and not long after it is back. */
const WAIT = { firstMs: 1000, longestMs: 30_000 } as const;

/** How long a failed job waits before its next attempt, in milliseconds; up to half of it less, by chance. @param attempts made so far */
export const waitAfter = (attempts: number, chance = Math.random()): number => Math.round(Math.min(WAIT.firstMs * 2 ** (attempts - 1), WAIT.longestMs) * (1 - chance / 2));

/** Name of this way to wait, as it stands in jobs. */
export const WAITING = 'doubling';

export const defineJob = <Payload>(job: Omit<JobDefinition<Payload>, 'payload'>): JobDefinition<Payload> => job;

/** The payload of a job that an event causes. */
export interface EventJobPayload<EventPayload = unknown> {
  readonly eventId: string;
  readonly type: string;
  readonly payload: EventPayload;
}

/** Which jobs an event causes: declared by the room that owns the job. */
export interface EventJob {
  readonly event: string;
  /** Takes an {@link EventJobPayload}, or whatever it is given. */
  readonly job: JobDefinition<unknown>;
}
