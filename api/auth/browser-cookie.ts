import { parseCookie, stringifySetCookie } from 'cookie';
import type { Config } from '../config.ts';
import { forbidden } from '../errors/problem.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Nothing else of the API looks at a cookie, and no other path is sent one. */
const PATH = '/api/auth';

/**
 * The cookie in which a browser keeps a person's refresh token. Browsers share cookies between the ports of a machine, so
 * the name says which installation it is of; and between tabs, so it says whose it is.
 */
export class BrowserCookie {
  readonly #prefix: string;
  readonly #publicHost: string;
  readonly #secure: boolean;
  readonly #seconds: number;

  constructor({ publicUrl, auth }: Config) {
    const { host, port, protocol } = new URL(publicUrl);
    this.#secure = protocol === 'https:';
    this.#prefix = `${this.#secure ? '__Secure-' : ''}sideline_${port ? `${port}_` : ''}`;
    this.#publicHost = host;
    this.#seconds = auth.refreshSeconds;
  }

  /** The refresh token of a person that came with a request. */
  read(headers: Headers, agentId: number): string | undefined {
    return typeof headers['cookie'] === 'string' ? parseCookie(headers['cookie'])[this.#name(agentId)] : undefined;
  }

  keep(agentId: number, refreshToken: string): Record<string, string> {
    return this.#header(agentId, refreshToken, this.#seconds);
  }

  takeAway(agentId: number): Record<string, string> {
    return this.#header(agentId, '', 0);
  }

  /**
   * Whoever comes with a cookie was sent by a page: it has to be one of this server. `SameSite=Strict` keeps other sites'
   * pages out; this also those of another port or subdomain, which are the same site.
   * @throws Problem 403
   */
  assertOwnPage({ origin, host }: Headers): void {
    const from = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin).host : undefined;
    if (from === undefined || (from !== host && from !== this.#publicHost)) throw forbidden('Only pages of this server sign in this way.', 'foreign_origin');
  }

  #name(agentId: number): string {
    return `${this.#prefix}${agentId}`;
  }

  #header(agentId: number, value: string, maxAge: number): Record<string, string> {
    return { 'Set-Cookie': stringifySetCookie({ name: this.#name(agentId), value, maxAge, path: PATH, httpOnly: true, sameSite: 'strict', secure: this.#secure }) };
  }
}
