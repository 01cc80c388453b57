import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../api/context.ts';

export interface Simulator {
  /** Ends what goes on and stops. */
  close(): Promise<void>;
}

const TICK_MS = 1000;
/** After a failure (the database is away, say) it is tried again this much later. */
const PATIENCE_MS = 5000;

/** Moves the demo's floor until closed. A failure is logged and does not stop it. */
export function startSimulator(ctx: Pick<Context, 'floor' | 'log'>): Simulator {
  const stop = new AbortController();
  const running = run(ctx, stop.signal);
  return {
    close: async () => {
      stop.abort();
      await running;
      await ctx.floor.close();
    },
  };
}

async function run({ floor, log }: Pick<Context, 'floor' | 'log'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = await floor.tick().then(
      () => TICK_MS,
      (error: unknown) => {
        log.warn({ err: error }, 'simulator');
        return PATIENCE_MS;
      },
    );
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
