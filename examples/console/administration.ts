import { h, icon } from './dom.ts';
import type { Person } from './sign-in.ts';

const SLIDERS = 'M3 6h8M15 6h2M3 14h2M9 14h8M13 6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 14m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0';

/** Where people, teams and keys are looked after: a place of its own instead of the desk. */
export class Administration {
  readonly button: HTMLElement | false;
  readonly element = h('section', { class: 'administration', attrs: { 'aria-label': 'Administration', hidden: true } });

  constructor(role: Person['role']) {
    const offered = role === 'admin' || role === 'manager' || role === 'team_leader';
    this.button = offered && h('button', { class: 'place', attrs: { type: 'button', 'aria-pressed': 'false' }, on: { click: () => void this.#flip() } }, icon(SLIDERS), h('span', {}, 'Administration'));
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  /** Opens it for whoever may be here. */
  open(): void {
    if (this.button) this.#show(true);
  }

  /** Whether nothing would be lost; asks where something would be. */
  async mayLeave(): Promise<boolean> {
    const widget = this.element.querySelector('sideline-admin');
    return this.element.hidden || !widget?.mayLeave || widget.mayLeave();
  }

  /** Goes back to the desk. @returns whether one is there: what would be lost may keep somebody here */
  async leave(): Promise<boolean> {
    if (!this.isShown) return true;
    if (!(await this.mayLeave())) return false;
    this.#show(false);
    return true;
  }

  async #flip(): Promise<void> {
    if (await this.mayLeave()) this.#show(this.element.hidden);
  }

  #show(opens: boolean): void {
    if (opens) this.element.replaceChildren(h('sideline-admin'));
    this.element.hidden = !opens;
    document.body.dataset['place'] = opens ? 'administration' : 'desk';
    if (this.button) this.button.setAttribute('aria-pressed', String(opens));
    if (!opens) this.element.replaceChildren();
    this.element.dispatchEvent(new Event('place-changed'));
  }
}
