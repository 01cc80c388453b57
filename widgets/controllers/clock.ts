import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { Locale } from '../shared/locale.ts';

type Tick = (now: number) => void;

/** One second hand for every widget on the page; it stands still while nobody looks. */
class SharedClock {
  readonly #listeners = new Set<Tick>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    globalThis.document?.addEventListener('visibilitychange', () => this.#schedule());
  }

  subscribe(listener: Tick): () => void {
    this.#listeners.add(listener);
    this.#schedule();
    return () => this.#listeners.delete(listener);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (document.hidden || this.#listeners.size === 0) return;
    const now = Date.now();
    for (const listener of this.#listeners) listener(now);
    this.#timer = setTimeout(() => this.#schedule(), 1000 - (Date.now() % 1000));
  }
}

export const clock = new SharedClock();

/** Writes only its own text node each second, so that two hundred ticking rows cost two hundred text writes. */
class Elapsed extends AsyncDirective {
  #since = 0;
  #locale: Locale | undefined;
  #stop: (() => void) | undefined;
  #text = '';
  #until: number | undefined;

  render(since: string, locale: Locale, until?: number): string {
    this.#since = Date.parse(since);
    this.#locale = locale;
    this.#until = until;
    if (this.isConnected) this.#stop ??= clock.subscribe((now) => this.#tick(now));
    this.#text = this.#format(Date.now());
    return this.#text;
  }

  protected override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override reconnected(): void {
    this.#stop = clock.subscribe((now) => this.#tick(now));
  }

  #tick(now: number): void {
    const text = this.#format(now);
    if (text === this.#text) return;
    this.#text = text;
    this.setValue(text);
  }

  #format(now: number): string {
    return this.#locale?.elapsed(((this.#until ?? now) - this.#since) / 1000) ?? '';
  }
}

/** Ticking time since an instant; standing still at `until` (ms since the epoch) where nobody knows what came later. */
export const elapsed = directive(Elapsed);
