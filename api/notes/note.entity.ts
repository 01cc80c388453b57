import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export type NoteType = 'COACHING' | 'POSITIVE' | 'URGENT';
export type NotePriority = 'LOW' | 'MEDIUM' | 'HIGH';

/** What a leader wrote down about an agent. */
export const NoteEntity = defineEntity({
  name: 'QuickNote',
  tableName: 'quick_notes',
  properties: {
    id: p.uuid().primary(),
    agentId: p.integer(),
    authorId: p.integer(),
    noteType: p.string().$type<NoteType>(),
    priority: p.string().$type<NotePriority>(),
    category: p.string().nullable(),
    content: p.text(),
    isPrivate: p.boolean().default(false),
    interactionId: p.uuid().nullable(),
    addressedAt: p.datetime().nullable(),
    addressedBy: p.integer().nullable(),
    addressedInSession: p.uuid().nullable(),
    deletedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type NoteRecord = InferEntity<typeof NoteEntity>;
