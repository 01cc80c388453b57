import { randomUUID } from 'node:crypto';

/**
 * Which state of a topic answers may be remembered under. A new generation makes everything remembered before it
 * unreachable, including what is still being computed: it will be stored under the old one.
 */
export interface Generations {
  /** The generation of now; undefined while it cannot be told, and nothing may be remembered. */
  current(topic: string): Promise<string | undefined>;
  /** Resolves when nobody is answered from an older generation any more. Never fails. */
  advance(topics: readonly string[]): Promise<void>;
}

/** For one process alone. */
export class LocalGenerations implements Generations {
  readonly #generations = new Map<string, string>();

  current(topic: string): Promise<string> {
    const generation = this.#generations.get(topic) ?? randomUUID();
    this.#generations.set(topic, generation);
    return Promise.resolve(generation);
  }

  advance(topics: readonly string[]): Promise<void> {
    for (const topic of topics) this.#generations.set(topic, randomUUID());
    return Promise.resolve();
  }
}
