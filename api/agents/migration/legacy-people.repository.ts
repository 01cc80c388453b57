import { sql, type Db } from '../../db/db.ts';
import type { LegacyPerson } from './legacy-person.ts';

/** Somebody who is here already. */
export interface PersonHere {
  id: number;
  username: string;
  email: string;
  fullName: string;
  role: string;
  department: string;
  isActive: boolean;
  /** Without a password, and never sent a link to choose one. */
  waitsForWelcome: boolean;
}

/** Until the transaction ends nobody else adds or renames people: what was found free stays free. */
export const lockPeople = (db: Db): Promise<number> => db.run(sql`lock table agents in share row exclusive mode`);

export const peopleHere = (db: Db): Promise<PersonHere[]> =>
  db.rows(sql<PersonHere>`select a.id, a.username, a.email, a.full_name as "fullName", a.role, a.department, a.is_active as "isActive",
    a.is_active and a.must_change_password and a.password_hash = '!' and not exists (
      select 1 from audit_log l where l.target_type = 'agent' and l.target_id = a.id::text and l.action = 'auth.password_link'
        and l.after->>'template' = 'account-moved') as "waitsForWelcome"
    from agents a`);

/** Under the id they had; without a password, until they choose one. */
export async function insertPerson(db: Db, person: LegacyPerson, now: Date): Promise<void> {
  const since = person.createdAt ?? now;
  await db.run(sql`insert into agents (id, username, email, password_hash, must_change_password, role, is_active, last_login_at, created_at, updated_at,
      full_name, avatar, phone, department, joined_on, status_since)
    values (${person.id}, ${person.username}, ${person.email}, '!', true, ${person.role}, ${person.isActive}, ${person.lastLoginAt}, ${since}, ${now},
      ${person.fullName}, ${person.avatar}, ${person.phone}, ${person.department}, ${since.toISOString().slice(0, 10)}::date, ${now})`);
}

/** Whoever is created from now on gets an id that nobody brought along. */
export const moveSequence = (db: Db): Promise<unknown> =>
  db.rows(sql`select setval(pg_get_serial_sequence('agents', 'id'),
    greatest((select max(id) from agents), (select last_value from pg_sequences where schemaname = 'public' and sequencename = 'agents_id_seq'), 1))`);
