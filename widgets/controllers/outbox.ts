import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { components } from '../../api/http/contract.types.ts';
import { ApiError, body, toApiError } from '../shared/api-error.ts';
import type { SidelineClient } from '../provider/client.ts';

export type NoteDraft = components['schemas']['CreateQuickNoteData'];
export type QuickNote = components['schemas']['QuickNote'];

/** A note that was written and has not been answered yet. */
export interface KeptNote {
  /** Also its Idempotency-Key: however often it is sent, the server writes it once. */
  readonly key: string;
  /** Installation and person; a note is only ever sent as the person who wrote it. */
  readonly owner: string;
  readonly draft: NoteDraft;
  readonly writtenAt: number;
  /** When it was first put on the wire: from then on it may have arrived. */
  readonly firstSentAt: number | null;
  /** The server's refusal; such a note waits for its author instead of being sent again. */
  readonly refusal: string | null;
}

interface Schema extends DBSchema {
  notes: { key: string; value: KeptNote; indexes: { owner: string } };
}

/** The server forgets keys after 24 h; an older try could write the note twice, so it asks its author first. */
const KEY_LIVES_MS = 23 * 3_600_000;
const LOCK = 'sideline-outbox';

export interface OutboxOptions {
  client: SidelineClient;
  owner: string;
  now?: () => number;
}

/**
 * Notes kept in IndexedDB until the server has answered. One tab at a time sends, oldest first, each under its own
 * Idempotency-Key. Where IndexedDB is closed to the page (some embedded frames) notes are kept in memory, and
 * `durable` says so. Dispatches `change` whenever what is kept changes, and `sent` with the written note.
 */
export class Outbox extends EventTarget {
  readonly #client: SidelineClient;
  readonly #owner: string;
  readonly #now: () => number;
  readonly #store: Promise<Store>;
  readonly #inFlight = new Set<string>();
  #kept: readonly KeptNote[] = [];
  #durable = true;
  #sending: Promise<void> | undefined;

  constructor({ client, owner, now = Date.now }: OutboxOptions) {
    super();
    this.#client = client;
    this.#owner = owner;
    this.#now = now;
    this.#store = openStore().catch(() => {
      this.#durable = false;
      return memoryStore();
    });
    void this.#reload();
  }

  /** Everything this person wrote that has not arrived, oldest first. */
  get kept(): readonly KeptNote[] {
    return this.#kept;
  }

  /** Kept and not being sent at this moment. */
  get waiting(): readonly KeptNote[] {
    return this.#kept.filter((note) => !this.#inFlight.has(note.key));
  }

  /** Whether what is kept survives the closing of the page. */
  get durable(): boolean {
    return this.#durable;
  }

  /** Notes that only their author can decide on: refused ones, and ones that may have arrived long ago. */
  get undecided(): readonly KeptNote[] {
    return this.#kept.filter((note) => note.refusal !== null || this.#uncertain(note));
  }

  /**
   * Writes a note: sent at once when the API answers, kept otherwise.
   *
   * @returns its key, with the written note unless it had to be kept
   * @throws ApiError when the server refuses it; then nothing is kept
   */
  async write(draft: NoteDraft): Promise<{ key: string; note?: QuickNote }> {
    const note: KeptNote = {
      key: crypto.randomUUID(),
      owner: this.#owner,
      draft,
      writtenAt: this.#now(),
      firstSentAt: null,
      refusal: null,
    };
    this.#inFlight.add(note.key);
    try {
      await this.#put(note); // before the request: a page closed mid-flight loses nothing
      return { key: note.key, note: await this.#send(note) };
    } catch (error) {
      if (comesBack(toApiError(error))) return { key: note.key };
      await this.#remove(note.key);
      throw error;
    } finally {
      this.#inFlight.delete(note.key);
      this.#changed();
    }
  }

  /** Sends what waits; safe to call at any time, from any number of tabs. */
  flush(): Promise<void> {
    this.#sending ??= this.#flush().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** The author decided: send it again although it may have arrived. */
  async sendAgain(key: string): Promise<void> {
    const note = this.#kept.find((candidate) => candidate.key === key);
    if (!note) return;
    await this.#put({ ...note, key: crypto.randomUUID(), firstSentAt: null, refusal: null });
    await this.discard(key);
    await this.flush();
  }

  async discard(key: string): Promise<void> {
    await this.#remove(key);
  }

  async #flush(): Promise<void> {
    await withLock(async () => {
      await this.#reload();
      for (const note of this.#kept) {
        if (note.refusal !== null || this.#uncertain(note) || this.#inFlight.has(note.key)) continue;
        try {
          await this.#send(note);
        } catch (error) {
          const problem = toApiError(error);
          if (comesBack(problem)) return; // later, in order
          await this.#put({ ...note, refusal: problem.message });
        }
      }
    });
  }

  async #send(note: KeptNote): Promise<QuickNote> {
    if (note.firstSentAt === null) await this.#put({ ...note, firstSentAt: this.#now() });
    const answer = this.#client.http.POST('/api/quick-notes', {
      params: { header: { 'Idempotency-Key': note.key } },
      body: note.draft,
    });
    const written = await body<QuickNote>(answer).catch((error: unknown) => {
      throw stillRunning(error) ? new ApiError(503) : error;
    });
    await this.#remove(note.key);
    this.dispatchEvent(new CustomEvent('sent', { detail: { note: written, key: note.key } }));
    return written;
  }

  #uncertain(note: KeptNote): boolean {
    return note.firstSentAt !== null && this.#now() - note.firstSentAt > KEY_LIVES_MS;
  }

  async #put(note: KeptNote): Promise<void> {
    await (await this.#store).put(note);
    await this.#reload();
  }

  async #remove(key: string): Promise<void> {
    await (await this.#store).remove(key);
    await this.#reload();
  }

  async #reload(): Promise<void> {
    const notes = await (await this.#store).all(this.#owner);
    this.#kept = notes.sort((a, b) => a.writtenAt - b.writtenAt);
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** Whether the same note may be accepted later: the network, the server or the sign-in is away just now. */
function comesBack(problem: ApiError): boolean {
  return problem.transient || problem.kind === 'expired';
}

/** The same key is being answered right now by an earlier try: not a refusal, only too early. */
function stillRunning(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'still_running';
}

interface Store {
  put(note: KeptNote): Promise<unknown>;
  remove(key: string): Promise<unknown>;
  all(owner: string): Promise<KeptNote[]>;
}

async function openStore(): Promise<Store> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>('sideline', 1, {
    upgrade: (database) => {
      database.createObjectStore('notes', { keyPath: 'key' }).createIndex('owner', 'owner');
    },
  });
  return {
    put: (note) => db.put('notes', note),
    remove: (key) => db.delete('notes', key),
    all: (owner) => db.getAllFromIndex('notes', 'owner', owner),
  };
}

function memoryStore(): Store {
  const notes = new Map<string, KeptNote>();
  return {
    put: async (note) => notes.set(note.key, note),
    remove: async (key) => notes.delete(key),
    all: async (owner) => [...notes.values()].filter((note) => note.owner === owner),
  };
}

/** Web Locks reach over tabs; without them (insecure origins) the Idempotency-Key alone keeps a note single. */
async function withLock(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
