import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { hashOf, type FileStore } from '../storage/file-store.ts';
import type { ImportRepository } from './import.repository.ts';

/** Files that are asked about at once. */
const BATCH = 500;

/**
 * Removes kept files that no import needs any more: their time is over (see the repository), or a process was killed between keeping a file and writing its import, or between
 * ending an import and removing its file, or the storage was away just then.
 */
export class OrphanedFiles {
  readonly #uow: UnitOfWork;
  readonly #imports: ImportRepository;
  readonly #files: FileStore;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; imports: ImportRepository; files: FileStore; clock: Clock }) {
    this.#uow = deps.uow;
    this.#imports = deps.imports;
    this.#files = deps.files;
    this.#clock = deps.clock;
  }

  /** May run several times at once. @returns how many were removed @throws StorageAway */
  async clear(by: Principal): Promise<number> {
    let removed = 0;
    let batch: string[] = [];
    for await (const key of this.#files.keys()) {
      batch.push(key);
      if (batch.length === BATCH) {
        removed += await this.#clear(by, batch);
        batch = [];
      }
    }
    return removed + (await this.#clear(by, batch));
  }

  async #clear(by: Principal, keys: readonly string[]): Promise<number> {
    let removed = 0;
    for (const key of await this.#uow.read((db) => this.#imports.unneededFiles(db, keys, this.#clock.now()))) if (await this.remove(by, key)) removed += 1;
    return removed;
  }

  /**
   * Removes a file that no import needs. In a transaction of its own, after whoever is keeping the same content: they may
   * be about to write the import that needs it.
   */
  remove(by: Principal, key: string): Promise<boolean> {
    return this.#uow.write(by, async (tx) => {
      await this.#imports.lockFile(tx, hashOf(key));
      if (await this.#imports.isFileNeeded(tx, key, tx.now)) return false;
      await this.#files.remove(key);
      return true;
    });
  }
}
