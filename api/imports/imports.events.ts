import { defineEvent, rooms } from '../events/event.ts';
import type { ImportStatus } from './import.repository.ts';
import type { ImportCounts, Period } from './rows.ts';

/** A file waits to be read. Concerns the workers alone. */
export const importQueued = defineEvent<{ id: string; generation: number }>({
  type: 'import:queued',
  aggregate: 'import',
  deliveries: () => [],
});

/** Somebody gave up what was not committed. Concerns the workers alone. */
export const importDiscarded = defineEvent<{ id: string }>({
  type: 'import:discarded',
  aggregate: 'import',
  deliveries: () => [],
});

/** An import that was stopped before it was written, and who stopped it. */
export interface ImportCancelled {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly uploadedBy: number;
  readonly cancelledBy: { readonly id: number; readonly name: string };
}

/** Somebody stopped an import before it was written. */
export const importCancelled = defineEvent<ImportCancelled>({
  type: 'import:cancelled',
  aggregate: 'import',
  deliveries: ({ payload }) => [{ rooms: [rooms.managers, rooms.user(payload.uploadedBy)], payload }],
});

/** Somebody agreed to the preview. Concerns the workers alone. */
export const importConfirmed = defineEvent<{ id: string }>({
  type: 'import:confirmed',
  aggregate: 'import',
  deliveries: () => [],
});

/** Somebody wants a committed import taken back. Concerns the workers alone. */
export const importRollbackAsked = defineEvent<{ id: string }>({
  type: 'import:rollback-asked',
  aggregate: 'import',
  deliveries: () => [],
});

/** What was committed, or taken back. */
export interface ImportCommitted {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly fileName: string;
  readonly counts: ImportCounts;
  readonly period: Period | null;
  readonly uploadedBy: number;
}

/** The one event of an import, however many rows it wrote. */
export const importCommitted = defineEvent<ImportCommitted>({
  type: 'import:committed',
  aggregate: 'import',
  deliveries: ({ payload }) => [{ rooms: [rooms.managers, rooms.user(payload.uploadedBy)], payload }],
});

/** The one event of an import that was taken back. */
export const importRolledBack = defineEvent<ImportCommitted>({
  type: 'import:rolled-back',
  aggregate: 'import',
  deliveries: ({ payload }) => [{ rooms: [rooms.managers, rooms.user(payload.uploadedBy)], payload }],
});

export const importsEvents = [importQueued, importDiscarded, importCancelled, importConfirmed, importRollbackAsked, importCommitted, importRolledBack];

/** The event that gives an import its job. */
export function jobOf(id: string, status: ImportStatus, generation: number) {
  if (status === 'committing') return importConfirmed.record(id, { id }, {});
  return status === 'rolling_back' ? importRollbackAsked.record(id, { id }, {}) : importQueued.record(id, { id, generation }, {});
}
