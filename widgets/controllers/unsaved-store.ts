import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Unsaved } from './live-document.ts';

/** What one tab has not stored yet of one document. */
interface Kept {
  readonly id: string;
  readonly document: string;
  readonly tab: string;
  readonly unsaved: Unsaved;
}

interface Schema extends DBSchema {
  kept: { key: string; value: Kept; indexes: { document: string } };
}

/** Keeps what was written in sessions and is not stored yet, so that a closed page loses none of it. */
export interface UnsavedStore {
  /** Takes over what a tab that is gone has left of a document, before this one has anything of its own; of several, the first. */
  adopt(document: string): Promise<Unsaved | undefined>;
  /** Keeps this tab's; nothing unsaved takes no room. */
  put(document: string, unsaved: Unsaved | undefined): Promise<void>;
}

/**
 * In IndexedDB, where a tab that lives holds a lock on what is its own: nobody else sends it as well. Where either is
 * closed to the page (some embedded frames) in memory, for as long as the page lives.
 */
export async function openUnsavedStore(): Promise<UnsavedStore> {
  try {
    const db = await openDB<Schema>('sideline-sessions', 1, {
      upgrade: (made) => void made.createObjectStore('kept', { keyPath: 'id' }).createIndex('document', 'document'),
    });
    const tab = crypto.randomUUID();
    // Held until the page is gone, however it goes.
    await new Promise<void>((resolve) => void navigator.locks.request(lockOf(tab), () => new Promise(() => resolve())));
    return kept(db, tab);
  } catch {
    return inMemory();
  }
}

const lockOf = (tab: string): string => `sideline-session ${tab}`;

function kept(db: IDBPDatabase<Schema>, tab: string): UnsavedStore {
  const put = async (document: string, unsaved: Unsaved | undefined): Promise<void> => {
    const id = `${document} ${tab}`;
    if (unsaved) await db.put('kept', { id, document, tab, unsaved });
    else await db.delete('kept', id);
  };
  return {
    put,
    adopt: async (document) => {
      for (const left of await db.getAllFromIndex('kept', 'document', document)) {
        const isGone = left.tab !== tab && (await navigator.locks.request(lockOf(left.tab), { ifAvailable: true }, async (lock) => lock !== null && takeOver(db, left, tab)));
        if (isGone) return left.unsaved;
      }
      return undefined;
    },
  };
}

/** In one transaction, so that it is somebody's at any moment, and of one tab alone. */
async function takeOver(db: IDBPDatabase<Schema>, left: Kept, tab: string): Promise<boolean> {
  const transaction = db.transaction('kept', 'readwrite');
  const isThere = (await transaction.store.get(left.id)) !== undefined;
  if (isThere) {
    await transaction.store.delete(left.id);
    await transaction.store.put({ ...left, id: `${left.document} ${tab}`, tab });
  }
  await transaction.done;
  return isThere;
}

function inMemory(): UnsavedStore {
  const documents = new Map<string, Unsaved>();
  return {
    adopt: async (document) => documents.get(document),
    put: async (document, unsaved) => {
      if (unsaved) documents.set(document, unsaved);
      else documents.delete(document);
    },
  };
}
