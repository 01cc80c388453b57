import type { SidelineClient } from '../provider/client.ts';
import { olderNotes, type Loaded, type Query } from './notes-model.ts';

/** From this many notes before the end on, the next ones are asked for. */
const AHEAD = 20;

export interface ReadAheadHost {
  client: () => SidelineClient | undefined;
  query: () => Query;
  loaded: () => Loaded | undefined;
  read: (loaded: Loaded) => void;
  failed: () => void;
}

/** Asks for the next notes before the last ones come into view; one question at a time. */
export class ReadAhead {
  readonly #host: ReadAheadHost;
  #asking = false;

  constructor(host: ReadAheadHost) {
    this.#host = host;
  }

  /** @param last index of the last note in view */
  async to(last: number): Promise<void> {
    const loaded = this.#host.loaded();
    const client = this.#host.client();
    if (!loaded || !client || this.#asking || loaded.notes.length >= loaded.total || last < loaded.notes.length - AHEAD) return;
    const query = this.#host.query();
    this.#asking = true;
    try {
      const more = await olderNotes(client, query, loaded);
      // Meanwhile somebody may have asked for others, or some of these are gone.
      if (JSON.stringify(query) !== JSON.stringify(this.#host.query()) || this.#host.loaded()?.notes !== loaded.notes) return;
      const all = more.notes.length === loaded.notes.length;
      this.#host.read(all ? { notes: more.notes, total: more.notes.length } : more);
    } catch {
      this.#host.failed();
    } finally {
      this.#asking = false;
    }
  }
}
