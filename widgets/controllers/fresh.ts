import type { ReactiveControllerHost } from 'lit';

const FRESH_MS = 12_000;

/** What has just come: it stands out for twelve seconds. */
export class Fresh {
  readonly #host: ReactiveControllerHost;
  readonly #ids = new Set<string>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    this.#host.requestUpdate();
    setTimeout(() => this.#end(id), FRESH_MS);
  }

  /** Something else is shown now. */
  clear(): void {
    this.#ids.clear();
  }

  #end(id: string): void {
    this.#ids.delete(id);
    this.#host.requestUpdate();
  }
}
