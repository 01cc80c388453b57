import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Unsaved } from './live-document.ts';

interface Schema extends DBSchema {
  documents: { key: string; value: Unsaved };
}

/** Keeps what was written in sessions and is not stored yet, so that a closed page loses none of it. */
export interface UnsavedStore {
  get(key: string): Promise<Unsaved | undefined>;
  /** Nothing unsaved takes no room. */
  put(key: string, unsaved: Unsaved | undefined): Promise<void>;
}

/** In IndexedDB; where that is closed to the page (some embedded frames) in memory, for as long as the page lives. */
export async function openUnsavedStore(): Promise<UnsavedStore> {
  try {
    return kept(await openDB<Schema>('sideline-sessions', 1, { upgrade: (db) => void db.createObjectStore('documents') }));
  } catch {
    return inMemory();
  }
}

const kept = (db: IDBPDatabase<Schema>): UnsavedStore => ({
  get: (key) => db.get('documents', key),
  put: async (key, unsaved) => {
    if (unsaved) await db.put('documents', unsaved, key);
    else await db.delete('documents', key);
  },
});

function inMemory(): UnsavedStore {
  const documents = new Map<string, Unsaved>();
  return {
    get: (key) => Promise.resolve(documents.get(key)),
    put: async (key, unsaved) => {
      if (unsaved) documents.set(key, unsaved);
      else documents.delete(key);
    },
  };
}
