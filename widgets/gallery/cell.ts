import type { Look } from './address.ts';
import { CannedTransport } from './canned.ts';
import { GalleryHost } from './host.ts';
import type { Cell, GalleryEntry } from './types.ts';

/** Puts a widget on the stage in a state, and resolves when it has come to rest. */
export async function showCell(stage: HTMLElement, entry: GalleryEntry, cell: Cell, look: Look): Promise<void> {
  // The cell's own come first in order and win in value.
  const transport = new CannedTransport({ ...cell.answers, ...entry.answers, ...cell.answers });
  transport.network = cell.network ?? 'answers';
  stage.classList.add('cell', `width-${look.width}`);
  stage.dir = look.dir;
  document.documentElement.dataset['density'] = look.density;
  const host = new GalleryHost(stage, { transport, person: cell.person ?? entry.person, session: cell.session, appearance: look.theme });
  await entry.load();
  const widget = document.createElement(entry.widget);
  for (const [name, value] of Object.entries({ ...entry.attributes, ...cell.attributes })) widget.setAttribute(name, value);
  stage.append(widget);
  await transport.quiet();
  if (cell.then === 'offline') host.goOffline();
  await cell.play?.(widget);
  await transport.quiet();
}
