import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { place } from '../shared/place.ts';

const SHOWN_MS = 5_000;

/** A short word beside what it is about, gone after five seconds; it waits while somebody points at it or is in it. */
export class Toast implements ReactiveController {
  readonly #host: ReactiveControllerHost & { renderRoot: HTMLElement | DocumentFragment };
  readonly #selector: string;
  readonly #gone: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param selector the popover element in the host @param gone told when it is no longer shown */
  constructor(host: ReactiveControllerHost & { renderRoot: HTMLElement | DocumentFragment }, selector: string, gone: () => void) {
    this.#host = host;
    this.#selector = selector;
    this.#gone = gone;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.hold();
  }

  /** Shows what the host renders in it by now. */
  async show(anchor: Element | undefined): Promise<void> {
    await this.#host.updateComplete;
    const toast = this.#element;
    if (!toast) return;
    if (!toast.matches(':popover-open')) toast.showPopover();
    if (anchor) place(toast, anchor);
    this.release();
  }

  readonly hold = (): void => clearTimeout(this.#timer);

  readonly release = (): void => {
    this.hold();
    this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  };

  hide(): void {
    this.hold();
    if (this.#element?.matches(':popover-open')) this.#element.hidePopover();
    this.#gone();
  }

  get #element(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>(this.#selector) ?? null;
  }
}
