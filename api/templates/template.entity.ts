import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { NoteType } from '../notes/note.entity.ts';

export const TEMPLATE_KINDS = ['session', 'agenda', 'note'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export interface TemplatePoint {
  readonly title: string;
  readonly detail?: string | undefined;
}

/** What a template holds; which of these, its kind says. */
export interface TemplateContent {
  readonly durationMinutes?: number | undefined;
  readonly agenda?: readonly TemplatePoint[] | undefined;
  readonly focusMetrics?: readonly string[] | undefined;
  readonly noteType?: NoteType | undefined;
  readonly category?: string | null | undefined;
  readonly text?: string | undefined;
}

/** Something to begin a session, an agenda or a note from. */
export const TemplateEntity = defineEntity({
  name: 'CoachingTemplate',
  tableName: 'coaching_templates',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<TemplateKind>(),
    teamId: p.uuid().nullable(),
    name: p.string(),
    description: p.string().nullable(),
    content: p.json<TemplateContent>(),
    createdBy: p.integer().nullable(),
    deletedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type TemplateRecord = InferEntity<typeof TemplateEntity>;
