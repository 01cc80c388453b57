import type { NextFunction, Request, Response } from 'express';
import { unavailable } from '../errors/problem.ts';
import type { EndedRequest } from '../observability/metrics.ts';

/** Answered even when everything else is turned away: whoever looks after the machine must be able to see. */
const ALWAYS = new Set(['/health', '/metrics']);
const RETRY_SECONDS = 1;

/**
 * Counts the requests being answered, turns away what is beyond the limit while there is still strength to say so, and
 * tells how each one ended.
 */
export class InFlight {
  readonly #limit: number;
  #now = 0;
  #told: (request: EndedRequest) => void = () => undefined;

  /** @param limit requests at once */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get now(): number {
    return this.#now;
  }

  set onEnd(told: (request: EndedRequest) => void) {
    this.#told = told;
  }

  /** @throws Problem 503 with `Retry-After` when too many are being answered already. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    this.#now++;
    response.once('close', () => {
      this.#now--;
      this.#told(ended(response, (performance.now() - started) / 1000));
    });
    if (this.#now > this.#limit && !ALWAYS.has(request.path)) throw unavailable('Too many requests are being answered at the moment.', RETRY_SECONDS);
    next();
  };
}

function ended(response: Response, seconds: number): EndedRequest {
  const { operation, problem } = response.locals as { operation?: string; problem?: string };
  const cache = response.getHeader('X-Cache');
  // Whoever hangs up before the answer was not refused; nginx calls it 499.
  return { operation: operation ?? 'none', status: response.writableEnded ? response.statusCode : 499, seconds, code: response.writableEnded ? problem : 'client_closed_request', cache: typeof cache === 'string' ? cache : undefined };
}
