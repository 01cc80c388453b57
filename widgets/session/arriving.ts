import type { SidelineElement } from '../shared/element.ts';

/** Where the focus goes when the view that had it is gone. */
export class Arriving {
  readonly #host: SidelineElement;
  #at: string | undefined;

  constructor(host: SidelineElement) {
    this.#host = host;
  }

  /** @param selector where the next view begins */
  next(selector: string): void {
    this.#at = selector;
  }

  /** Where the focus was is gone with the old view: it goes to where the new one begins, once that is there. */
  settle(): void {
    const place = this.#at === undefined ? null : this.#host.renderRoot.querySelector<HTMLElement>(this.#at);
    if (!place) return;
    this.#at = undefined;
    const { activeElement } = this.#host.getRootNode() as Document | ShadowRoot; // it is in the page: it was drawn just now
    if (activeElement === null || activeElement === document.body) place.focus();
  }

  /** Whether something stands in a field that would be lost. */
  get isWriting(): boolean {
    let active: Element | null | undefined = this.#host.shadowRoot?.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) && active.value !== '';
  }
}
