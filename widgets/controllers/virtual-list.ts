import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Placed<T> {
  readonly item: T;
  readonly index: number;
  /** Distance from the top of the list, px. */
  readonly top: number;
}

export interface VirtualListOptions<T> {
  items: () => readonly T[];
  /** px; known, not measured, so that nothing shifts when rows come into view. */
  height: (item: T) => number;
  scroller: () => HTMLElement | null | undefined;
}

const OVERSCAN_PX = 240;

/** Says which items of a long list are near the visible part, and where each one stands. */
export class VirtualList<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: VirtualListOptions<T>;
  readonly #onScroll = (): void => this.#moved();
  #observer: ResizeObserver | undefined;
  #scroller: HTMLElement | undefined;
  #shown = '';

  constructor(host: ReactiveControllerHost, options: VirtualListOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    const scroller = this.#options.scroller() ?? undefined;
    if (scroller === this.#scroller) return;
    this.hostDisconnected();
    this.#scroller = scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#observer = new ResizeObserver(this.#onScroll);
    this.#observer.observe(scroller);
  }

  hostDisconnected(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#observer?.disconnect();
    this.#scroller = undefined;
  }

  /** Height of all items together, px. */
  get total(): number {
    return this.#options.items().reduce((sum, item) => sum + this.#options.height(item), 0);
  }

  /** The items to render: those in view and a little beyond. */
  visible(): Placed<T>[] {
    const from = (this.#scroller?.scrollTop ?? 0) - OVERSCAN_PX;
    const to = (this.#scroller?.scrollTop ?? 0) + (this.#scroller?.clientHeight || 800) + OVERSCAN_PX;
    const placed: Placed<T>[] = [];
    let top = 0;
    for (const [index, item] of this.#options.items().entries()) {
      const height = this.#options.height(item);
      if (top + height >= from && top <= to) placed.push({ item, index, top });
      top += height;
    }
    return placed;
  }

  /** Scrolls as little as needed to show the item whole; `margin` px stay free above it (a sticky header). */
  reveal(index: number, margin = 0): void {
    const scroller = this.#scroller;
    const items = this.#options.items();
    const item = items[index];
    if (!scroller || item === undefined) return;
    const top = items.slice(0, index).reduce((sum, before) => sum + this.#options.height(before), 0);
    const bottom = top + this.#options.height(item);
    if (top - margin < scroller.scrollTop) scroller.scrollTop = top - margin;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  }

  #moved(): void {
    const placed = this.visible();
    const shown = `${placed[0]?.index}-${placed.at(-1)?.index}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#host.requestUpdate();
  }
}
