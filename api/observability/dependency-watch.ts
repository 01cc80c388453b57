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
  readonly #timer: NodeJS.Timeout;

  /** @param tell told the outcome of every check */
  constructor(dependencies: readonly Dependency[], everyMs: number, log: Log, tell: (name: string, isUp: boolean) => void) {
    this.#dependencies = dependencies;
    this.#log = log;
    this.#tell = tell;
    this.#timer = setInterval(() => void this.look(), everyMs).unref();
  }

  /** One look at everything; never rejects. */
  async look(): Promise<void> {
    await Promise.all(this.#dependencies.map((dependency) => this.#check(dependency)));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check({ name, check }: Dependency): Promise<void> {
    const error: unknown = await check().then(() => null, (reason: unknown) => reason);
    const isUp = error === null;
    this.#tell(name, isUp);
    if (this.#up.get(name) === !isUp || (!isUp && !this.#up.has(name))) {
      if (isUp) this.#log.info({ dependency: name }, 'a dependency is back');
      else this.#log.warn({ dependency: name, err: error }, 'a dependency is away');
    }
    this.#up.set(name, isUp);
  }
}
