import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface RovingFocusOptions<Id> {
  /** The ids in the order in which the arrows walk them. */
  ids: () => readonly Id[];
  /** The element of an id, if it is rendered. */
  element: (id: Id) => HTMLElement | null | undefined;
  /** Brings an id into view, where not every row is rendered. */
  reveal?: (id: Id) => void;
  /** How far PageUp and PageDown go. */
  page?: () => number;
}

/** One tab stop for a whole list; arrows, Home, End and Page keys move in it. */
export class RovingFocus<Id> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: RovingFocusOptions<Id>;
  #active: Id | undefined;

  constructor(host: ReactiveControllerHost, options: RovingFocusOptions<Id>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The id that holds the tab stop: the last one focused, or the first. */
  get active(): Id | undefined {
    const ids = this.#options.ids();
    return this.#active !== undefined && ids.includes(this.#active) ? this.#active : ids[0];
  }

  tabIndex(id: Id): '0' | '-1' {
    return id === this.active ? '0' : '-1';
  }

  /** To be called when an item receives focus by whatever means. */
  focused(id: Id): void {
    if (id === this.#active) return;
    this.#active = id;
    this.#host.requestUpdate();
  }

  /** Moves focus to an item, rendering it first where needed. */
  async focus(id: Id): Promise<void> {
    this.#active = id;
    this.#options.reveal?.(id);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#options.element(id)?.focus();
  }

  /** Handles a key; true when it was one of its own. */
  onKey(event: KeyboardEvent): boolean {
    const ids = this.#options.ids();
    const to = this.#target(event.key, this.active === undefined ? -1 : ids.indexOf(this.active), ids.length);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return false;
    event.preventDefault();
    const id = ids[to];
    if (id !== undefined) void this.focus(id);
    return true;
  }

  #target(key: string, at: number, count: number): number | undefined {
    const page = this.#options.page?.() ?? 10;
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    };
    const to = moves[key];
    return to === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, to));
  }
}
