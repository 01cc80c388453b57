import { ContextRoot } from '@lit/context';

const attached = Symbol.for('sideline.context-root');

/**
 * Lets widgets that upgraded before their provider find it once it is there: entries load in any order.
 * The mark on the document keeps a second bundle on the page from answering twice.
 */
export function attachContextRoot(root: HTMLElement & { [attached]?: boolean } = document.documentElement): void {
  if (root[attached]) return;
  root[attached] = true;
  new ContextRoot().attach(root);
}
