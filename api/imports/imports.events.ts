import { defineEvent, rooms } from '../events/event.ts';
import type { ImportCounts, Period } from './rows.ts';

/** A file waits to be read. Concerns the workers alone. */
export const importQueued = defineEvent<{ id: string; generation: number }>({
  type: 'import:queued',
  aggregate: 'import',
  deliveries: () => [],
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

export const importsEvents = [importQueued, importConfirmed, importRollbackAsked, importCommitted, importRolledBack];
