import { MemoryStore, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';

/**
 * Counts in Redis for all processes together, and in this process alone while Redis is away: a limit that is a
 * little generous for a moment is better than an API that stands still.
 */
export class SharedStore implements Store {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #local = new MemoryStore();
  #shared: RedisStore | undefined;
  #options: Options | undefined;

  /** @param redis a connection that fails at once when Redis is away, instead of waiting for it */
  constructor(redis: Redis, operation: string) {
    this.#redis = redis;
    this.#prefix = `sideline:limit:${operation}:`;
  }

  init(options: Options): void {
    this.#options = options;
    this.#local.init(options);
  }

  increment(key: string): Promise<ClientRateLimitInfo> {
    return this.#either((store) => store.increment(key), () => this.#local.increment(key));
  }

  decrement(key: string): Promise<void> {
    return this.#either(async (store) => store.decrement(key), () => this.#local.decrement(key));
  }

  resetKey(key: string): Promise<void> {
    return this.#either(async (store) => store.resetKey(key), () => this.#local.resetKey(key));
  }

  shutdown(): void {
    this.#local.shutdown();
  }

  async #either<T>(shared: (store: RedisStore) => Promise<T>, local: () => Promise<T>): Promise<T> {
    if (this.#redis.status !== 'ready') return local();
    try {
      return await shared((this.#shared ??= this.#open()));
    } catch {
      // Its script may not be loaded: the next attempt starts with a new store.
      this.#shared = undefined;
      return local();
    }
  }

  #open(): RedisStore {
    const store = new RedisStore({
      prefix: this.#prefix,
      sendCommand: (command: string, ...args: string[]) => this.#redis.call(command, ...args) as Promise<number>,
    });
    if (this.#options) void store.init(this.#options);
    // The scripts load in the background; when that fails, so does the increment that waits for them.
    store.incrementScriptSha.catch(() => undefined);
    store.getScriptSha.catch(() => undefined);
    return store;
  }
}
