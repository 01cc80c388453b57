import { probit } from 'simple-statistics';

/** A 32-bit number that follows from the parts alone (FNV-1a, then a finaliser so that similar parts differ widely). */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('|')) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same numbers for the same seed, on every machine (mulberry32). Not for secrets. */
export class Random {
  #state: number;

  constructor(...seed: readonly (string | number)[]) {
    this.#state = seedOf(...seed);
  }

  /** From 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  /** A UUIDv7 of that moment (RFC 9562, §5.7): made by the hundred thousand, hence by hand. */
  uuid(at: number): string {
    const time = at.toString(16).padStart(12, '0');
    const tail = this.#word() + this.#word() + this.#word();
    const variant = (8 + (Number.parseInt(tail.slice(3, 4), 16) % 4)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(4, 7)}-${tail.slice(7, 19)}`;
  }

  #word(): string {
    return Math.floor(this.next() * 2 ** 32).toString(16).padStart(8, '0');
  }
}

/**
 * A sequence that fills 0 to 1 evenly however early it is cut off (Kronecker: multiples of an irrational number).
 * Few draws then come close to the mean they are meant to have, and a row of days has no trend but the intended one.
 */
export class Even {
  #value: number;
  readonly #step: number;

  /** @param dimension sequences that are used together need different ones, 0 to {@link DIMENSIONS} − 1 */
  constructor(start: number, dimension: number) {
    this.#value = start;
    this.#step = stepOf(dimension);
  }

  next(): number {
    this.#value = (this.#value + this.#step) % 1;
    return this.#value;
  }
}

const PRIMES = [5, 2, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37];
export const DIMENSIONS = PRIMES.length;

/** The fractional part of the root of a prime; of five it is twice the golden section's, the most even there is. */
const stepOf = (dimension: number): number => Math.sqrt(PRIMES[dimension % DIMENSIONS] ?? 5) % 1;

/** The `index`-th value of such a sequence, as a standard normal score between about −2.3 and 2.3. */
export const evenScore = (start: number, dimension: number, index: number): number =>
  normal((start + index * stepOf(dimension)) % 1);

/** The standard normal score of a probability, kept away from its infinite ends. */
export const normal = (probability: number): number => probit(Math.min(0.99, Math.max(0.01, probability)));
