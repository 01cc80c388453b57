import { MemoryStore, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { Problem } from '../errors/problem.ts';
import type { RateLimitRule } from './contract.ts';
import { SharedStore } from './shared-store.ts';

/** What a caller has left of an operation. Times in seconds. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/**
 * Counts by person (address when anonymous) and operation, on the stores of express-rate-limit. HTTP and sockets
 * count in the same place: a socket message is its HTTP twin.
 */
export class RateLimits {
  readonly #stores = new Map<string, Store>();
  readonly #factor: number;
  readonly #redis: Redis | null;

  constructor(factor: number, redis: Redis | null = null) {
    this.#factor = factor;
    this.#redis = redis;
  }

  /**
   * Counts one attempt; refused ones count too.
   * @throws Problem 429 with `Retry-After` when the allowance is used up.
   */
  async take(operation: string, rule: RateLimitRule, caller: string): Promise<Allowance> {
    return this.#judge(operation, rule, await this.#store(operation, rule).increment(caller));
  }

  /** Gives an attempt back: sign-in counts only the failed ones. */
  async giveBack(operation: string, rule: RateLimitRule, caller: string): Promise<void> {
    await this.#store(operation, rule).decrement(caller);
  }

  close(): void {
    for (const store of this.#stores.values()) void store.shutdown?.();
  }

  #judge(operation: string, rule: RateLimitRule, info: ClientRateLimitInfo): Allowance {
    const limit = Math.max(1, Math.round(rule.max * this.#factor));
    const reset = info.resetTime ? Math.max(1, Math.ceil((info.resetTime.getTime() - Date.now()) / 1000)) : rule.windowSeconds;
    if (info.totalHits <= limit) return { limit, remaining: limit - info.totalHits, resetSeconds: reset };
    throw new Problem(429, 'rate_limited', `At most ${limit} of these in ${rule.windowSeconds} seconds; try again in ${reset} seconds.`, {
      headers: { 'Retry-After': String(reset), ...rateLimitHeaders({ limit, remaining: 0, resetSeconds: reset }, operation, rule) },
    });
  }

  #store(operation: string, rule: RateLimitRule): Store {
    const known = this.#stores.get(operation);
    if (known) return known;
    const windowMs = rule.windowSeconds * 1000;
    const store = this.#redis ? new SharedStore(this.#redis, operation) : new MemoryStore();
    store.init?.({ windowMs } as Options);
    this.#stores.set(operation, store);
    return store;
  }
}

/** `RateLimit` and `RateLimit-Policy` of the IETF draft (draft-ietf-httpapi-ratelimit-headers-08). */
export function rateLimitHeaders(left: Allowance, operation: string, rule: RateLimitRule): Record<string, string> {
  return {
    'RateLimit-Policy': `"${operation}";q=${left.limit};w=${rule.windowSeconds}`,
    RateLimit: `"${operation}";r=${left.remaining};t=${left.resetSeconds}`,
  };
}
