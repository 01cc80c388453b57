import type { components } from '../http/contract.types.ts';
import type { NoteRow } from './note.repository.ts';

export type NoteView = components['schemas']['QuickNote'];

/** A note as its readers see it; who that is, the query has decided. */
export const presentNote = (row: NoteRow): NoteView => row;
