import { sql, type Db } from '../db/db.ts';

/** Who a link is for. */
export interface LinkOwner {
  id: number;
  name: string;
  username: string;
  email: string;
  isActive: boolean;
}

const columns = sql`id, full_name as name, username, email, is_active as "isActive"`;

/** The person behind a user name or e-mail, ignoring case. */
export const ownerByLogin = (db: Db, login: string): Promise<LinkOwner | undefined> =>
  db.first(sql<LinkOwner>`select ${columns} from agents where lower(username) = lower(${login}) or lower(email) = lower(${login})
    order by lower(username) = lower(${login}) desc limit 1`);

/** Locked: of two who set a person's password at once, the second waits. */
export const lockOwner = (db: Db, agentId: number): Promise<LinkOwner | undefined> =>
  db.first(sql<LinkOwner>`select ${columns} from agents where id = ${agentId} for no key update`);

export const insertLink = (db: Db, link: { hash: Buffer; agentId: number; expiresAt: Date; now: Date }): Promise<number> =>
  db.run(sql`insert into one_time_tokens (token_hash, purpose, agent_id, created_at, expires_at)
    values (${link.hash}, 'password', ${link.agentId}, ${link.now}, ${link.expiresAt})`);

/** Whose a link is, be it good or not. */
export async function linkOwner(db: Db, hash: Buffer): Promise<number | undefined> {
  return (await db.first(sql<{ id: number }>`select agent_id as id from one_time_tokens where token_hash = ${hash} and purpose = 'password'`))?.id;
}

/** Takes a link: true once, and not after its end. */
export async function takeLink(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  return (await db.run(sql`update one_time_tokens set used_at = ${now}
    where token_hash = ${hash} and purpose = 'password' and used_at is null and expires_at > ${now}`)) === 1;
}

/** Links made for a person since then, used or not. */
export async function linksSince(db: Db, agentId: number, since: Date): Promise<number> {
  return (await db.first(sql<{ n: number }>`select count(*)::int as n from one_time_tokens where agent_id = ${agentId} and purpose = 'password' and created_at > ${since}`))?.n ?? 0;
}

/** Every other open link of a person stops working. */
export const closeLinks = (db: Db, agentId: number, now: Date): Promise<number> =>
  db.run(sql`update one_time_tokens set used_at = ${now} where agent_id = ${agentId} and purpose = 'password' and used_at is null`);

export const setPassword = (db: Db, agentId: number, passwordHash: string): Promise<number> =>
  db.run(sql`update agents set password_hash = ${passwordHash}, must_change_password = false where id = ${agentId}`);

export const requireChange = (db: Db, agentId: number): Promise<number> =>
  db.run(sql`update agents set must_change_password = true where id = ${agentId}`);

export async function passwordHashOf(db: Db, agentId: number): Promise<string | undefined> {
  return (await db.first(sql<{ hash: string }>`select password_hash as hash from agents where id = ${agentId}`))?.hash;
}
