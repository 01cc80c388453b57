import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import passport from 'passport';
import { badRequest, forbidden, unauthorized } from '../errors/problem.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import type { Principal, PrincipalRef } from './principal.ts';
import { loadPrincipal } from './principal.repository.ts';
import type { AccessTokens } from './tokens.ts';

interface Verified {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

interface Remembered extends Verified {
  readonly checkedAt: number;
}

/** Knows API keys; lent by their room. */
export interface KeyVerifier {
  looksLikeKey(token: string): boolean;
  /** Undefined when the key is unknown, revoked or expired. */
  verify(token: string, now: Date): Promise<Verified | undefined>;
}

/** How long a sign-in is trusted without asking the database again, should an invalidation get lost. Milliseconds. */
const TRUST_MS = 15_000;
const MAX_REMEMBERED = 10_000;

/**
 * Turns a bearer token into a principal, for HTTP and sockets alike; over HTTP an API key too. What was verified is
 * remembered by hash; whatever changes a person (role, team, sign-out, deactivation) or a key (revocation) makes
 * their entries forgotten at once.
 */
export class Authenticator {
  readonly #tokens: AccessTokens;
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #keys: KeyVerifier;
  readonly #passport = new passport.Passport();
  readonly #remembered = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED });
  #epoch = 0;

  constructor(deps: { tokens: AccessTokens; uow: UnitOfWork; clock: Clock; keys: KeyVerifier }) {
    this.#tokens = deps.tokens;
    this.#uow = deps.uow;
    this.#clock = deps.clock;
    this.#keys = deps.keys;
    this.#passport.use(new BearerStrategy((token) => this.#remember(token)));
  }

  /** The caller of an HTTP request. @throws Problem 401; 400 where two credentials are sent. */
  async http(request: IncomingMessage & { ip?: string | undefined }, requestId: string): Promise<Principal> {
    const key = request.headers['x-api-key'];
    const { principal } = await (key === undefined ? this.#passportAuthenticate(request) : this.#byHeader(request, key));
    return { ...principal, requestId, ip: request.ip ?? null };
  }

  /** The person who bears a token, and when the token ends. @throws Problem 401; 403 for an API key, which opens no socket. */
  async token(token: string): Promise<Verified> {
    if (this.#keys.looksLikeKey(token)) throw forbidden('API keys open no sockets; sign in as a person.', 'not_for_keys');
    return this.#remember(token);
  }

  async #byHeader(request: IncomingMessage, key: string | string[]): Promise<Verified> {
    if (request.headers.authorization !== undefined) {
      throw badRequest('two_credentials', 'Send either Authorization or X-API-Key.', [{ path: '/header/x-api-key', message: 'is sent together with Authorization' }]);
    }
    if (typeof key !== 'string' || !this.#keys.looksLikeKey(key)) throw invalidKey();
    return this.#remember(key);
  }

  async #remember(token: string): Promise<Verified> {
    const now = this.#clock.now();
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#remembered.get(hash);
    if (known && known.expiresAt > now.getTime() && now.getTime() - known.checkedAt < TRUST_MS) return known;
    this.#remembered.delete(hash);
    const epoch = this.#epoch;
    const verified = this.#keys.looksLikeKey(token) ? await this.#key(token, now) : await this.#person(token, now);
    const entry = { ...verified, checkedAt: now.getTime() };
    // Somebody may have been changed while the database was asked: then the answer is good for this request only.
    if (epoch === this.#epoch) this.#remembered.set(hash, entry);
    return entry;
  }

  async #person(token: string, now: Date): Promise<Verified> {
    const claims = this.#tokens.verify(token, now);
    const principal = await this.#uow.read((db) => loadPrincipal(db, claims.agentId, claims.sessionId, now));
    if (!principal) throw unauthorized('session_ended', 'This sign-in has ended; sign in again.');
    return { principal, expiresAt: claims.expiresAt };
  }

  async #key(key: string, now: Date): Promise<Verified> {
    const verified = await this.#keys.verify(key, now);
    if (!verified) throw invalidKey();
    return verified;
  }

  /** Forgets what is remembered of these people and keys; the next request asks the database. */
  forget(principals: readonly PrincipalRef[]): void {
    if (principals.length === 0) return;
    this.#epoch++;
    const gone = new Set(principals);
    for (const [hash, { principal }] of this.#remembered) if (gone.has(principal.key?.id ?? principal.agentId)) this.#remembered.delete(hash);
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

/** The same for unknown, revoked, expired and misspelt ones: nobody learns which keys there are. */
const invalidKey = (): Error => unauthorized('key_invalid', 'The API key is not valid.');
