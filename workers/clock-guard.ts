import type { Context } from '../api/context.ts';
import { databaseTime } from '../api/db/signals.ts';
import { LOCK } from './run.ts';

/**
 * Locks on jobs expire by the clocks of the workers, each of which renews its own after half their duration. Of two
 * workers one may be ahead and the other behind: together they have to stay below that half, or one takes the other's
 * running job for abandoned and runs it a second time.
 */
const LIMIT_MS = Math.floor(LOCK.lockDuration / 2 / 2.5);
const WARN_MS = LIMIT_MS / 4;
const CHECK_MS = 30_000;
const SAMPLES = 3;

/** What the clock of this machine says, in milliseconds of the epoch. */
export type Now = () => number;

/** Thrown at start-up; the message says what to do. */
export class ClockError extends Error {}

export interface Skew {
  /** Positive when this machine is ahead of the database. */
  readonly ms: number;
  /** How far off that may be: half of the way to the database and back. */
  readonly uncertainty: number;
}

/** How far this machine's clock is from the database's, by the quickest of a few answers. */
export async function clockSkew(askDatabase: () => Promise<number>, now: Now = Date.now): Promise<Skew> {
  let best: Skew | undefined;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const asked = now();
    const theirs = await askDatabase();
    const answered = now();
    const uncertainty = (answered - asked) / 2;
    if (!best || uncertainty < best.uncertainty) best = { ms: asked + uncertainty - theirs, uncertainty };
  }
  return best!; // there is at least one sample
}

/** Whether the clock is surely further off than workers may be. */
export const isTooFarOff = ({ ms, uncertainty }: Skew): boolean => Math.abs(ms) - uncertainty > LIMIT_MS;

export function describeSkew({ ms }: Skew): string {
  const seconds = (Math.abs(ms) / 1000).toFixed(1);
  return `The clock of this machine is ${seconds} s ${ms > 0 ? 'ahead of' : 'behind'} the database's; more than ${LIMIT_MS / 1000} s and jobs could run twice. Set it by NTP (timedatectl, chronyd) on both machines.`;
}

/** @throws ClockError when this machine must not work off jobs */
export async function assertClock(ctx: Context, now?: Now): Promise<void> {
  const skew = await measure(ctx, now);
  if (isTooFarOff(skew)) throw new ClockError(describeSkew(skew));
  if (Math.abs(skew.ms) - skew.uncertainty > WARN_MS) ctx.log.warn({ skewMs: Math.round(skew.ms) }, describeSkew(skew));
}

const measure = (ctx: Context, now?: Now): Promise<Skew> => clockSkew(() => ctx.uow.read(databaseTime), now);

export interface ClockGuard {
  /** Looks once; otherwise it does so every half minute. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Keeps watch on a clock that was right at the start. A worker whose clock goes wrong ends: waiting would leave it with
 * the locks it holds.
 *
 * @param end called once, with what to say
 */
export function guardClock(ctx: Context, end: (message: string) => void, now?: Now): ClockGuard {
  let ended = false;
  const check = async (): Promise<void> => {
    // While the database is away nothing is known, and there are no jobs to be had either.
    const skew = await measure(ctx, now).catch(() => null);
    if (!skew || ended || !isTooFarOff(skew)) return;
    ended = true;
    end(describeSkew(skew));
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  return { check, close: () => clearInterval(timer) };
}
