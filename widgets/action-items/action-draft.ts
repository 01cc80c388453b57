import type { components } from '../../api/http/contract.types.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import type { ActionItem } from './actions-model.ts';

type Schemas = components['schemas'];
export type MetricId = Schemas['MetricId'];
export type MetricDefinition = Schemas['MetricDefinitions']['metrics'][number];
export const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;
export const MAX_TITLE = 200;
export const MAX_CATEGORY = 50;
export const MAX_DESCRIPTION = 10_000;

/** What is being written. */
export interface Draft {
  readonly person: PersonRef | undefined;
  readonly title: string;
  readonly description: string;
  /** `YYYY-MM-DD`; empty while none is chosen. */
  readonly dueDate: string;
  readonly priority: (typeof PRIORITIES)[number];
  readonly category: string;
  readonly metric: MetricId | '';
  /** As typed, in the unit in which the metric is shown. */
  readonly target: string;
}

export const draftFor = (person: PersonRef | undefined, dueDate: string): Draft => ({ person, title: '', description: '', dueDate, priority: 'MEDIUM', category: '', metric: '', target: '' });

export const draftOf = (item: ActionItem, unit: string | undefined): Draft => ({
  person: { id: item.agentId, name: item.agentName },
  title: item.title,
  description: item.description ?? '',
  dueDate: item.dueDate,
  priority: item.priority,
  category: item.category ?? '',
  metric: item.targetMetric ?? '',
  target: item.targetValue === null ? '' : String(unit === 'ratio' ? round(item.targetValue * 100) : item.targetValue),
});

/** A ratio is shown, and typed, in percent. NaN where what was typed is no number. */
export function targetValue({ target, metric }: Draft, unit: string | undefined): number | null {
  if (!metric || target.trim() === '') return null;
  const value = Number(target.trim().replace(',', '.'));
  return unit === 'ratio' ? round(value / 100) : value;
}

const round = (value: number): number => Number(value.toFixed(6));

/** What is missing or wrong, as the key of the sentence that says so. */
export function faultOf(draft: Draft, unit: string | undefined, today: string, keptDay: string | undefined): 'needsTitle' | 'needsDue' | 'needsPerson' | 'needsNumber' | undefined {
  if (!draft.title.trim()) return 'needsTitle';
  if (!draft.dueDate || (draft.dueDate < today && draft.dueDate !== keptDay)) return 'needsDue';
  if (!draft.person) return 'needsPerson';
  return Number.isNaN(targetValue(draft, unit)) ? 'needsNumber' : undefined;
}

/** The request body of a new item. */
export function toAction(draft: Draft, agentId: number, unit: string | undefined): Schemas['CreateActionItemData'] {
  const value = targetValue(draft, unit);
  return {
    agentId,
    title: draft.title.trim(),
    dueDate: draft.dueDate,
    priority: draft.priority,
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
    ...(draft.category.trim() ? { category: draft.category.trim() } : {}),
    ...(draft.metric ? { targetMetric: draft.metric } : {}),
    ...(value === null ? {} : { targetValue: value }),
  };
}

/** What differs from the item, and nothing else: what somebody else changed meanwhile is theirs. */
export function changesOf(item: ActionItem, draft: Draft, unit: string | undefined): Schemas['UpdateActionItemData'] {
  const next = {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    dueDate: draft.dueDate,
    priority: draft.priority,
    category: draft.category.trim() || null,
    targetMetric: draft.metric || null,
    targetValue: targetValue(draft, unit),
  };
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => value !== item[key as keyof ActionItem]));
}
