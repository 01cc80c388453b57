import type { Context } from 'mocha';

/** Leaves a test out, or all of a suite where its hook asks, and says why beside it. */
export function skip(test: Context, why: string): never {
  console.log(`      skipped: ${why}`);
  return test.skip();
}
