import type { Context } from '../api/context.ts';
import type { JobInput } from '../api/queues/jobs.ts';
import type { AnyProcessor } from './registry.ts';

/** Runs a job, and remembers how it went. @throws whatever the job throws */
export async function runJob(ctx: Context, processor: AnyProcessor, input: JobInput<unknown>): Promise<number> {
  // Of this machine, as they are read beside its log; the context's clock is for what jobs are about.
  const startedAt = new Date();
  const ended = async (error?: unknown): Promise<number> => {
    const finishedAt = new Date();
    await ctx.jobRuns
      .record({ name: processor.job.name, startedAt, finishedAt }, error)
      .catch((failure: unknown) => ctx.log.warn({ err: failure, job: processor.job.name }, 'how the job went could not be remembered'));
    return finishedAt.getTime() - startedAt.getTime();
  };
  try {
    await processor.run(ctx, { ...input, payload: input.payload as never });
  } catch (error) {
    await ended(error);
    throw error;
  }
  return ended();
}
