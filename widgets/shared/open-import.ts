import type { SidelineElement } from './element.ts';
import type { SidelineEvents } from './events.ts';

const dialog = async () => import('./import-dialog.ts');

type Asked = SidelineEvents['sideline-import-open'];

/** Asks the page for the row of an import; where it does not show it itself, a dialog over the widget does. */
export async function openImport(host: SidelineElement, closeLabel: string, { importId, row }: Asked): Promise<void> {
  const detail: Asked = { importId, row };
  const isTaken = !host.dispatchEvent(new CustomEvent('sideline-import-open', { detail, bubbles: true, composed: true, cancelable: true }));
  if (isTaken) return;
  const code = await host.bring(dialog);
  code?.openImportDialog(host, closeLabel, detail);
}
