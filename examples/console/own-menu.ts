import { h, icon } from './dom.ts';

const PERSON = 'M10 3.5a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 0 0 0-6.4zM3.8 16.8a6.2 6.2 0 0 1 12.4 0';
/** As in console.css. */
const narrow = matchMedia('(max-width: 760px)');

/** What is one's own stands in the bar where there is room, and on a narrow screen in a menu at its end. */
export function ownMenu(items: readonly HTMLElement[]): HTMLElement {
  const menu = h('div', { class: 'menu', attrs: { id: 'own-menu', popover: 'auto' }, on: { click: () => menu.hidePopover() } });
  const button = h('button', { class: 'menu-button', attrs: { type: 'button', popovertarget: 'own-menu', 'aria-label': 'Your menu', title: 'Your menu' } }, icon(PERSON));
  const own = h('div', { class: 'own' }, ...items, button, menu);
  const settle = (): void => (narrow.matches ? menu.replaceChildren(...items) : own.prepend(...items));
  const follow = (): void => (own.isConnected ? settle() : narrow.removeEventListener('change', follow)); // a page that is gone follows no more
  narrow.addEventListener('change', follow);
  settle();
  return own;
}
