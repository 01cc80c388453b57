import type { ReactiveController } from 'lit';
import { ListChoice } from '../controllers/list-choice.ts';
import type { SidelineElement } from '../shared/element.ts';
import { NO_FILTERS, type Filters } from './notes-model.ts';

const TYPING_MS = 250;

/** What somebody chose to see: filters, and words that count once their typing pauses. */
export class NotesChoice extends ListChoice<Filters> implements ReactiveController {
  #typed = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed told when other notes are to be seen */
  constructor(host: SidelineElement, changed: () => void) {
    super(host, NO_FILTERS, changed);
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** What stands in the field. */
  get typed(): string {
    return this.#typed;
  }

  /** Takes the filters away, and the words. */
  readonly clearAll = (): void => {
    this.#typed = '';
    this.clear();
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
