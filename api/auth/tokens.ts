import { createHash, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Config } from '../config.ts';
import { unauthorized } from '../errors/problem.ts';

const ISSUER = 'sideline';
const AUDIENCE = 'sideline-api';
/** RFC 9068's type: an access token cannot be passed off as any other token signed with the same key. */
const TYPE = 'at+jwt';
const ALGORITHM = 'HS256';

export interface AccessClaims {
  readonly agentId: number;
  readonly sessionId: string;
  /** When the token expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Signs and verifies access tokens. One algorithm, pinned; issuer, audience, type and key id are all checked (RFC 8725). */
export class AccessTokens {
  readonly #secrets: Config['auth']['secrets'];
  readonly #seconds: number;

  constructor(auth: Config['auth']) {
    this.#secrets = auth.secrets;
    this.#seconds = auth.accessSeconds;
  }

  issue(agentId: number, sessionId: string, now: Date): { token: string; expiresIn: number } {
    const key = this.#secrets[0];
    if (!key) throw new Error('no signing secret');
    const issuedAt = Math.floor(now.getTime() / 1000);
    const token = jwt.sign({ sid: sessionId, iat: issuedAt, exp: issuedAt + this.#seconds }, key.secret, {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: String(agentId),
      header: { alg: ALGORITHM, typ: TYPE, kid: key.kid },
    });
    return { token, expiresIn: this.#seconds };
  }

  /** @throws Problem 401, telling an expired token (`token_expired`) from a bad one (`token_invalid`). */
  verify(token: string, now: Date): AccessClaims {
    const header = headerOf(token);
    const key = this.#secrets.find((candidate) => candidate.kid === header?.['kid']);
    if (!key || header?.['typ'] !== TYPE) throw invalidToken();
    try {
      const claims = jwt.verify(token, key.secret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTimestamp: Math.floor(now.getTime() / 1000),
      });
      const agentId = typeof claims === 'object' ? Number(claims.sub) : NaN;
      const sessionId: unknown = typeof claims === 'object' ? claims['sid'] : undefined;
      if (typeof claims !== 'object' || !isPersonId(agentId) || typeof sessionId !== 'string' || !UUID.test(sessionId) || !claims.exp) throw invalidToken();
      return { agentId, sessionId, expiresAt: claims.exp * 1000 };
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw unauthorized('token_expired', 'The access token has expired; refresh it.');
      throw invalidToken();
    }
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isPersonId = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31;

const invalidToken = (): Error => unauthorized('token_invalid', 'The access token is not valid.');

function headerOf(token: string): Record<string, unknown> | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header as unknown as Record<string, unknown> | undefined; // the library's type lists only the registered names
  } catch {
    return undefined;
  }
}

/** An opaque secret for a link or a refresh token: 256 bits, only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
