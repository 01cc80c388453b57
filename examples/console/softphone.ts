import { h, icon } from './dom.ts';

type CallState = 'idle' | 'ringing' | 'connected' | 'ended';

const RING_MS = 1_500;
const HANDSET = 'M5 3h3l1.5 4-2 1.5a9 9 0 0 0 4 4l1.5-2 4 1.5v3a1.5 1.5 0 0 1-1.6 1.5A13 13 0 0 1 3.5 4.6 1.5 1.5 0 0 1 5 3z';

/** The console's telephone. It rings nobody; what it shows is what a softphone would. */
export class Softphone {
  readonly element = h('section', { class: 'softphone', attrs: { 'aria-label': 'Telephone' } });
  readonly #changed: (inCall: boolean) => void;
  #state: CallState = 'idle';
  #name = '';
  #number = '';
  #startedAt = 0;
  #muted = false;
  #held = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param changed told when a call connects and when it ends */
  constructor(changed: (inCall: boolean) => void) {
    this.#changed = changed;
    this.#render();
  }

  call(name: string, number: string): void {
    if (this.#state === 'connected' || this.#state === 'ringing') return;
    this.#name = name;
    this.#number = number;
    this.#muted = this.#held = false;
    this.#set('ringing');
    setTimeout(() => {
      if (this.#state === 'ringing') this.#connect();
    }, RING_MS);
  }

  /** Seconds of the running or last call. */
  get seconds(): number {
    return this.#startedAt === 0 ? 0 : Math.floor((Date.now() - this.#startedAt) / 1000);
  }

  #connect(): void {
    this.#startedAt = Date.now();
    this.#timer = setInterval(() => this.#render(), 1000);
    this.#set('connected');
    this.#changed(true);
  }

  #end(): void {
    const talked = this.#state === 'connected';
    clearInterval(this.#timer);
    this.#set('ended');
    if (talked) this.#changed(false);
  }

  #set(state: CallState): void {
    this.#state = state;
    this.#render();
  }

  #render(): void {
    const running = this.#state === 'ringing' || this.#state === 'connected';
    const toggle = (label: string, on: boolean, flip: () => void): HTMLElement =>
      h('button', { attrs: { type: 'button', 'aria-pressed': String(on), disabled: this.#state !== 'connected' }, on: { click: () => {
        flip();
        this.#render();
      } } }, label);
    this.element.replaceChildren(
      h('div', { class: `call ${this.#state}` }, icon(HANDSET), h('div', {}, h('b', {}, running || this.#state === 'ended' ? this.#name : 'No call'), h('span', {}, this.#line()))),
      h('div', { class: 'keys' },
        toggle('Mute', this.#muted, () => (this.#muted = !this.#muted)),
        toggle('Hold', this.#held, () => (this.#held = !this.#held)),
        h('button', { class: 'end', attrs: { type: 'button', disabled: !running }, on: { click: () => this.#end() } }, 'End'),
      ),
    );
  }

  #line(): string {
    const time = `${String(Math.floor(this.seconds / 60)).padStart(2, '0')}:${String(this.seconds % 60).padStart(2, '0')}`;
    if (this.#state === 'idle') return 'Line 1 is free';
    if (this.#state === 'ringing') return `Calling ${this.#number}`;
    return this.#state === 'connected' ? `${time}${this.#held ? ', on hold' : ''}` : 'Call ended';
  }
}
