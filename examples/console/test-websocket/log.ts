import { h } from '../dom.ts';

/** What a line is about, and how it is marked besides its colour. */
const MARKS = { sent: ['→', 'sent'], heard: ['←', 'event'], answer: ['✓', 'answer'], refusal: ['✕', 'refusal'], note: ['·', 'connection'] } as const;
export type Kind = keyof typeof MARKS;

const MOST_LINES = 500;

/** Everything that went over the wire, the latest first, each line with its payload and what travels beside it. */
export class Log {
  readonly element: HTMLElement;
  readonly #list = h('ol', { attrs: { 'aria-label': 'Events' } });
  readonly #count = h('output', { attrs: { 'aria-live': 'off' } }, '0 lines');
  readonly #filter = h('input', { attrs: { type: 'search', placeholder: 'Filter by name', 'aria-label': 'Filter by name' }, on: { input: () => this.#sift() } });

  constructor() {
    const clear = h('button', { attrs: { type: 'button' }, on: { click: () => this.#clear() } }, 'Clear');
    this.element = h('section', { class: 'log', attrs: { 'aria-labelledby': 'log-title' } },
      h('header', {}, h('h2', { attrs: { id: 'log-title' } }, 'What goes over the wire'), this.#count, this.#filter, clear),
      this.#list,
      h('p', { class: 'empty' }, 'Nothing yet. Connect, then send a message, or wait: whatever you may hear of appears here.'),
    );
  }

  /** @param data shown as JSON, if there is any */
  add(kind: Kind, name: string, data?: unknown, meta?: unknown): void {
    const [mark, word] = MARKS[kind];
    const at = new Date();
    const line = h('li', { attrs: { 'data-kind': kind, 'data-name': name } },
      h('time', { attrs: { datetime: at.toISOString() } }, clockTime(at)),
      h('span', { class: 'mark', attrs: { title: word } }, mark, h('span', { class: 'sr' }, ` ${word}: `)),
      details(name, brief(data), data, meta),
    );
    this.#list.prepend(line);
    this.#list.children[MOST_LINES]?.remove();
    this.#sift();
  }

  #sift(): void {
    const wanted = this.#filter.value.trim().toLowerCase();
    let shown = 0;
    for (const line of this.#list.querySelectorAll('li')) {
      line.hidden = !(line.dataset['name'] ?? '').toLowerCase().includes(wanted);
      if (!line.hidden) shown += 1;
    }
    this.#count.value = shown === 1 ? '1 line' : `${shown} lines`;
  }

  #clear(): void {
    this.#list.replaceChildren();
    this.#sift();
  }
}

function details(name: string, summary: string, data: unknown, meta: unknown): HTMLElement {
  if (data === undefined && meta === undefined) return h('p', {}, name);
  return h('details', {},
    h('summary', {}, h('b', {}, name), summary && h('span', { class: 'brief' }, summary)),
    data !== undefined && h('pre', { attrs: { tabindex: '0', 'aria-label': `Payload of ${name}` } }, JSON.stringify(data, null, 2)),
    meta !== undefined && h('pre', { class: 'meta', attrs: { tabindex: '0', 'aria-label': `Meta of ${name}` } }, JSON.stringify(meta, null, 2)),
  );
}

/** The payload as one line. */
const brief = (data: unknown): string => (data === undefined ? '' : JSON.stringify(data).slice(0, 200));

const clockTime = (at: Date): string => at.toLocaleTimeString('en-GB', { hour12: false }) + `.${String(at.getMilliseconds()).padStart(3, '0')}`;
