import './clock.ts';
import './storage.ts';
import { readAddress, SWITCHES, writeAddress, type Address, type Switch } from './address.ts';
import { showCell } from './cell.ts';
import { entries } from './entries.ts';
import { cellsOf, type GalleryEntry } from './types.ts';

const WORDS: Readonly<Record<Switch, string>> = { theme: 'Theme', width: 'Width', dir: 'Direction', density: 'Density' };
const FRAME_HEIGHT = 420;

function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function link(address: Address, change: Partial<Address>, text: string, current: boolean): HTMLElement {
  const attributes = { href: writeAddress({ ...address, ...change }), ...(current ? { 'aria-current': 'true' } : {}) };
  return element('a', attributes, text);
}

function widgetsNav(address: Address, chosen: string): HTMLElement {
  return element('nav', { class: 'widgets', 'aria-label': 'Widgets' },
    element('ul', {}, ...[...entries].map(([name, { title }]) => element('li', {}, link(address, { widget: name, state: undefined }, title, name === chosen)))));
}

function statesNav(address: Address, name: string, entry: GalleryEntry): HTMLElement {
  return element('nav', { class: 'states', 'aria-label': 'States' },
    element('ul', {},
      element('li', {}, link(address, { widget: name, state: undefined }, 'All', address.state === undefined)),
      ...[...cellsOf(entry).keys()].map((state) => element('li', {}, link(address, { widget: name, state }, state, state === address.state)))));
}

function switches(address: Address): HTMLElement {
  return element('div', { class: 'switches' }, ...(Object.keys(SWITCHES) as Switch[]).map((key) =>
    element('nav', { 'aria-label': WORDS[key] }, element('span', {}, WORDS[key]),
      ...SWITCHES[key].map((value) => link(address, { [key]: value }, value, address[key] === value)))));
}

/** Every state of a widget at once, each in a page of its own. */
function overview(address: Address, name: string, entry: GalleryEntry): HTMLElement {
  return element('div', { class: `frames width-${address.width}` }, ...[...cellsOf(entry).keys()].map((state) => {
    const frame = element('iframe', { title: `${entry.title}: ${state}`, src: writeAddress({ ...address, widget: name, state, bare: true }), loading: 'lazy' });
    frame.height = String(FRAME_HEIGHT);
    return element('figure', {}, element('figcaption', {}, link(address, { widget: name, state }, state, false)), frame);
  }));
}

/** Widgets that take the focus as they load would pull the page to their frames; until somebody moves it, it stays. */
function stayAtTop(): void {
  const moved = new AbortController();
  for (const input of ['wheel', 'touchmove', 'pointerdown', 'keydown']) addEventListener(input, () => moved.abort(), { signal: moved.signal, passive: true });
  addEventListener('scroll', () => scrollTo(0, 0), { signal: moved.signal });
}

async function show(): Promise<void> {
  const address = readAddress(location.search);
  const name = address.widget ?? [...entries.keys()][0] ?? '';
  const entry = entries.get(name);
  if (!entry) return void document.body.append(element('p', { class: 'gone' }, `There is no widget ${name}.`));
  document.title = `${entry.title}${address.state ? `: ${address.state}` : ''} · Sideline`;
  document.documentElement.dataset['theme'] = address.theme;
  const cell = address.state === undefined ? undefined : cellsOf(entry).get(address.state);
  if (address.state !== undefined && !cell) return void document.body.append(element('p', { class: 'gone' }, `${entry.title} has no state ${address.state}.`));
  const stage = element('main', {});
  if (address.bare) document.body.classList.add('bare');
  else document.body.append(element('header', {}, element('h1', {}, entry.title), switches({ ...address, widget: name })), widgetsNav(address, name), statesNav(address, name, entry));
  document.body.append(stage);
  if (!cell) stayAtTop();
  if (!cell) stage.append(overview(address, name, entry));
  else await showCell(stage, entry, cell, address);
  document.documentElement.dataset['ready'] = '';
}

await show();
