import { html, render } from 'lit';
import '../import/import.ts';
import type { SidelineElement } from './element.ts';
import type { SidelineEvents } from './events.ts';
import { icon } from './icons.ts';

/**
 * Shows the row of an import over the widget in which it was asked for. The native dialog gives the focus back to the opener
 * when it closes. The widget brings the styles of dialogs.
 */
export function openImportDialog(host: SidelineElement, closeLabel: string, { importId, row }: SidelineEvents['sideline-import-open']): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'agent-dialog session-dialog';
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation()); // Escape closes it, and nothing behind it
  render(
    html`<button class="plain icon close" type="button" aria-label=${closeLabel} @click=${() => dialog.close()}>${icon('close')}</button>
      <sideline-import import-id=${importId} row=${row}></sideline-import>`,
    dialog,
  );
  host.renderRoot.append(dialog);
  dialog.showModal();
}
