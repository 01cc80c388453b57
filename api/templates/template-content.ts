import { unprocessable, type FieldError } from '../errors/problem.ts';
import type { TemplateContent, TemplateKind } from './template.entity.ts';

type Field = keyof TemplateContent;

/** What belongs to a kind, and what it cannot be without. */
const FIELDS: Readonly<Record<TemplateKind, { readonly allowed: readonly Field[]; readonly needed: readonly Field[] }>> = {
  session: { allowed: ['durationMinutes', 'agenda', 'focusMetrics'], needed: ['durationMinutes'] },
  agenda: { allowed: ['agenda'], needed: ['agenda'] },
  note: { allowed: ['noteType', 'category', 'text'], needed: ['noteType', 'text'] },
};

/** @throws Problem 422 naming every field that does not belong to the kind, or that it lacks. */
export function assertContent(kind: TemplateKind, content: TemplateContent): void {
  const { allowed, needed } = FIELDS[kind];
  const given = (Object.keys(content) as Field[]).filter((field) => content[field] !== undefined);
  const errors: FieldError[] = [
    ...given.filter((field) => !allowed.includes(field)).map((field) => ({ path: `/body/${field}`, message: `does not belong to a template of the kind ${kind}` })),
    ...needed.filter((field) => isEmpty(content[field])).map((field) => ({ path: `/body/${field}`, message: `is missing in a template of the kind ${kind}` })),
  ];
  if (errors.length > 0) throw unprocessable('template_content', `This is not what a template of the kind ${kind} holds.`, errors);
}

const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
