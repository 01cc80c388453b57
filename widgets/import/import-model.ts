import type { components } from '../../api/http/contract.types.ts';

type Schemas = components['schemas'];
export type Import = Schemas['Import'];
export type Row = Schemas['ImportRow'];
export type RowPage = Schemas['ImportRowPage'];
export type RowAction = Schemas['ImportRowAction'];
export type Mapping = Schemas['ImportMapping'];
export type MappingData = Schemas['ImportMappingData'];
export type Question = Schemas['ImportQuestion'];
export type Progress = Schemas['ImportProgress'];

export const ACTIONS = ['new', 'changed', 'unchanged', 'rejected'] as const satisfies readonly RowAction[];

/** What a column of interactions can mean, in the order in which a person would look for it. */
export const FIELDS = [
  'externalId', 'agent', 'date', 'time', 'startedAt', 'channel', 'direction', 'queue', 'topic', 'customerRef', 'answered', 'outcome',
  'resolved', 'firstContact', 'waitSeconds', 'talkSeconds', 'holdSeconds', 'acwSeconds', 'rating', 'sentiment',
] as const;
export type Field = (typeof FIELDS)[number];

/** The import is being worked on: what is shown changes by itself. */
export function isBusy({ status }: Import): boolean {
  return status === 'queued' || status === 'parsing' || status === 'committing' || status === 'rolling_back';
}

/** The mapping with a column given another meaning; a field that had another column before lets go of it. */
export function withColumn(mapping: Mapping, column: number, field: Field | ''): MappingData {
  const columns: Record<string, number | null> = { ...mapping.columns };
  for (const [name, used] of Object.entries(columns)) if (used === column) columns[name] = null;
  if (field) columns[field] = column;
  return { ...mapping, columns };
}

/** The mapping with the answer to a question, at the place the question names (a JSON pointer). */
export function withAnswer(mapping: MappingData, pointer: string, answer: string | number | boolean | null): MappingData {
  const copy = structuredClone(mapping) as Record<string, unknown>;
  const path = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = path.pop();
  if (last === undefined) return mapping;
  let at = copy;
  for (const part of path) at = (at[part] ??= {}) as Record<string, unknown>;
  at[last] = answer;
  return copy;
}

/** The field a column is used for, or nothing. */
export function fieldOf(mapping: Mapping | null, column: number): Field | undefined {
  const name = Object.entries(mapping?.columns ?? {}).find(([, used]) => used === column)?.[0];
  return FIELDS.find((field) => field === name);
}

/** Rows per second and seconds left, measured since the work began; undefined while there is nothing to go by. */
export function pace(progress: Progress, sinceMs: number): { speed: number; left: number } | undefined {
  const seconds = sinceMs / 1000;
  if (progress.percent <= 0 || progress.percent >= 100 || seconds < 1) return undefined;
  return { speed: Math.round(progress.rows / seconds), left: (seconds * (100 - progress.percent)) / progress.percent };
}
