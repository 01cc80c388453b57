import { RowStore } from '../db/row-store.ts';
import { noteRows, type MigratedNote } from './migrated-note.repository.ts';

export type { MigratedNote } from './migrated-note.repository.ts';

/** Notes that an old system had: nobody is told, they are no news. */
export const migratedNotes = (): RowStore<MigratedNote & { readonly id: string }> => new RowStore('quick_note', noteRows);
