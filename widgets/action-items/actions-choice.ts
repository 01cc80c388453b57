import type { SidelineElement } from '../shared/element.ts';
import { NO_FILTERS, type Filters } from './actions-model.ts';

const personPicker = (): Promise<unknown> => import('../shared/person-picker.ts');

/** What somebody chose to see. */
export class ActionsChoice {
  readonly #host: SidelineElement;
  readonly #changed: () => void;
  #filters: Filters = NO_FILTERS;
  #open = false;

  /** @param changed told when other items are to be seen */
  constructor(host: SidelineElement, changed: () => void) {
    this.#host = host;
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

  readonly clear = (): void => this.choose({ ...NO_FILTERS, shown: this.#filters.shown });
}
