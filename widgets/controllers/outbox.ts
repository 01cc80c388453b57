import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { components } from '../../api/http/contract.types.ts';
import { ApiError, body, toApiError } from '../shared/api-error.ts';
import type { SidelineClient } from '../provider/client.ts';

export type NoteDraft = components['schemas']['CreateQuickNoteData'];
export type QuickNote = components['schemas']['QuickNote'];

/** Anything but a note: where it goes, and what it says. A `PUT` must be one that may be repeated. */
export interface Letter {
  readonly method: 'POST' | 'PUT';
  /** Complete, below the API's root. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it belongs to, for whoever shows it meanwhile. */
  readonly about: string;
}

/** Something that was written and has not been answered yet. */
interface Kept {
  /** Also its Idempotency-Key: however often it is sent, the server writes it once. */
  readonly key: string;
  /** Installation and person; it is only ever sent as the person who wrote it. */
  readonly owner: string;
  readonly writtenAt: number;
  /** When it was first put on the wire: from then on it may have arrived. */
  readonly firstSentAt: number | null;
  /** The server's refusal; what is refused waits for its author instead of being sent again. */
  readonly refusal: string | null;
}

export type KeptNote = Kept & { readonly draft: NoteDraft };
export type KeptLetter = Kept & { readonly letter: Letter };
export type AnyKept = KeptNote | KeptLetter;

const notesOf = (all: readonly AnyKept[]): readonly KeptNote[] => all.filter((kept) => 'draft' in kept);


interface Schema extends DBSchema {
  /** Named when notes were all there was. */
  notes: { key: string; value: AnyKept; indexes: { owner: string } };
}

/** The server forgets keys after 24 h; an older try could write the note twice, so it asks its author first. */
const KEY_LIVES_MS = 23 * 3_600_000;
const LOCK = 'sideline-outbox';

/** What `sent` tells. */
export type Sent = AnyKept & { readonly answer: unknown };

/** Something that was written: its key, and what the server answered unless it had to be kept. */
export interface Written<T> {
  readonly key: string;
  readonly answer?: T;
}

export interface OutboxOptions {
  client: SidelineClient;
  owner: string;
  now?: () => number;
}

/**
 * What was written, kept in IndexedDB until the server has answered. One tab at a time sends, oldest first, each under
 * its own Idempotency-Key. Where IndexedDB is closed to the page (some embedded frames) it is kept in memory, and
 * `durable` says so. Dispatches `change` whenever what is kept changes, and `sent` with what it was answered with.
 */
export class Outbox extends EventTarget {
  readonly #client: SidelineClient;
  readonly #owner: string;
  readonly #now: () => number;
  readonly #store: Promise<Store>;
  readonly #inFlight = new Set<string>();
  #kept: readonly AnyKept[] = [];
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

  /** Everything this person wrote that has not arrived, on its way or not, oldest first. */
  get kept(): readonly AnyKept[] {
    return this.#kept;
  }

  /** What of it is not on its way at this moment. */
  get pending(): readonly AnyKept[] {
    return this.#kept.filter(({ key }) => !this.#inFlight.has(key));
  }

  /** The notes among it. */
  get waiting(): readonly KeptNote[] {
    return notesOf(this.pending);
  }

  /** Whether only its author can decide on it: it was refused, or may have arrived long ago. */
  isUndecided(kept: AnyKept): boolean {
    if (kept.refusal !== null) return true;
    // A change that is put where it belongs is the same however often it arrives.
    if ('letter' in kept && kept.letter.method === 'PUT') return false;
    return kept.firstSentAt !== null && this.#now() - kept.firstSentAt > KEY_LIVES_MS;
  }

  /** Whether what is kept survives the closing of the page. */
  get durable(): boolean {
    return this.#durable;
  }

  /** Notes that only their author can decide on. */
  get undecided(): readonly KeptNote[] {
    return notesOf(this.#kept.filter((kept) => this.isUndecided(kept)));
  }

  /**
   * Writes a note: sent at once when the API answers, kept otherwise.
   *
   * @returns its key, with the written note unless it had to be kept
   * @throws ApiError when the server refuses it; then nothing is kept
   */
  write(draft: NoteDraft): Promise<Written<QuickNote>> {
    return this.#write({ draft });
  }

  /**
   * Sends anything else in the same way.
   *
   * @returns its key, with the answer unless it had to be kept
   * @throws ApiError when the server refuses it; then nothing is kept
   */
  post<T>(letter: Letter): Promise<Written<T>> {
    return this.#write({ letter });
  }

  async #write<T>(content: { draft: NoteDraft } | { letter: Letter }): Promise<Written<T>> {
    const key = crypto.randomUUID();
    const kept = { key, owner: this.#owner, writtenAt: this.#now(), firstSentAt: null, refusal: null, ...content };
    this.#inFlight.add(key);
    try {
      await this.#put(kept); // before the request: a page closed mid-flight loses nothing
      return { key, answer: (await this.#send(kept)) as T };
    } catch (error) {
      if (comesBack(toApiError(error))) return { key };
      await this.#remove(key);
      throw error;
    } finally {
      this.#inFlight.delete(key);
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
        if (this.isUndecided(note) || this.#inFlight.has(note.key)) continue;
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

  async #send(kept: AnyKept): Promise<unknown> {
    if (kept.firstSentAt === null) await this.#put({ ...kept, firstSentAt: this.#now() });
    const answer = await this.#ask(kept).catch((error: unknown) => {
      // The same key is being answered right now by an earlier try: not a refusal, only too early.
      throw toApiError(error).code === 'still_running' ? new ApiError(503) : error;
    });
    await this.#remove(kept.key);
    this.dispatchEvent(new CustomEvent<Sent>('sent', { detail: { ...kept, answer } }));
    return answer;
  }

  #ask(kept: AnyKept): Promise<unknown> {
    const { http } = this.#client;
    const header = { 'Idempotency-Key': kept.key };
    if ('draft' in kept) return body(http.POST('/api/quick-notes', { params: { header }, body: kept.draft }));
    const { method, path, body: content } = kept.letter;
    // Whoever wrote the letter has typed its body by the contract; here it goes to whatever address it names.
    return body(http[method as 'POST'](path as '/api/quick-notes', { params: { header }, body: content as never }));
  }

  async #put(note: AnyKept): Promise<void> {
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

interface Store {
  put(note: AnyKept): Promise<unknown>;
  remove(key: string): Promise<unknown>;
  all(owner: string): Promise<AnyKept[]>;
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
  const notes = new Map<string, AnyKept>();
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
