import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { TestApp } from './app.ts';
import { until } from './until.ts';
import { waiters } from './waiters.ts';

/** A table that nobody gets to write to, or even to read, so that whoever needs it stands still there. */
export interface HeldTable {
  /** Resolves when somebody stands before it. */
  waitedFor(): Promise<void>;
  /** Lets them through; may be called again. */
  free(): Promise<void>;
}

export async function holdTable(app: TestApp, table: string, mode: 'share' | 'access exclusive' = 'share'): Promise<HeldTable> {
  const [held, freed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = app.ctx.uow.write(systemPrincipal('test'), async (tx) => {
    await tx.run(sql`lock table ${sql.table(table)} in ${sql.raw(mode)} mode`);
    held.resolve();
    await freed.promise;
  });
  await Promise.race([held.promise, holding]);
  return {
    waitedFor: () => until(async () => (await waiters(app, table)).length > 0, 40_000),
    free: async () => {
      freed.resolve();
      await holding;
    },
  };
}
