import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../observability/log.ts';
import type { Generations } from './generations.ts';

/** How long Redis is left alone after it has failed, in milliseconds: a request waits for it at most this often. */
const REST_MS = 1000;

/**
 * For all processes together, in Redis. Generations are never repeated, and whenever the connection was lost every
 * topic gets a new one before this process believes Redis again: what was written meanwhile could not be said there,
 * and a Redis that comes back with yesterday's snapshot brings yesterday's generations along.
 */
export class SharedGenerations implements Generations {
  readonly #redis: Redis;
  readonly #topics: readonly string[];
  readonly #log: Log;
  #trusted = false;
  #restUntil = 0;
  #renewal: Promise<void> | undefined;

  /** @param redis a connection that fails at once when Redis is away, instead of waiting for it */
  constructor(redis: Redis, topics: readonly string[], log: Log) {
    this.#redis = redis;
    this.#topics = topics;
    this.#log = log;
    redis.on('close', () => this.#doubt());
  }

  async current(topic: string, part: string): Promise<string | undefined> {
    if (!(await this.#believes())) return undefined;
    try {
      const [whole, own] = await this.#redis.mget(keyOf(topic), keyOf(part));
      // Absent only when Redis was emptied under a standing connection; a part is absent until it is outdated first.
      return typeof whole === 'string' ? `${whole}.${own ?? '-'}` : this.#doubt();
    } catch (error) {
      return this.#fail(error);
    }
  }

  async advance(names: readonly string[]): Promise<void> {
    // Without a connection nobody is answered from Redis here, and on return every topic is renewed.
    if (this.#redis.status !== 'ready') return this.#doubt();
    try {
      await this.#redis.mset(Object.fromEntries(names.map((name) => [keyOf(name), randomUUID()])));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #believes(): Promise<boolean> {
    if (this.#trusted) return true;
    if (this.#redis.status !== 'ready' || Date.now() < this.#restUntil) return false;
    await (this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    }));
    return this.#trusted;
  }

  async #renew(): Promise<void> {
    this.#trusted = true;
    await this.advance(this.#topics);
  }

  #doubt(): undefined {
    this.#trusted = false;
  }

  #fail(error: unknown): undefined {
    this.#log.warn({ err: error }, 'remembered answers are not used until Redis answers again');
    this.#restUntil = Date.now() + REST_MS;
    return this.#doubt();
  }
}

const keyOf = (topic: string): string => `sideline:cache:generation:${topic}`;
