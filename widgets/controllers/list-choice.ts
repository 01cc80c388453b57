import type { SidelineElement } from '../shared/element.ts';

const personPicker = (): Promise<unknown> => import('../shared/person-picker.ts');

/** What somebody chose to see of a list. */
export class ListChoice<Filters extends { readonly shown: string }> {
  readonly #host: SidelineElement;
  readonly #none: Filters;
  readonly #changed: () => void;
  #filters: Filters;
  #open = false;

  /**
   * @param none the filters when nobody has chosen
   * @param changed told when something else of the list is to be seen
   */
  constructor(host: SidelineElement, none: Filters, changed: () => void) {
    this.#host = host;
    this.#none = none;
    this.#filters = none;
    this.#changed = changed;
  }

  get filters(): Filters {
    return this.#filters;
  }

  /** Whether the filters are shown. */
  get open(): boolean {
    return this.#open;
  }

  readonly flip = (): void => {
    this.#host.need(personPicker);
    this.#open = !this.#open;
    this.#host.requestUpdate();
  };

  readonly choose = (change: Partial<Filters>): void => {
    this.#filters = { ...this.#filters, ...change };
    this.#changed();
    this.#host.requestUpdate();
  };

  /** Takes the filters away; which part of the list is shown stays. */
  readonly clear = (): void => this.choose({ ...this.#none, shown: this.#filters.shown });
}
