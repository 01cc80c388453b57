import { isTyping } from '../shared/keys.ts';
import type { RovingFocus } from './roving-focus.ts';

/**
 * A key that was pressed in a list: on the head of a row the arrows move, and what is no key of the list is left alone.
 *
 * @param deedOf what a key does to the row that holds the tab stop, if anything
 */
export function onListKey<Id>(event: KeyboardEvent, focus: RovingFocus<Id>, deedOf: (key: string) => (() => void) | undefined): void {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const [origin] = event.composedPath();
  if (origin instanceof HTMLElement && origin.matches('.head') && focus.onKey(event)) return;
  const does = deedOf(event.key);
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}
