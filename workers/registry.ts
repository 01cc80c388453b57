import type { Context } from '../api/context.ts';
import type { JobDefinition, JobInput } from '../api/queues/jobs.ts';

/** A job and what runs it. */
export interface Processor<Payload = unknown> {
  readonly job: JobDefinition<Payload>;
  run(ctx: Context, input: JobInput<Payload>): Promise<void>;
}

export const defineProcessor = <Payload>(processor: Processor<Payload>): Processor<Payload> => processor;

/** Forgets the payload's type: what a queue hands over is what was added under that job's name. */
export interface AnyProcessor {
  readonly job: JobDefinition<unknown>;
  run(ctx: Context, input: JobInput<never>): Promise<void>;
}

/**
 * The processors by job name.
 * @param expected every job the API can queue
 * @throws when a job has no processor, or two, or a processor no job
 */
export function buildRegistry(processors: readonly AnyProcessor[], expected: readonly JobDefinition<unknown>[]): ReadonlyMap<string, AnyProcessor> {
  const registry = new Map<string, AnyProcessor>();
  for (const processor of processors) {
    if (registry.has(processor.job.name)) throw new Error(`Two processors for ${processor.job.name}`);
    registry.set(processor.job.name, processor);
  }
  const known = new Set(expected.map((job) => job.name));
  const missing = [...known].filter((name) => !registry.has(name));
  const extra = [...registry.keys()].filter((name) => !known.has(name));
  if (missing.length + extra.length > 0) {
    throw new Error(`Jobs and processors differ: without processor [${missing.join(', ')}], without job [${extra.join(', ')}]`);
  }
  return registry;
}
