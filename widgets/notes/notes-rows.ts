import type { ReactiveController } from 'lit';
import { createRef } from 'lit/directives/ref.js';
import type { QuickNote } from '../controllers/outbox.ts';
import { VirtualList, type Placed } from '../controllers/virtual-list.ts';
import type { SidelineElement } from '../shared/element.ts';

const WIDE_PX = 720;
/** rem: a closed note is three lines, or one where there is room for columns. */
const NARROW_REM = 4.75;
const WIDE_REM = 2.5;
/** px; what a finger finds. */
const COARSE_PX = 44;

export interface NotesRowsOptions {
  notes: () => readonly QuickNote[];
  /** The note that is open: it alone is as high as it needs to be. */
  opened: () => string | undefined;
}

/** How high the rows of the list are, and which of them are rendered. */
export class NotesRows implements ReactiveController {
  readonly #host: SidelineElement;
  readonly #options: NotesRowsOptions;
  readonly #list: VirtualList<QuickNote>;
  readonly #width = new ResizeObserver(([entry]) => this.#widened((entry?.contentRect.width ?? 0) >= WIDE_PX));
  readonly #tallness = new ResizeObserver(([entry]) => this.#grew(Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)));
  #wide = false;
  #height = 76;
  #opened: string | undefined;
  #openHeight = 0;

  /** What the rows scroll in. */
  readonly scroller = createRef<HTMLElement>();

  constructor(host: SidelineElement, options: NotesRowsOptions) {
    this.#host = host;
    this.#options = options;
    this.#list = new VirtualList<QuickNote>(host, {
      items: options.notes,
      height: ({ id }) => (id === options.opened() && this.#openHeight > 0 ? this.#openHeight : this.#height),
      scroller: () => this.scroller.value,
    });
    host.addController(this);
  }

  /** Of a closed note, px. */
  get height(): number {
    return this.#height;
  }

  /** Of all notes together, px. */
  get total(): number {
    return this.#list.total;
  }

  visible(): Placed<QuickNote>[] {
    return this.#list.visible();
  }

  reveal(id: string): void {
    this.#list.reveal(this.#options.notes().findIndex((note) => note.id === id));
  }

  hostConnected(): void {
    this.#width.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#width.disconnect();
    this.#tallness.disconnect();
  }

  hostUpdate(): void {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const least = matchMedia('(pointer: coarse)').matches ? COARSE_PX : 0;
    this.#height = Math.max(least, Math.round(rem * (this.#wide ? WIDE_REM : NARROW_REM)));
    if (this.#opened === this.#options.opened()) return;
    this.#opened = this.#options.opened();
    this.#openHeight = 0;
  }

  hostUpdated(): void {
    this.#tallness.disconnect();
    const open = this.#host.renderRoot.querySelector('.entry.open');
    if (open) this.#tallness.observe(open);
  }

  #widened(wide: boolean): void {
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.#host.requestUpdate();
  }

  #grew(height: number): void {
    if (height === this.#openHeight) return;
    this.#openHeight = height;
    this.#host.requestUpdate();
  }
}
