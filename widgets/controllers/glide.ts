import type { ReactiveController, ReactiveControllerHost } from 'lit';

const MS = 140;

/** Rows that change place after an update glide there, unless the person asked for less motion. */
export class Glide implements ReactiveController {
  readonly #rows: () => Iterable<HTMLElement>;
  #before = new Map<string, number>();

  /** @param rows the elements that may move, each with a `data-key` that stays with what it shows */
  constructor(host: ReactiveControllerHost, rows: () => Iterable<HTMLElement>) {
    this.#rows = rows;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#before = this.#tops();
  }

  hostUpdated(): void {
    if (this.#before.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const after = this.#tops();
    if (order(this.#before) === order(after)) return; // grown or shrunk, not moved
    for (const row of this.#rows()) {
      const from = this.#before.get(row.dataset['key'] ?? '');
      const to = after.get(row.dataset['key'] ?? '');
      if (from === undefined || to === undefined || from === to) continue;
      row.animate([{ transform: `translateY(${from - to}px)` }, { transform: 'none' }], { duration: MS, easing: 'ease-out' });
    }
  }

  #tops(): Map<string, number> {
    return new Map(Array.from(this.#rows(), (row) => [row.dataset['key'] ?? '', row.offsetTop]));
  }
}

function order(tops: Map<string, number>): string {
  return [...tops.keys()].join();
}
