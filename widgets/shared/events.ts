import type { components } from '../../api/http/contract.types.ts';

type QuickNote = components['schemas']['QuickNote'];

/** What a new session may be about, before anybody has said so. */
export interface SuggestedPlan {
  readonly focusMetrics: readonly components['schemas']['FocusMetric'][];
  /** A point a line. */
  readonly agenda: readonly string[];
}

/** What the widgets tell the page: every event bubbles and leaves shadow roots; `detail` is as typed here. */
export interface SidelineEvents {
  /** The sign-in ended and no new token could be had. */
  'sideline-expired': Record<string, never>;
  /** Somebody asked to sign in again. */
  'sideline-sign-in': Record<string, never>;
  /** A person was opened, perhaps in a view of an earlier day (`asOf`). Cancel it to show them yourself. */
  'sideline-agent-open': { agentId: number; name: string; asOf?: string | undefined };
  /** What a notification is about was asked for: the page shows it. `agentId` is the person concerned, where there is one. */
  'sideline-open': {
    kind: 'agent' | 'session' | 'action' | 'request' | 'goal' | 'note';
    id: string;
    agentId: number | null;
    type: string;
    notificationId: string;
  };
  /** How many notifications are unread, whenever that changes. */
  'sideline-unread': { unread: number };
  'sideline-note-saved': { note: QuickNote };
  /** Written while the API could not be reached; sent by itself later. */
  'sideline-note-kept': { agentId: number };
  'sideline-note-undone': { noteId: string };
  /** A session was scheduled for somebody who had asked for one. */
  'sideline-session-scheduled': { sessionId: string; requestId: string; agentId: number };
  'sideline-action-saved': { item: components['schemas']['ActionItem'] };
  'sideline-status-set': { agentId: number; status: components['schemas']['OnlineStatus'] };
  'sideline-snoozed': { agentId: number; until: string };
  /** The row of a file was asked for that something came with. Cancel it to show the import yourself. */
  'sideline-import-open': { importId: string; row: number };
  /** An import was committed; `lastDay` is the last business day it reaches. */
  'sideline-import-committed': { importId: string; lastDay: string | null };
  'sideline-import-rolled-back': { importId: string };
  /** Somebody asked to see the queue as of a day. Cancel it to show it yourself. */
  'sideline-queue-open': { asOf: string; teamId: string | null };
  /** A session was scheduled, or went a step further. */
  'sideline-session-changed': { sessionId: string; agentId: number | null; status: components['schemas']['SessionStatus'] };
  /** Which session a `sideline-session` shows, whenever that changes; null while it shows the list or a form. */
  'sideline-session-shown': { sessionId: string | null };
  /**
   * A session, or one with this person, is to be shown, or the form for a new one, which begins with what is suggested.
   * Cancel it to show it yourself.
   */
  'sideline-session-open': { sessionId?: string | undefined; agentId?: number | undefined; name?: string | undefined; schedule?: boolean | undefined; suggested?: SuggestedPlan | undefined };
}

declare global {
  interface HTMLElementEventMap extends SidelineEventMap {}
}

type SidelineEventMap = { [Type in keyof SidelineEvents]: CustomEvent<SidelineEvents[Type]> };
