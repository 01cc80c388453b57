import type { components } from '../../api/http/contract.types.ts';
import type { Flat } from './merge.ts';

type Schemas = components['schemas'];
export type Template = Schemas['CoachingTemplate'];
export type Kind = Schemas['TemplateKind'];

export const KINDS = ['session', 'agenda', 'note'] as const satisfies readonly Kind[];
export const NOTE_TYPES = ['COACHING', 'POSITIVE', 'URGENT'] as const satisfies readonly Schemas['NoteType'][];
export const FOCUS = ['csat', 'slaCompliance', 'avgResponseTime', 'aht', 'fcr', 'resolutionRate', 'sentiment'] as const satisfies readonly Schemas['FocusMetric'][];

/** A point while it is edited; no detail is an empty one. */
export interface Point {
  readonly title: string;
  readonly detail: string;
}

/** What a kind holds, as the server has it: anything else would be refused. */
export const FIELDS = {
  session: ['durationMinutes', 'agenda', 'focusMetrics'],
  agenda: ['agenda'],
  note: ['noteType', 'category', 'text'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>;

/** @param teamId whose it will be; null for the installation's */
export const newTemplate = (teamId: string | null): Flat => ({ kind: 'session', teamId, name: '', description: '', durationMinutes: 30, agenda: [], focusMetrics: [], noteType: 'COACHING', category: '', text: '' });

export const toForm = ({ kind, teamId, name, description, durationMinutes, agenda, focusMetrics, noteType, category, text }: Template): Flat => ({
  kind, teamId, name, description: description ?? '', durationMinutes: durationMinutes ?? 30, agenda: agenda.map((point) => ({ title: point.title, detail: point.detail ?? '' })),
  focusMetrics, noteType: noteType ?? 'COACHING', category: category ?? '', text: text ?? '',
});

/** What is sent of a new one: its name, and what its kind holds. */
export function toNew(draft: Flat): Schemas['CreateCoachingTemplateData'] {
  const kind = draft['kind'] as Kind;
  const teamId = draft['teamId'] as string | null;
  const content = Object.entries({ description: trimmed(draft['description']) || null, teamId, ...contentOf(draft, FIELDS[kind]) }).filter(([, value]) => value !== null);
  return { kind, name: trimmed(draft['name']), ...Object.fromEntries(content) };
}

/** What is sent of a change. */
export function toChange(changes: Flat, kind: Kind): Schemas['UpdateCoachingTemplateData'] {
  const { name, description } = changes;
  return {
    ...(name === undefined ? {} : { name: trimmed(name) }),
    ...(description === undefined ? {} : { description: trimmed(description) || null }),
    ...contentOf(changes, FIELDS[kind]),
  };
}

function contentOf(draft: Flat, fields: readonly string[]): Partial<Schemas['UpdateCoachingTemplateData']> {
  const given = fields.filter((field) => draft[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, sent(field, draft[field])]));
}

function sent(field: string, value: unknown): unknown {
  if (field === 'agenda') return points(value as readonly Point[]);
  return typeof value === 'string' ? trimmed(value) || null : value;
}

/** Lines that say nothing are not sent. */
function points(agenda: readonly Point[]): { title: string; detail?: string }[] {
  return agenda.filter(({ title }) => title.trim()).map(({ title, detail }) => ({ title: title.trim(), ...(detail.trim() ? { detail: detail.trim() } : {}) }));
}

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
