import { randomUUID } from 'node:crypto';

/**
 * Which state of a topic answers may be remembered under. A new generation makes everything remembered before it
 * unreachable, including what is still being computed: it will be stored under the old one.
 */
export interface Generations {
  /** The generation of now, of a topic and of a part of it; undefined while it cannot be told, and nothing may be remembered. */
  current(topic: string, part: string): Promise<string | undefined>;
  /** Resolves when nobody is answered from an older generation of these topics and parts any more. Never fails. */
  advance(names: readonly string[]): Promise<void>;
}

/** For one process alone. */
export class LocalGenerations implements Generations {
  readonly #generations = new Map<string, string>();

  current(topic: string, part: string): Promise<string> {
    const generation = this.#generations.get(topic) ?? randomUUID();
    this.#generations.set(topic, generation);
    // Whoever asks may name a part that there is not; only what was outdated is kept.
    return Promise.resolve(`${generation}.${this.#generations.get(part) ?? '-'}`);
  }

  advance(names: readonly string[]): Promise<void> {
    for (const name of names) this.#generations.set(name, randomUUID());
    return Promise.resolve();
  }
}
