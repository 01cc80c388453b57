import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import passport from 'passport';
import { unauthorized } from '../errors/problem.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import type { Principal } from './principal.ts';
import { loadPrincipal } from './principal.repository.ts';
import type { AccessTokens } from './tokens.ts';

interface Remembered {
  readonly principal: Principal;
  readonly expiresAt: number;
  readonly checkedAt: number;
}

/** How long a sign-in is trusted without asking the database again, should an invalidation get lost. Milliseconds. */
const TRUST_MS = 15_000;
const MAX_REMEMBERED = 10_000;

/**
 * Turns a bearer token into a principal, for HTTP and sockets alike. Verified tokens are remembered by hash;
 * whatever changes a person (role, team, sign-out, deactivation) makes their entries forgotten at once.
 */
export class Authenticator {
  readonly #tokens: AccessTokens;
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #passport = new passport.Passport();
  readonly #remembered = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED });
  #epoch = 0;

  constructor(tokens: AccessTokens, uow: UnitOfWork, clock: Clock) {
    this.#tokens = tokens;
    this.#uow = uow;
    this.#clock = clock;
    this.#passport.use(new BearerStrategy((token) => this.token(token)));
  }

  /** The caller of an HTTP request. @throws Problem 401. */
  async http(request: IncomingMessage & { ip?: string | undefined }, requestId: string): Promise<Principal> {
    const { principal } = await this.#passportAuthenticate(request);
    return { ...principal, requestId, ip: request.ip ?? null };
  }

  /** The bearer of a token, and when the token ends. @throws Problem 401. */
  async token(token: string): Promise<{ principal: Principal; expiresAt: number }> {
    const now = this.#clock.now();
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#remembered.get(hash);
    if (known && known.expiresAt > now.getTime() && now.getTime() - known.checkedAt < TRUST_MS) return known;
    this.#remembered.delete(hash);
    const claims = this.#tokens.verify(token, now);
    const epoch = this.#epoch;
    const principal = await this.#uow.read((db) => loadPrincipal(db, claims.agentId, claims.sessionId, now));
    if (!principal) throw unauthorized('session_ended', 'This sign-in has ended; sign in again.');
    const entry = { principal, expiresAt: claims.expiresAt, checkedAt: now.getTime() };
    // Somebody may have been changed while the database was asked: then the answer is good for this request only.
    if (epoch === this.#epoch) this.#remembered.set(hash, entry);
    return entry;
  }

  /** Forgets what is remembered of these people; the next request asks the database. */
  forget(agentIds: readonly number[]): void {
    if (agentIds.length === 0) return;
    this.#epoch++;
    const gone = new Set(agentIds);
    for (const [hash, entry] of this.#remembered) if (gone.has(entry.principal.agentId)) this.#remembered.delete(hash);
  }

  #passportAuthenticate(request: IncomingMessage): Promise<{ principal: Principal }> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, user?: unknown): void => {
        if (error) reject(error instanceof Error ? error : new Error('passport refused', { cause: error }));
        else if (user) resolve(user as { principal: Principal });
        else reject(unauthorized('token_missing', 'Send an access token as `Authorization: Bearer …`.'));
      };
      const handler: unknown = this.#passport.authenticate('bearer', { session: false }, done);
      (handler as (request: IncomingMessage, response: object, next: (error: unknown) => void) => void)(request, {}, reject);
    });
  }
}
