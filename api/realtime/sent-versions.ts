import { LRUCache } from 'lru-cache';

/** How often each field of a document had been written when it was sent. */
export type FieldVersions = Readonly<Record<string, number>>;

/** Nobody works on more documents at once; of older ones a socket counts as having been sent nothing. */
const REMEMBERED = 100;

/**
 * The versions of documents that one socket was sent last: what its writes are made on where they do not say so
 * themselves. Never goes back: an answer may overtake an event.
 */
export class SentVersions {
  #documents: LRUCache<string, FieldVersions> | undefined;

  note(id: string, versions: FieldVersions): void {
    this.#documents ??= new LRUCache({ max: REMEMBERED });
    const known = this.of(id);
    const newer = Object.entries(versions).filter(([field, version]) => version > (known[field] ?? -1));
    this.#documents.set(id, { ...known, ...Object.fromEntries(newer) });
  }

  /** Empty for a document of which nothing was sent. */
  of(id: string): FieldVersions {
    return this.#documents?.get(id) ?? {};
  }
}
