import type { Log } from './log.ts';

export interface Dependency {
  readonly name: string;
  /** Rejects while it is away. */
  readonly check: () => Promise<unknown>;
}

/** Looks at what the process depends on from time to time, and says when something goes or comes back. */
export class DependencyWatch {
  readonly #dependencies: readonly Dependency[];
  readonly #log: Log;
  readonly #tell: (name: string, isUp: boolean) => void;
  readonly #up = new Map<string, boolean>();
  readonly #beingLookedAt = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  /** @param tell told the outcome of every check */
  constructor(dependencies: readonly Dependency[], everyMs: number, log: Log, tell: (name: string, isUp: boolean) => void) {
    this.#dependencies = dependencies;
    this.#log = log;
    this.#tell = tell;
    this.#timer = setInterval(() => void this.look(), everyMs).unref();
  }

  /** One look at everything, but for what an earlier one still waits for; never rejects. */
  async look(): Promise<void> {
    await Promise.all(this.#dependencies.map((dependency) => this.#check(dependency)));
  }

  /** What the last look found, by name; what was not looked at yet counts as up. */
  found(): Readonly<Record<string, 'up' | 'away'>> {
    return Object.fromEntries(this.#dependencies.map(({ name }) => [name, this.#up.get(name) === false ? 'away' : 'up']));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check({ name, check }: Dependency): Promise<void> {
    if (this.#beingLookedAt.has(name)) return;
    this.#beingLookedAt.add(name);
    const error: unknown = await check().then(() => null, (reason: unknown) => reason);
    this.#beingLookedAt.delete(name);
    const isUp = error === null;
    this.#tell(name, isUp);
    if (this.#up.get(name) === !isUp || (!isUp && !this.#up.has(name))) {
      if (isUp) this.#log.info({ dependency: name }, 'a dependency is back');
      else this.#log.warn({ dependency: name, err: error }, 'a dependency is away');
    }
    this.#up.set(name, isUp);
  }
}
