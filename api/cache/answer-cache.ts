import { createCache, type Cache } from 'async-cache-dedupe';
import type { Redis } from 'ioredis';
import type { Log } from '../observability/log.ts';
import { LocalGenerations, type Generations } from './generations.ts';
import { RedisStorage } from './redis-storage.ts';
import { SharedGenerations } from './shared-generations.ts';

/** How many answers a process keeps of each topic when it keeps them itself. */
const KEPT_IN_MEMORY = 500;

interface Question {
  readonly key: string;
  readonly compute: () => Promise<unknown>;
  computed: boolean;
}

/** Answers that are not true any more: of a topic, or only those about these parts of it and about the whole. */
export interface Outdated<Topic extends string> {
  readonly topic: Topic;
  readonly parts?: readonly string[];
}

/** The part that answers about a whole topic belong to. */
const WHOLE = '';

/** An answer, and whether it was there already (or being computed for somebody else). */
export interface Remembered<T> {
  readonly value: T;
  readonly hit: boolean;
}

/**
 * Remembers answers for a while; asks once however many want to know at once. Whoever has written and has been told
 * so reads what they wrote, from whichever process: {@link outdate} starts a new generation before the write is
 * acknowledged, and an answer is stored under the generation that was read before it was computed.
 * @typeParam Topic what answers are about; outdated as a whole, or part by part
 */
export class AnswerCache<Topic extends string> {
  readonly #generations: Generations;
  readonly #answers: Record<Topic, (question: Question) => Promise<unknown>>;
  readonly #topics: readonly Topic[];

  /**
   * @param seconds how long answers of each topic are kept; 0 keeps none
   * @param redis where all processes keep them together; null keeps them in this process
   */
  constructor({ seconds, redis, log }: { seconds: Readonly<Record<Topic, number>>; redis: Redis | null; log: Log }) {
    this.#topics = Object.keys(seconds) as Topic[];
    this.#generations = redis ? new SharedGenerations(redis, this.#topics, log) : new LocalGenerations();
    let cache: Cache = createCache({ storage: redis ? { type: 'custom', options: { storage: new RedisStorage(redis) } } : { type: 'memory', options: { size: KEPT_IN_MEMORY * this.#topics.length } } });
    for (const topic of this.#topics) cache = cache.define(topic, { ttl: seconds[topic], serialize: (question: Question) => question.key }, answer);
    // The library adds a method for each name; its types can follow a chain of literals only.
    this.#answers = cache as unknown as Record<Topic, (question: Question) => Promise<unknown>>;
  }

  /**
   * @param about everything the answer depends on, as JSON
   * @param part what the answer is about alone, where it is not about the topic as a whole
   */
  async answer<T>(topic: Topic, about: unknown, compute: () => Promise<T>, part = WHOLE): Promise<Remembered<T>> {
    const generation = await this.#generations.current(topic, partOf(topic, part));
    if (generation === undefined) return { value: await compute(), hit: false };
    const question: Question = { key: `${generation} ${JSON.stringify(about)}`, compute, computed: false };
    // The key names one answer of one type.
    const value = (await this.#answers[topic](question)) as T;
    return { value, hit: !question.computed };
  }

  /** Nobody is answered from before this call once it has resolved. Never fails. */
  async outdate(changes: readonly Outdated<Topic>[] = this.#topics.map((topic) => ({ topic }))): Promise<void> {
    const names = changes.flatMap(({ topic, parts }) => (parts ? [WHOLE, ...parts].map((part) => partOf(topic, part)) : [topic]));
    if (names.length > 0) await this.#generations.advance([...new Set(names)]);
  }
}

const partOf = (topic: string, part: string): string => `${topic}/${part}`;

function answer(question: Question): Promise<unknown> {
  question.computed = true;
  return question.compute();
}
