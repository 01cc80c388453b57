import { h } from '../dom.ts';
import { DEMO_ACCOUNTS } from '../sign-in.ts';
import type { Connection, State, Transport } from './connection.ts';

export interface Asked {
  /** A demo account, or else a token. */
  readonly username: string | undefined;
  readonly token: string;
  readonly transport: Transport;
}

const STATES: Readonly<Record<State, readonly [shape: string, words: string]>> = {
  off: ['○', 'Not connected'],
  connecting: ['◐', 'Connecting'],
  on: ['●', 'Connected'],
  lost: ['◌', 'Connection lost; trying again'],
};

/** Who connects, how, and how the connection stands. */
export class ConnectForm {
  readonly element: HTMLElement;
  readonly #connection: Connection;
  readonly #who = h('select', { on: { change: () => this.#arrange() } },
    ...DEMO_ACCOUNTS.map(({ username, title }) => h('option', { attrs: { value: username } }, title)),
    h('option', { attrs: { value: '' } }, 'Somebody with an access token'),
  );
  readonly #token = h('textarea', { attrs: { rows: '3', spellcheck: 'false', autocomplete: 'off' } });
  readonly #tokenLabel = h('label', {}, 'Access token', this.#token);
  readonly #transport = h('select', {}, h('option', { attrs: { value: 'websocket' } }, 'WebSocket'), h('option', { attrs: { value: 'polling' } }, 'Long polling'));
  readonly #state = h('p', { class: 'state', attrs: { role: 'status' } });
  readonly #facts = h('p', { class: 'facts' });
  readonly #problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
  readonly #drop: HTMLButtonElement;
  readonly #close: HTMLButtonElement;

  constructor(connection: Connection, connect: (asked: Asked) => Promise<void>) {
    this.#connection = connection;
    const resumes = h('input', { attrs: { type: 'checkbox', checked: true }, on: { change: () => (connection.resumes = resumes.checked) } });
    this.#drop = h('button', { attrs: { type: 'button' }, on: { click: () => connection.drop() } }, 'Break the connection');
    this.#close = h('button', { attrs: { type: 'button' }, on: { click: () => connection.close() } }, 'Disconnect');
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      this.#problem.textContent = '';
      try {
        await connect({ username: this.#who.value || undefined, token: this.#token.value.trim(), transport: this.#transport.value as Transport });
      } catch (error) {
        this.#problem.textContent = error instanceof Error ? error.message : String(error);
      }
    };
    this.element = h('form', { class: 'connect', on: { submit: (event) => void submit(event) } },
      h('h2', {}, 'Connect'),
      h('label', {}, 'As', this.#who),
      this.#tokenLabel,
      h('label', {}, 'Over', this.#transport),
      h('label', { class: 'tick' }, resumes, 'Ask for what was missed when it comes back'),
      h('div', { class: 'row' }, h('button', { class: 'go', attrs: { type: 'submit' } }, 'Connect'), this.#drop, this.#close),
      this.#problem,
      this.#state,
      this.#facts,
    );
    this.#arrange();
    this.changed('');
  }

  /** @param name who is connected */
  changed(name: string): void {
    const { state, id, lastSeq, transport } = this.#connection;
    const [shape, words] = STATES[state];
    this.#state.dataset['state'] = state;
    this.#state.replaceChildren(h('span', { attrs: { 'aria-hidden': 'true' } }, shape), ` ${words}${state === 'on' && name ? ` as ${name}` : ''}`);
    this.#facts.textContent = state === 'on' ? `Socket ${id} over ${transport}; last event: ${lastSeq ?? 'none yet'}` : '';
    this.#drop.disabled = state !== 'on';
    this.#close.disabled = state === 'off';
  }

  #arrange(): void {
    this.#tokenLabel.hidden = this.#who.value !== '';
  }
}
