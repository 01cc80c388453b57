import { attachContextRoot } from './contexts/root.ts';
import { SidelineHost, tokenSource, type SidelineOptions } from './provider/host.ts';
import './shared/absent.ts';
import { bring } from './shared/lazy.ts';

export type { SidelineOptions } from './provider/host.ts';

const entries = {
  'sideline-provider': () => import('./provider/provider.ts'),
  'sideline-status-board': () => import('./status-board/status-board.ts'),
  'sideline-status-control': () => import('./status-control/status-control.ts'),
  'sideline-priority-queue': () => import('./priority-queue/priority-queue.ts'),
  'sideline-quick-note': () => import('./quick-note/quick-note.ts'),
  'sideline-agent-card': () => import('./agent-card/agent-card.ts'),
  'sideline-action-items': () => import('./action-items/action-items.ts'),
  'sideline-notes': () => import('./notes/notes.ts'),
  'sideline-notifications': () => import('./notifications/notifications.ts'),
  'sideline-session-requests': () => import('./session-requests/session-requests.ts'),
  'sideline-quick-stats': () => import('./quick-stats/quick-stats.ts'),
  'sideline-fairness': () => import('./fairness/fairness.ts'),
  'sideline-session': () => import('./session/session.ts'),
  'sideline-import': () => import('./import/import.ts'),
  'sideline-exports': () => import('./exports/exports.ts'),
  'sideline-admin': () => import('./admin/admin.ts'),
} as const;

export type WidgetName = keyof typeof entries;

export interface LoadOptions extends SidelineOptions {
  /** Where the widgets are; the whole page when left out. */
  root?: HTMLElement;
  /** Widgets to load; those found below `root`, now and later, when left out (a closed shadow root hides its own). */
  widgets?: readonly WidgetName[];
}

/** What `loadSideline` gives back. */
export interface Sideline {
  /** Changes the sign-in or the look without reloading anything. */
  update(options: SidelineOptions): void;
  stop(): void;
}

/**
 * Everything a page needs in one call: signs in, provides the contexts to all of `root`, and loads the code of the
 * widgets that are used there.
 */
export function loadSideline(options: LoadOptions): Sideline {
  const root = options.root ?? document.documentElement;
  attachContextRoot();
  const host = new SidelineHost(root);
  const apply = (next: SidelineOptions): void => {
    host.setLook(next.appearance ?? 'auto', next.locale, next.strings);
    host.start(next.apiUrl ?? '', tokenSource(next));
  };
  apply(options);
  host.announce();
  const stopWatching = loadUsed(root, options.widgets);
  return {
    update: apply,
    stop: () => {
      stopWatching();
      host.stop();
    },
  };
}

/** Loads what is named, used or not; else what is used below an element, now and later. */
function loadUsed(root: HTMLElement, named: readonly WidgetName[] | undefined): () => void {
  const asked = new Set<WidgetName>();
  const absent = new Set<WidgetName>();
  const load = (name: WidgetName): void => {
    asked.add(name);
    void bring<unknown>(entries[name]).catch(() => {
      absent.add(name);
      look();
    });
  };
  const look = (): void => {
    for (const name of named ?? (Object.keys(entries) as WidgetName[])) {
      if (customElements.get(name)) continue;
      if (absent.has(name)) tellAbsent(root, name);
      else if (!asked.has(name) && (named ?? root.querySelector(name))) load(name);
    }
  };
  look();
  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** A widget without its code is an empty place: what is wrong stands in it until the code comes. */
function tellAbsent(root: HTMLElement, name: WidgetName): void {
  for (const widget of root.querySelectorAll(name)) {
    if (widget.querySelector('sideline-absent')) continue;
    const absent = document.createElement('sideline-absent');
    absent.load = entries[name];
    widget.append(absent);
  }
}

declare global {
  var loadSideline: (options: LoadOptions) => Sideline;
}

globalThis.loadSideline = loadSideline;
