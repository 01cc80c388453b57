import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import { ownerOf } from './import-owner.ts';
import { locked, reread } from './import-lock.ts';
import { tooLate, wrongState } from './import-refusals.ts';
import type { ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportRowsRepository } from './import-rows.repository.ts';
import { importCancelled, importDiscarded } from './imports.events.ts';
import type { OrphanedFiles } from './orphaned-files.service.ts';

export interface EndingsDependencies {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly orphans: OrphanedFiles;
}

/** Ends imports that are not to be written, and clears away what they leave. */
export class EndingsService {
  readonly #deps: EndingsDependencies;

  constructor(deps: EndingsDependencies) {
    this.#deps = deps;
  }

  /**
   * Stops an import before it is written; the worker notices, and what is left is cleared away. Nothing happens to one
   * that is cancelled already.
   * @throws Problem 404, 409 once its rows are being written, or when it is over
   */
  async cancel(by: Principal, id: string): Promise<ImportRecord> {
    const { uow, imports } = this.#deps;
    const seen = await uow.read((db) => imports.byId(db, id, ownerOf(by)));
    if (!seen) throw notFound('Import');
    return uow.write(by, async (tx) => {
      // Asked before the import is locked: whoever writes its rows has it until they are written.
      if (!(await imports.holdBackWriting(tx, id))) throw tooLate(seen);
      const record = await locked(imports, tx, by, id);
      if (record.status === 'cancelled') return record;
      if (record.isApplied || !['queued', 'parsing', 'staged', 'committing'].includes(record.status)) throw tooLate(record);
      await imports.markEnded(tx, id, 'cancelled', tx.now);
      const { kind, fileName, uploadedBy, status } = record;
      tx.record(importCancelled.record(id, { id, kind, fileName, uploadedBy: uploadedBy.id, cancelledBy: { id: by.agentId, name: by.name } }, {}));
      tx.audit({ action: 'import.cancel', targetType: 'import', targetId: id, before: { status }, after: { fileName } });
      return reread(imports, tx, id);
    });
  }

  /** @throws Problem 404, 409 once it is being committed */
  discard(by: Principal, id: string): Promise<void> {
    const { uow, imports } = this.#deps;
    return uow.write(by, async (tx) => {
      const record = await locked(imports, tx, by, id);
      if (record.status === 'discarded') return;
      if (!['queued', 'parsing', 'staged', 'failed', 'cancelled'].includes(record.status)) throw wrongState(record);
      await this.#discard(tx, record);
    });
  }

  async #discard(tx: Tx, { id, fileName }: ImportRecord): Promise<void> {
    await this.#deps.imports.markEnded(tx, id, 'discarded', tx.now);
    tx.record(importDiscarded.record(id, { id }, {}));
    tx.audit({ action: 'import.discard', targetType: 'import', targetId: id, after: { fileName } });
  }

  /** Discards previews that nobody has imported for 30 days, with their rows and files. @returns how many */
  async endAbandoned(by: Principal): Promise<number> {
    const { uow, imports, clock } = this.#deps;
    const ids = await uow.read((db) => imports.abandoned(db, clock.now()));
    for (const id of ids) {
      await uow.write(by, async (tx) => {
        const record = await imports.forUpdate(tx, id);
        // Asked again under the lock: somebody may have come back to it just now.
        if (record && (await imports.isAbandoned(tx, id, tx.now))) await this.#discard(tx, record);
      });
      await this.clear(by, id);
    }
    return ids.length;
  }

  /** Removes the rows and the file of an import that was cancelled or discarded; may be repeated. */
  async clear(by: Principal, id: string): Promise<void> {
    const { uow, imports, rows, orphans } = this.#deps;
    const record = await uow.read((db) => imports.byId(db, id));
    if (record?.status !== 'cancelled' && record?.status !== 'discarded') return;
    await uow.write(by, async (tx) => {
      await rows.takeYourTime(tx);
      await rows.clear(tx, id);
    });
    await orphans.remove(by, record.storageKey);
  }
}
