import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toApiError, type ApiError } from '../shared/api-error.ts';

export interface ResourceOptions<K, T> {
  /** What is asked for; undefined while it cannot be asked yet. Compared by its JSON form. */
  key: () => K | undefined;
  load: (key: K, signal: AbortSignal) => Promise<T>;
}

/**
 * One fetched thing and how it stands: nothing asked, loading, here, failed, or here but stale because the last
 * refresh failed. A newer question always wins over an older answer.
 */
export class Resource<K, T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ResourceOptions<K, T>;
  #key: string | undefined;
  #abort: AbortController | undefined;
  #data: T | undefined;
  #error: ApiError | undefined;
  #loadedAt: number | undefined;

  constructor(host: ReactiveControllerHost, options: ResourceOptions<K, T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get data(): T | undefined {
    return this.#data;
  }

  /** Why the last try failed; with `data` present it means that the data is stale. */
  get error(): ApiError | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#abort !== undefined;
  }

  /** When the data came, ms since the epoch. */
  get loadedAt(): number | undefined {
    return this.#loadedAt;
  }

  hostUpdate(): void {
    const key = this.#options.key();
    const signature = key === undefined ? undefined : JSON.stringify(key);
    if (signature === this.#key) return;
    this.#key = signature;
    this.#data = undefined;
    this.#error = undefined;
    this.#loadedAt = undefined;
    this.#abort?.abort();
    this.#abort = undefined;
    if (key !== undefined) void this.#load(key);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    if (this.#data === undefined) this.#key = undefined; // asked again when it returns to the page
  }

  /** Asks again and keeps showing what is there meanwhile. */
  async refresh(): Promise<void> {
    const key = this.#options.key();
    if (key !== undefined) await this.#load(key);
  }

  /** Applies what an event said without asking again. */
  mutate(change: (data: T) => T): void {
    if (this.#data === undefined) return;
    this.#data = change(this.#data);
    this.#host.requestUpdate();
  }

  async #load(key: K): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#host.requestUpdate();
    try {
      const data = await this.#options.load(key, abort.signal);
      if (abort.signal.aborted) return;
      this.#data = data;
      this.#error = undefined;
      this.#loadedAt = Date.now();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#error = toApiError(error);
    }
    this.#abort = undefined;
    this.#host.requestUpdate();
  }
}
