import { createHash } from 'node:crypto';
import { StorageInterface } from 'async-cache-dedupe';
import type { Redis } from 'ioredis';

/**
 * Keeps answers in Redis, one entry a question: the generation stands in the entry, not in its name, so that a new
 * answer takes the place of the outdated one instead of waiting beside it for its end. (The library's own storage
 * names entries by the whole key.) While Redis is away nothing is found and nothing is kept.
 */
export class RedisStorage extends StorageInterface {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    super({});
    this.#redis = redis;
  }

  override async get(key: string): Promise<unknown> {
    const { name, generation } = split(key);
    const entry = await this.#redis.get(name).catch(() => null);
    return entry?.startsWith(generation) ? JSON.parse(entry.slice(generation.length)) : undefined;
  }

  override async set(key: string, value: unknown, ttl: number): Promise<void> {
    const { name, generation } = split(key);
    await this.#redis.set(name, generation + JSON.stringify(value), 'EX', ttl).catch(() => undefined);
  }

  override async remove(key: string): Promise<void> {
    await this.#redis.del(split(key).name).catch(() => undefined);
  }

  override async exists(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  // Asked for by the library's features that are not in use: entries end by generation and by time.
  override invalidate(): Promise<void> {
    return Promise.resolve();
  }

  override clear(): Promise<void> {
    return Promise.resolve();
  }

  override refresh(): Promise<void> {
    return Promise.resolve();
  }

  override getTTL(): Promise<void> {
    return Promise.resolve();
  }
}

/** Keys come as `topic~generation question`. */
function split(key: string): { name: string; generation: string } {
  const blank = key.indexOf(' ');
  const [topic = '', generation = ''] = key.slice(0, blank).split('~');
  const question = createHash('sha256').update(key.slice(blank)).digest('base64url');
  return { name: `sideline:cache:${topic}:${question}`, generation };
}
