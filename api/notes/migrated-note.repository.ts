import { RowSet } from '../db/row-set.ts';
import type { NotePriority, NoteType } from './note.entity.ts';

/** A note of an old system. Instants are ISO 8601. */
export interface MigratedNote {
  readonly agentId: number;
  readonly authorId: number;
  readonly noteType: NoteType;
  readonly priority: NotePriority;
  readonly category: string | null;
  readonly content: string;
  readonly isPrivate: boolean;
  readonly addressedAt: string | null;
  readonly addressedBy: number | null;
  readonly addressedInSession: string | null;
  readonly createdAt: string;
  readonly source: string;
  readonly externalId: string;
}

export const noteRows = new RowSet<MigratedNote & { readonly id: string }>('quick_notes', {
  agentId: ['agent_id', 'int'], authorId: ['author_id', 'int'], noteType: ['note_type', 'text'], priority: ['priority', 'text'], category: ['category', 'text'],
  content: ['content', 'text'], isPrivate: ['is_private', 'boolean'], addressedAt: ['addressed_at', 'timestamptz'], addressedBy: ['addressed_by', 'int'],
  addressedInSession: ['addressed_in_session', 'uuid'], createdAt: ['created_at', 'timestamptz'], source: ['source', 'text'], externalId: ['external_id', 'text'],
});
