import type { SidelineElement } from './element.ts';
import type { SidelineEvents } from './events.ts';

const session = async () => import('./session-dialog.ts');
const person = async () => import('./person-dialog.ts');

type SessionAsked = SidelineEvents['sideline-session-open'];
type PersonAsked = SidelineEvents['sideline-agent-open'];

const isTaken = (host: HTMLElement, type: string, detail: unknown): boolean => !host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));

/** Asks the page for the session behind a row; where it does not show it itself, a dialog over the widget does. */
export async function openSession(host: SidelineElement, closeLabel: string, asked: SessionAsked): Promise<void> {
  if (isTaken(host, 'sideline-session-open', asked)) return;
  (await host.bring(session))?.openSessionDialog(host, closeLabel, asked);
}

/** The same for the person a row is about. */
export async function openPerson(host: SidelineElement, closeLabel: string, asked: PersonAsked): Promise<void> {
  if (isTaken(host, 'sideline-agent-open', asked)) return;
  (await host.bring(person))?.openPersonDialog(host, closeLabel, asked.agentId);
}
