import type { Log } from './observability/log.ts';

/**
 * Ends the process in good order on SIGINT, SIGTERM, or when the supervisor that started it is gone; and by force
 * when that takes too long, because a process that never ends keeps its successor from starting.
 */
export function endInGoodOrder(log: Log, deadlineMs: number, end: () => Promise<void>): void {
  let ending = false;
  const stop = (reason: string): void => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.error('did not stop in time');
      process.exit(1);
    }, deadlineMs).unref();
    end().then(
      () => process.exit(),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('the supervisor is gone'));
}
