import { h } from '../dom.ts';
import { fill, type Message, type Person } from './api.ts';

/** Sends a message; what comes of it is in the log. */
export type Send = (event: string, message: unknown, acknowledged: boolean) => void;

/** Every message the contract has, each with an example that can be edited. */
export class Composer {
  readonly element: HTMLElement;
  readonly #messages: Readonly<Record<string, Message>>;
  readonly #choice: HTMLSelectElement;
  readonly #about = h('p', { class: 'about' });
  readonly #text = h('textarea', { attrs: { rows: '12', spellcheck: 'false', 'aria-label': 'Message, as JSON' } });
  readonly #problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
  readonly #acknowledged = h('input', { attrs: { type: 'checkbox', checked: true } });
  readonly #send: Send;
  readonly #button = h('button', { class: 'go', attrs: { type: 'submit', disabled: true } }, 'Send');
  /** What was written for each message, so that looking at another one loses nothing. */
  readonly #drafts = new Map<string, string>();
  #person: Person | undefined;

  constructor(messages: Readonly<Record<string, Message>>, send: Send) {
    this.#messages = messages;
    this.#send = send;
    this.#choice = h('select', { on: { change: () => this.#show() } }, ...Object.keys(messages).map((event) => h('option', { attrs: { value: event } }, event)));
    this.#text.addEventListener('input', () => this.#drafts.set(this.#choice.value, this.#text.value));
    const reset = h('button', { attrs: { type: 'button' }, on: { click: () => this.#reset() } }, 'Example');
    this.element = h('form', { class: 'composer', on: { submit: (event) => this.#submit(event) } },
      h('h2', {}, 'Send a message'),
      h('label', {}, 'Message', this.#choice),
      this.#about,
      this.#text,
      this.#problem,
      h('label', { class: 'tick' }, this.#acknowledged, 'Ask for an acknowledgement'),
      h('div', { class: 'row' }, this.#button, reset),
    );
    this.#show();
  }

  /** @param person whose ids the examples are filled with; undefined: not connected */
  set person(person: Person | undefined) {
    if (person?.token !== this.#person?.token) this.#drafts.clear();
    this.#person = person;
    this.#button.disabled = person === undefined;
    this.#show();
  }

  #show(): void {
    const event = this.#choice.value;
    const message = this.#messages[event];
    if (!message) return;
    this.#about.replaceChildren(h('b', {}, ...withCode(`${message.summary}. `)), ...withCode(message.description ?? ''), message.twin ? ` HTTP twin: ${message.twin}.` : '');
    this.#text.value = this.#drafts.get(event) ?? JSON.stringify(fill(message.example, this.#person?.known ?? {}), null, 2);
    this.#problem.textContent = '';
  }

  #reset(): void {
    this.#drafts.delete(this.#choice.value);
    this.#show();
  }

  #submit(event: Event): void {
    event.preventDefault();
    try {
      const message: unknown = JSON.parse(this.#text.value);
      this.#problem.textContent = '';
      this.#send(this.#choice.value, message, this.#acknowledged.checked);
    } catch {
      this.#problem.textContent = 'This is not JSON.';
    }
  }
}

/** The contract's texts are Markdown, of which they use the backticks: every second part stands between two. */
const withCode = (text: string): (string | HTMLElement)[] => text.split('`').map((part, n) => (n % 2 === 1 ? h('code', {}, part) : part));
