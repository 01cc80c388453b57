import type { components } from '../http/contract.types.ts';
import type { TemplateRow } from './template.repository.ts';

export type TemplateView = components['schemas']['CoachingTemplate'];

/** Every key is there, whatever the kind. */
export function presentTemplate({ content, ...row }: TemplateRow): TemplateView {
  return {
    ...row,
    durationMinutes: content.durationMinutes ?? null,
    agenda: (content.agenda ?? []).map(({ title, detail }) => ({ title, detail: detail ?? null })),
    // What is stored has passed the contract's list of metrics.
    focusMetrics: [...(content.focusMetrics ?? [])] as TemplateView['focusMetrics'],
    noteType: content.noteType ?? null,
    category: content.category ?? null,
    text: content.text ?? null,
  };
}
