import type { ReactiveController } from 'lit';
import type { SidelineElement } from '../shared/element.ts';
import { NO_FILTERS, type Filters } from './notes-model.ts';

const personPicker = (): Promise<unknown> => import('../shared/person-picker.ts');
const TYPING_MS = 250;

/** What somebody chose to see: filters, and words that count once their typing pauses. */
export class NotesChoice implements ReactiveController {
  readonly #host: SidelineElement;
  readonly #changed: () => void;
  #filters: Filters = NO_FILTERS;
  #typed = '';
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed told when other notes are to be seen */
  constructor(host: SidelineElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  get filters(): Filters {
    return this.#filters;
  }

  /** What stands in the field. */
  get typed(): string {
    return this.#typed;
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

  readonly clear = (): void => {
    this.#typed = '';
    this.choose({ ...NO_FILTERS, shown: this.#filters.shown });
  };

  readonly type = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.choose({ search: this.#typed.trim() }), TYPING_MS);
  };

  /** Empties the field. @returns whether there was something in it */
  stopSearching(): boolean {
    if (!this.#typed) return false;
    clearTimeout(this.#timer);
    this.#typed = '';
    this.choose({ search: '' });
    return true;
  }
}
