import type { Role } from '../../auth/principal.ts';
import { sql, type Db } from '../../db/db.ts';
import { RowSet } from '../../db/row-set.ts';

/** Somebody an old system had. They have no user name there. */
export interface MigratedPerson {
  readonly email: string;
  readonly fullName: string;
  readonly role: Role;
  readonly department: string;
  readonly phone: string | null;
  readonly isActive: boolean;
  /** Null: no team there. One they have here they keep. */
  readonly teamId: string | null;
  /** `YYYY-MM-DD`; null where nobody knows: then it is the day they come along. */
  readonly joinedOn: string | null;
  /** Null where nobody knows, as {@link joinedOn}. */
  readonly createdAt: string | null;
}

/** Without a password until they choose one. */
export const personRows = new RowSet<MigratedPerson & { readonly id: string; readonly username: string; readonly passwordHash: '!'; readonly mustChangePassword: true }>('agents', {
  username: ['username', 'text'], email: ['email', 'text'], passwordHash: ['password_hash', 'text'], mustChangePassword: ['must_change_password', 'boolean'],
  fullName: ['full_name', 'text'], role: ['role', 'text'], department: ['department', 'text'], phone: ['phone', 'text'], isActive: ['is_active', 'boolean'],
  teamId: ['team_id', 'uuid'], joinedOn: ['joined_on', 'date'], createdAt: ['created_at', 'timestamptz'],
}, 'integer');

export const nextPersonIds = async (db: Db, count: number): Promise<string[]> =>
  (await db.rows(sql<{ id: string }>`select nextval(pg_get_serial_sequence('agents', 'id'))::text as id from generate_series(1, ${count})`)).map(({ id }) => id);

/** Ids of people by their e-mails, in the order asked; upper and lower case are the same. */
export async function byEmail(db: Db, emails: readonly string[]): Promise<(string | undefined)[]> {
  const rows = await db.rows(sql<{ id: string; email: string }>`select id::text as id, lower(email) as email from agents where lower(email) = any(${emails.map((email) => email.toLowerCase())}::text[])`);
  const found = new Map(rows.map(({ id, email }) => [email, id]));
  return emails.map((email) => found.get(email.toLowerCase()));
}
