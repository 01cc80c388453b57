import type { ImportProgress, ImportStatus } from './import.repository.ts';

/** How far an import is, for whoever is watching. */
export interface ProgressMessage {
  readonly id: string;
  readonly status: ImportStatus;
  readonly progress: ImportProgress;
  /** The person who uploaded it. */
  readonly uploadedBy: number;
}

/** Tells watchers how far an import is. Nothing is kept and nothing may be relied on: the state is in the database. */
export interface ProgressSink {
  publish(message: ProgressMessage): void;
}

const leastIntervalMs = 400;

/** Lets one report through per interval. */
export function throttle(nowMs: () => number): () => boolean {
  let last = -Infinity;
  return () => {
    const now = nowMs();
    if (now - last < leastIntervalMs) return false;
    last = now;
    return true;
  };
}
