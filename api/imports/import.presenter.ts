import type { components } from '../http/contract.types.ts';
import type { ImportRecord } from './import.repository.ts';
import { sentenceOf } from './kinds/blockers.ts';
import type { ImportKind } from './kinds/import-kind.ts';
import { MOST_LISTED } from './missing-people.ts';
import type { RollbackPlan } from './rollback.service.ts';

export type ImportView = components['schemas']['Import'];

const noCounts = { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 };
const waiting = { phase: 'waiting', percent: 0, rows: 0 } as const;

/** An import without what only the server needs: where the file lies, whose teams it may touch. */
export function presentImport(record: ImportRecord): ImportView {
  const { fileSha256: _sha, storageKey: _key, generation: _generation, givenMapping: decided, teamScope: _scope, commitOptions: _options, isApplied: _applied, appliedAt: _at, rollbackBy: _by, isReverted: _reverted, createdPeople: _people, ...shown } = record;
  return { ...shown, counts: record.counts ?? noCounts, progress: record.progress ?? waiting, missingAgents: record.missingAgents.slice(0, MOST_LISTED).map(({ suggestions = [], ...person }) => ({ ...person, suggestions: [...suggestions] })), mapping: record.mapping && { ...record.mapping, table: record.mapping.table ?? null }, decided: decided as ImportView['decided'], detected: presentDetected(record.detected), remarks: (record.detected?.remarks ?? []).map((remark) => ({ ...remark, rows: [...remark.rows] })) };
}

/** One of many: without the names that were decided, of which there may be thousands. */
export function presentListed(record: ImportRecord): ImportView {
  const view = presentImport(record);
  const { people: _people, ...decided } = view.decided;
  return { ...view, mapping: view.mapping && { ...view.mapping, people: {} }, decided };
}

/** What was staged by an earlier release has less to show. */
function presentDetected(detected: ImportRecord['detected']): ImportView['detected'] {
  if (!detected) return null;
  const { format, sheets, headers, guesses, likelierKind = null, tables = [], firstRows = [] } = detected;
  const shown = headers.map(({ samples = [], ...header }) => ({ ...header, samples: [...samples] }));
  return { format, likelierKind, sheets: [...sheets], tables: [...tables], firstRows: [...firstRows], headers: shown, guesses: [...guesses] };
}

export function presentKind({ name, label, about, fields, needed }: ImportKind): components['schemas']['ImportKindInfo'] {
  const names = new Set(needed.flatMap((column) => column.fields));
  return { kind: name, label, about, fields: fields.map((field) => ({ name: field.name, label: field.label, holds: field.holds, needed: names.has(field.name) })) };
}

export function presentPlan({ blockers, ...plan }: RollbackPlan): components['schemas']['ImportRollbackPlan'] {
  return { ...plan, blockers: blockers.map((blocker) => ({ rowNumber: blocker.rowNumber, code: blocker.code, message: sentenceOf(blocker) })) };
}
