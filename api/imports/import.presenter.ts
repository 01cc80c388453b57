import type { components } from '../http/contract.types.ts';
import type { ImportRecord } from './import.repository.ts';
import type { ImportKind } from './kinds/import-kind.ts';

export type ImportView = components['schemas']['Import'];

const noCounts = { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 };
const waiting = { phase: 'waiting', percent: 0, rows: 0 } as const;

/** An import without what only the server needs: where the file lies, whose teams it may touch. */
export function presentImport(record: ImportRecord): ImportView {
  const { fileSha256: _sha, storageKey: _key, generation: _generation, givenMapping: _given, teamScope: _scope, commitOptions: _options, isApplied: _applied, appliedAt: _at, rollbackBy: _by, isReverted: _reverted, createdPeople: _people, ...shown } = record;
  return { ...shown, counts: record.counts ?? noCounts, progress: record.progress ?? waiting, detected: presentDetected(record.detected) };
}

function presentDetected(detected: ImportRecord['detected']): ImportView['detected'] {
  if (!detected) return null;
  const { signature: _signature, block: _block, ...shown } = detected;
  return { ...shown, sheets: [...shown.sheets], headers: [...shown.headers], guesses: [...shown.guesses] };
}

export function presentKind({ name, label, about, fields, needed }: ImportKind): components['schemas']['ImportKindInfo'] {
  const names = new Set(needed.flatMap((column) => column.fields));
  return { kind: name, label, about, fields: fields.map((field) => ({ name: field.name, label: field.label, needed: names.has(field.name) })) };
}
