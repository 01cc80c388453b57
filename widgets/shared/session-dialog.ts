import { html, nothing, render } from 'lit';
import '../session/session.ts';
import type { SidelineElement } from './element.ts';
import type { SidelineEvents } from './events.ts';
import { icon } from './icons.ts';

/**
 * Shows a session over the widget in which it was asked for, where the page does not show it itself. The native dialog
 * gives the focus back to the opener when it closes. The widget brings the styles of dialogs.
 */
export function openSessionDialog(host: SidelineElement, closeLabel: string, asked: SidelineEvents['sideline-session-open']): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'agent-dialog session-dialog';
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation()); // Escape closes it, and nothing behind it
  render(
    html`<button class="plain icon close" type="button" aria-label=${closeLabel} @click=${() => dialog.close()}>${icon('close')}</button>
      <sideline-session session-id=${asked.sessionId ?? nothing} agent-id=${asked.agentId ?? nothing} agent-name=${asked.name ?? nothing} ?schedule=${asked.schedule ?? false} .suggested=${asked.suggested}></sideline-session>`,
    dialog,
  );
  host.renderRoot.append(dialog);
  dialog.showModal();
}
