import { html, render } from 'lit';
import '../agent-card/agent-card.ts';
import type { SidelineElement } from './element.ts';
import { icon } from './icons.ts';

/**
 * Shows a person over the widget in which a row about them was opened. The native dialog gives the focus back to the
 * opener when it closes. The widget brings the styles of dialogs.
 */
export function openPersonDialog(host: SidelineElement, closeLabel: string, agentId: number): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'agent-dialog';
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation()); // Escape closes it, and nothing behind it
  render(
    html`<button class="plain icon close" type="button" aria-label=${closeLabel} @click=${() => dialog.close()}>${icon('close')}</button>
      <sideline-agent-card agent-id=${agentId}></sideline-agent-card>`,
    dialog,
  );
  host.renderRoot.append(dialog);
  dialog.showModal();
}
