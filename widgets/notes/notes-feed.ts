import type { QuickNote } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { fits, withNote, withoutNote, type Loaded, type Query } from './notes-model.ts';
import { ReadAhead } from './read-ahead.ts';

const SETTLE_MS = 1_000;

export interface NotesFeedHost {
  notes: () => Resource<{ me: number; key: Query }, Loaded>;
  client: () => SidelineClient | undefined;
  query: () => Query;
  /** A note that was not there before. */
  arrived: (note: QuickNote) => void;
  gone: (id: string) => void;
}

/** Keeps the list what the server would answer: by events as they come, by reading on, and by asking where only it can tell. */
export class NotesFeed {
  readonly #host: NotesFeedHost;
  readonly #ahead: ReadAhead;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: NotesFeedHost) {
    this.#host = host;
    this.#ahead = new ReadAhead({
      client: host.client,
      query: host.query,
      loaded: () => (host.notes().error ? undefined : host.notes().data),
      read: (loaded) => host.notes().mutate(() => loaded),
      failed: () => void host.notes().refresh(),
    });
  }

  stop(): void {
    clearTimeout(this.#settle);
    this.#settle = undefined;
  }

  /** Asks for what follows, when the end is near. @param last index of the last note in view */
  readTo(last: number): void {
    void this.#ahead.to(last);
  }

  arrived(note: QuickNote): void {
    const known = this.#has(note.id);
    this.changed(note);
    if (!known && this.#has(note.id)) this.#host.arrived(note);
  }

  changed(note: QuickNote): void {
    const belongs = fits(note, this.#host.query());
    if (belongs === undefined) this.#askSoon();
    else if (belongs) this.#host.notes().mutate((loaded) => withNote(loaded, note));
    else this.gone(note.id);
  }

  gone(id: string): void {
    this.#host.gone(id);
    this.#host.notes().mutate((loaded) => withoutNote(loaded, id));
  }

  #has(id: string): boolean {
    return this.#host.notes().data?.notes.some((note) => note.id === id) ?? false;
  }

  #askSoon(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      void this.#host.notes().refresh();
    }, SETTLE_MS);
  }
}
