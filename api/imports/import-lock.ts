import type { Principal } from '../auth/principal.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import { ownerOf } from './import-owner.ts';
import type { ImportRecord, ImportRepository } from './import.repository.ts';

/** An import that somebody may see, locked until the transaction ends. @throws Problem 404 */
export async function locked(imports: ImportRepository, tx: Tx, by: Principal, id: string): Promise<ImportRecord> {
  const record = await imports.forUpdate(tx, id, ownerOf(by));
  if (!record) throw notFound('Import');
  return record;
}

/** An import as the transaction has left it. @throws Problem 404 */
export async function reread(imports: ImportRepository, tx: Tx, id: string): Promise<ImportRecord> {
  const record = await imports.byId(tx, id);
  if (!record) throw notFound('Import');
  return record;
}
