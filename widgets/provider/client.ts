import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../api/http/contract.types.ts';
import { ApiError } from '../shared/api-error.ts';
import { SignInEnded, type Tokens } from './tokens.ts';

export interface ClientOptions {
  /** Origin and optional base path of the API; empty for the page's own origin. */
  apiUrl: string;
  tokens: Tokens;
  /** After every request: did the API answer at all, and did it still accept the sign-in? */
  onOutcome: (outcome: 'answered' | 'unreachable' | 'expired') => void;
  /** Aborted when this sign-in is over; never when left out. */
  ended?: AbortSignal;
}

/** The API as its contract types it, with the sign-in handled. */
export interface SidelineClient {
  readonly http: Client<paths>;
  readonly apiUrl: string;
  /** Aborted when the sign-in is over: what goes on without a widget ends with it. */
  readonly ended: AbortSignal;
  /** Follows a link the API itself gave (evidence); a link to another origin is refused. @throws ApiError */
  follow(href: string, signal?: AbortSignal): Promise<unknown>;
}

export function createSidelineClient(options: ClientOptions): SidelineClient {
  const base = options.apiUrl.replace(/\/+$/, '');
  const send = authorisedFetch(options);
  return {
    http: createClient<paths>({ baseUrl: base, credentials: 'omit', fetch: send }),
    apiUrl: base,
    ended: options.ended ?? new AbortController().signal,
    follow: (href, signal) => follow(base, href, send, signal),
  };
}

/** Adds the token; a 401 is tried once more with a renewed one, because tokens expire between check and use. */
function authorisedFetch({ tokens, onOutcome }: ClientOptions): (request: Request) => Promise<Response> {
  const attempt = async (request: Request, token: string): Promise<Response> => {
    request.headers.set('Authorization', `Bearer ${token}`);
    return fetch(request);
  };
  return async (request) => {
    try {
      const again = request.clone();
      const token = await tokens.get();
      let response = await attempt(request, token);
      if (response.status === 401) response = await attempt(again, await tokens.renew(token));
      onOutcome(response.status === 401 ? 'expired' : 'answered');
      return response;
    } catch (error) {
      if (error instanceof SignInEnded) {
        onOutcome('expired');
        throw new ApiError(401);
      }
      if (error instanceof TypeError) onOutcome('unreachable');
      throw error;
    }
  };
}

async function follow(
  base: string,
  href: string,
  send: (request: Request) => Promise<Response>,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const root = new URL(base || '/', location.href);
  const url = new URL(href.replace(/^\//, ''), root.href.endsWith('/') ? root.href : `${root.href}/`);
  if (url.origin !== root.origin) throw new ApiError(400, { detail: url.origin });
  const response = await send(new Request(url, { credentials: 'omit', signal: signal ?? null })).catch((error: unknown) => {
    throw error instanceof TypeError ? new ApiError(0) : error;
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer as ConstructorParameters<typeof ApiError>[1]);
  return answer;
}
