import type { RovingFocus } from '../controllers/roving-focus.ts';
import type { AdminPart } from './admin-part.ts';

/** A list of the administration with one of its rows opened beside it. */
type List<Id> = AdminPart & { opened: Id | 'new' | undefined };

/**
 * Opens and closes what stands beside a list: asks first whether unsaved changes may be left, and keeps the focus where the
 * work goes on.
 */
export class OpenedRow<Id> {
  readonly #list: List<Id>;
  readonly #focus: RovingFocus<Id>;
  readonly #isListed: (id: Id) => boolean;

  /** @param isListed whether a row is there to go back to */
  constructor(list: List<Id>, focus: RovingFocus<Id>, isListed: (id: Id) => boolean) {
    this.#list = list;
    this.#focus = focus;
    this.#isListed = isListed;
  }

  async open(id: Id | 'new'): Promise<void> {
    const list = this.#list;
    if (id !== list.opened && !(await list.guard())) return;
    list.opened = id;
    await list.updateComplete;
    list.renderRoot.querySelector<HTMLElement>('.detail-pane')?.focus();
  }

  async close(): Promise<void> {
    if (await this.#list.guard()) await this.leave();
  }

  /** Back to the list, without asking: there is nothing left to save. */
  async leave(): Promise<void> {
    const list = this.#list;
    const last = list.opened;
    list.opened = undefined;
    await list.updateComplete;
    if (last !== undefined && last !== 'new' && this.#isListed(last)) await this.#focus.focus(last);
    else list.renderRoot.querySelector<HTMLElement>('.tools .primary, .tools input')?.focus();
  }

  /** Escape closes, `/` searches, and the arrows walk the rows. */
  readonly onKey = (event: KeyboardEvent): void => {
    const from = event.composedPath()[0];
    if (!(from instanceof HTMLElement)) return;
    if (event.key === 'Escape' && this.#list.opened !== undefined && !event.defaultPrevented) {
      event.stopPropagation();
      void this.close();
    } else if (event.key === '/' && !from.matches('input, select, textarea')) {
      event.preventDefault();
      this.#list.renderRoot.querySelector<HTMLElement>('input[type="search"]')?.focus();
    } else if (from.matches('.row') || (from.matches('input[type="search"]') && event.key === 'ArrowDown')) this.#focus.onKey(event);
  };
}
