import { RowStore } from '../db/row-store.ts';
import { sessionRows, setAttendees, type MigratedSession } from './migrated-session.repository.ts';

export type { MigratedSession } from './migrated-session.repository.ts';

/** Coaching sessions that an old system had: no invitations, no letters, nothing to acknowledge. */
export const migratedSessions = (): RowStore<MigratedSession & { readonly id: string }> => new RowStore('coaching_session', sessionRows, setAttendees);
