import { callerOf, type Principal } from '../auth/principal.ts';
import { unavailable } from '../errors/problem.ts';

const RETRY_SECONDS = 5;

/** How many long answers a process gives at once: so many in all, and so many to one caller, that nobody keeps others from theirs. */
export interface Limits {
  readonly all: number;
  readonly each: number;
}

/** Places for those who are given a long answer in pieces. One is taken with the first piece and free again after the last, or when no more are taken. */
export class Places {
  readonly #limits: Limits;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws Problem 503 with `Retry-After`, before the first piece, where no place is free */
  async *held<Piece>(by: Principal, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
    const caller = callerOf(by);
    const own = this.#taken.get(caller) ?? 0;
    if (own >= this.#limits.each) throw unavailable(`You are being given ${own === 1 ? 'a file' : `${own} files`} already. Ask again when ${own === 1 ? 'it is' : 'they are'} there.`, RETRY_SECONDS);
    if (this.#all >= this.#limits.all) throw unavailable('Others are being given files at the moment.', RETRY_SECONDS);
    this.#all += 1;
    this.#taken.set(caller, own + 1);
    try {
      yield* pieces;
    } finally {
      this.#all -= 1;
      const left = (this.#taken.get(caller) ?? 1) - 1;
      if (left === 0) this.#taken.delete(caller);
      else this.#taken.set(caller, left);
    }
  }
}
