import type { SidelineClient } from '../provider/client.ts';
import type { NotDownloaded } from './download.ts';
import type { ExportChoice, ExportKind } from './export-choice.ts';

/** A file that is on its way, and how much of it has come, in bytes. */
export interface Running {
  readonly kind: ExportKind;
  readonly bytes: number;
}

/** How the last one ended; a file that is `saved` was given to the browser. */
export type Outcome = { readonly saved: { readonly name: string; readonly bytes: number } } | { readonly stopped: true } | { readonly failed: NotDownloaded };

/** Fetches a file and saves it. @throws NotDownloaded */
export type Fetch = (choice: ExportChoice, signal: AbortSignal, came: (bytes: number) => void) => Promise<{ readonly name: string; readonly bytes: number }>;

/** How often what has come is told anew, ms: pieces come faster than anybody reads. */
const TOLD_MS = 250;

/**
 * The download of a sign-in. It goes on while no widget shows it, and whoever shows it next finds it, or how it ended; the page asks
 * before it is left. It ends with the sign-in.
 *
 * @fires change
 */
export class Downloads extends EventTarget {
  running: Running | undefined;
  outcome: Outcome | undefined;
  readonly #ended: AbortSignal;
  #abort: AbortController | undefined;

  constructor(ended: AbortSignal) {
    super();
    this.#ended = ended;
  }

  /** One at a time: while there is one, nothing happens. */
  async start(choice: ExportChoice, fetch: Fetch): Promise<void> {
    if (this.running) return;
    const abort = (this.#abort = new AbortController());
    const { kind } = choice;
    const signal = AbortSignal.any([abort.signal, this.#ended]);
    this.#set({ kind, bytes: 0 }, undefined);
    addEventListener('beforeunload', ask);
    try {
      this.#set(undefined, { saved: await fetch(choice, signal, this.#tell(kind)) });
    } catch (error) {
      // What is no failure of a download is a fault of ours.
      this.#set(undefined, signal.aborted ? { stopped: true } : { failed: error as NotDownloaded });
    } finally {
      removeEventListener('beforeunload', ask);
    }
  }

  get isWorthSeeing(): boolean {
    return this.running !== undefined || this.outcome !== undefined;
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** How it ended was read. */
  forget(): void {
    if (this.outcome) this.#set(this.running, undefined);
  }

  #tell(kind: ExportKind): (bytes: number) => void {
    let toldAt = 0;
    return (bytes) => {
      if (Date.now() - toldAt < TOLD_MS) return;
      toldAt = Date.now();
      this.#set({ kind, bytes }, undefined);
    };
  }

  #set(running: Running | undefined, outcome: Outcome | undefined): void {
    this.running = running;
    this.outcome = outcome;
    this.dispatchEvent(new Event('change'));
  }
}

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

const known = new WeakMap<SidelineClient, Downloads>();

export function downloadsOf(client: SidelineClient): Downloads {
  const found = known.get(client) ?? new Downloads(client.ended);
  known.set(client, found);
  return found;
}
