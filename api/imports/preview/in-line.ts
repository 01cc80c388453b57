import { Problem } from '../../errors/problem.ts';

/** Whoever types sends a search and its counts with every letter; more than these nobody waits for. */
const LONGEST = 10;

/**
 * Does the work of each person one after the other, so that nobody alone takes up the connections to the database with
 * questions that read a whole import.
 */
export class InLine {
  readonly #lines = new Map<string, { length: number; end: Promise<unknown> }>();

  /** @throws Problem 429 where too much of theirs is waiting already */
  async run<T>(whose: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(whose) ?? { length: 0, end: Promise.resolve() };
    if (line.length >= LONGEST) throw new Problem(429, 'rate_limited', `At most ${LONGEST} of these at once; try again in a moment.`, { headers: { 'Retry-After': '1' } });
    this.#lines.set(whose, line);
    line.length += 1;
    const mine = line.end.then(work);
    line.end = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(whose);
    }
  }
}
