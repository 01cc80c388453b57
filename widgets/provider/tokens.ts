/** Why a token is asked for: `start` the first time, `expired` when the last one no longer works. */
export type TokenReason = 'start' | 'expired';

/** Gives an access token, or undefined when the person has to sign in again. */
export type TokenSource = (reason: TokenReason) => Promise<string | undefined>;

/** The host has no (new) token to give. */
export class SignInEnded extends Error {}

const EARLY_MS = 20_000;

/** Keeps the access token in memory, asks its source for a new one before it expires, one question at a time. */
export class Tokens {
  readonly #source: TokenSource;
  #token: string | undefined;
  #renewAt = Infinity;
  #asking: Promise<string> | undefined;

  constructor(source: TokenSource) {
    this.#source = source;
  }

  /** @throws SignInEnded when there is none to be had */
  async get(): Promise<string> {
    const token = this.#token;
    if (!token) return this.#ask('start');
    if (Date.now() < this.#renewAt) return token;
    this.#renewAt = Infinity;
    return this.#ask('expired').catch(() => token); // it still works for a moment; the API says when it no longer does
  }

  /** A token other than `refused`, which the API did not accept. @throws SignInEnded */
  async renew(refused: string | undefined): Promise<string> {
    if (this.#token && this.#token !== refused) return this.#token;
    return this.#ask('expired');
  }

  #ask(reason: TokenReason): Promise<string> {
    this.#asking ??= this.#fetch(reason).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #fetch(reason: TokenReason): Promise<string> {
    const last = this.#token;
    const token = await this.#source(reason).catch((error: unknown) => {
      if (error instanceof TypeError) throw error; // the network, not the sign-in
      throw new SignInEnded('', { cause: error });
    });
    if (!token || (reason === 'expired' && token === last)) throw new SignInEnded();
    this.#token = token;
    this.#renewAt = Date.now() + lifetimeMs(token) - EARLY_MS;
    return token;
  }
}

/**
 * How long a JWT lives from its issue. Measured from the moment it was received, so that a wrong clock on this
 * machine does not make every token look expired. Infinity when the token does not say.
 */
function lifetimeMs(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { iat, exp } = JSON.parse(atob(payload)) as { iat?: unknown; exp?: unknown };
    return typeof iat === 'number' && typeof exp === 'number' ? (exp - iat) * 1000 : Infinity;
  } catch {
    return Infinity; // an opaque token: only the server knows when it ends
  }
}
