import { sql, type Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';

export interface Credentials {
  id: number;
  passwordHash: string;
  isActive: boolean;
  mustChangePassword: boolean;
}

/** The person behind a user name or e-mail, ignoring case. */
export const credentialsOf = (db: Db, login: string): Promise<Credentials | undefined> =>
  db.first(sql<Credentials>`select id, password_hash as "passwordHash", is_active as "isActive", must_change_password as "mustChangePassword" from agents
    where lower(username) = lower(${login}) or lower(email) = lower(${login}) order by lower(username) = lower(${login}) desc limit 1`);

/** Whether the password that was just checked is still the person's; from here to the end of the transaction it stays so. */
export async function stillValid(db: Db, agentId: number, passwordHash: string): Promise<boolean> {
  return (await db.first(sql`select 1 from agents where id = ${agentId} and password_hash = ${passwordHash} and is_active for no key update`)) !== undefined;
}

export const markLogin = (db: Db, agentId: number, now: Date): Promise<number> =>
  db.run(sql`update agents set last_login_at = ${now} where id = ${agentId}`);

export async function insertSession(db: Db, session: { agentId: number; inCookie: boolean; expiresAt: Date; ip: string | null; now: Date }): Promise<string> {
  const id = newId();
  await db.run(sql`insert into auth_sessions (id, agent_id, in_cookie, created_at, last_used_at, expires_at, ip_address)
    values (${id}, ${session.agentId}, ${session.inCookie}, ${session.now}, ${session.now}, ${session.expiresAt}, ${session.ip}::inet)`);
  return id;
}

export const insertRefreshToken = (db: Db, token: { hash: Buffer; sessionId: string; expiresAt: Date; now: Date }): Promise<number> =>
  db.run(sql`insert into refresh_tokens (token_hash, session_id, created_at, expires_at)
    values (${token.hash}, ${token.sessionId}, ${token.now}, ${token.expiresAt})`);

export interface RefreshState {
  sessionId: string;
  agentId: number;
  /** A browser keeps it for its pages. */
  inCookie: boolean;
  /** How long ago it was used, in ms; null for one that was not. */
  usedAgoMs: number | null;
  alive: boolean;
}

/** A refresh token and its family, locked: of two uses at once the second sees the first. */
export const lockRefreshToken = (db: Db, hash: Buffer, now: Date): Promise<RefreshState | undefined> =>
  db.first(sql<RefreshState>`
    select s.id as "sessionId", s.agent_id as "agentId", s.in_cookie as "inCookie", extract(epoch from ${now}::timestamptz - r.used_at)::float8 * 1000 as "usedAgoMs",
      s.revoked_at is null and s.expires_at > ${now} and r.expires_at > ${now} and a.is_active as alive
    from refresh_tokens r join auth_sessions s on s.id = r.session_id join agents a on a.id = s.agent_id
    where r.token_hash = ${hash} for update of s, r`);

/** With a token its twins are used as well: of several it was exchanged for, one goes on. */
export async function useRefreshToken(db: Db, sessionId: string, expiresAt: Date, now: Date): Promise<void> {
  await db.run(sql`update refresh_tokens set used_at = ${now} where session_id = ${sessionId} and used_at is null`);
  await db.run(sql`update auth_sessions set last_used_at = ${now}, expires_at = ${expiresAt} where id = ${sessionId}`);
}

export const revokeSession = (db: Db, sessionId: string, reason: string, now: Date): Promise<number> =>
  db.run(sql`update auth_sessions set revoked_at = ${now}, revoke_reason = ${reason} where id = ${sessionId} and revoked_at is null`);

/** @param except a sign-in that goes on */
export const revokeSessionsOf = (db: Db, agentId: number, reason: string, now: Date, except: string | null = null): Promise<number> =>
  db.run(sql`update auth_sessions set revoked_at = ${now}, revoke_reason = ${reason}
    where agent_id = ${agentId} and revoked_at is null and id is distinct from ${except}::uuid`);

/** When signing in is possible again after too many failures; undefined when it is. */
export async function lockedUntil(db: Db, subject: string, now: Date): Promise<Date | undefined> {
  const row = await db.first(sql<{ ms: number }>`select extract(epoch from locked_until)::float8 * 1000 as ms
    from login_failures where subject = ${subject} and locked_until > ${now}`);
  return row && new Date(row.ms);
}

/** Failures before signing in has to wait, and how long it then waits at most. */
const FREE_FAILURES = 5;
const MAX_WAIT_SECONDS = 900;

/** Counts a failure; from the fifth on the wait doubles: 2, 4, 8 … 900 seconds. A day without failures forgets them. */
export const countFailure = (db: Db, subject: string, now: Date): Promise<number> =>
  db.run(sql`
    insert into login_failures as f (subject, failures, last_failed_at) values (${subject}, 1, ${now})
    on conflict (subject) do update set
      failures = case when f.last_failed_at < ${now}::timestamptz - interval '1 day' then 1 else f.failures + 1 end,
      last_failed_at = ${now},
      locked_until = case when f.last_failed_at >= ${now}::timestamptz - interval '1 day' and f.failures + 1 >= ${FREE_FAILURES}
        then ${now}::timestamptz + make_interval(secs => least(${MAX_WAIT_SECONDS}, power(2, least(f.failures + 2 - ${FREE_FAILURES}, 10)))) end`);

export const clearFailures = (db: Db, subject: string): Promise<number> =>
  db.run(sql`delete from login_failures where subject = ${subject}`);

/** Takes a one-time link: true exactly once, and not after its end. */
export async function useOneTimeToken(db: Db, hash: Buffer, purpose: 'setup' | 'password', now: Date): Promise<boolean> {
  return (await db.run(sql`update one_time_tokens set used_at = ${now}
    where token_hash = ${hash} and purpose = ${purpose} and used_at is null and expires_at > ${now}`)) === 1;
}

/** Replaces every open set-up link: only the newest one works. */
export async function replaceSetupToken(db: Db, hash: Buffer, expiresAt: Date): Promise<void> {
  await db.run(sql`delete from one_time_tokens where purpose = 'setup' and used_at is null`);
  await db.run(sql`insert into one_time_tokens (token_hash, purpose, expires_at) values (${hash}, 'setup', ${expiresAt})`);
}

/** User name of an administrator who can sign in. Until the transaction ends nobody else asks: there is to be one first one. */
export async function lockAdministrator(db: Db): Promise<string | undefined> {
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended('first administrator', 1))`);
  const row = await db.first(sql<{ username: string }>`select username from agents
    where role = 'admin' and is_active and password_hash like '$argon2%' order by id limit 1`);
  return row?.username;
}
