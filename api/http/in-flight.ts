import type { NextFunction, Request, Response } from 'express';
import { unavailable, type Problem } from '../errors/problem.ts';
import type { EndedRequest } from '../observability/metrics.ts';

/** Answered even when everything else is turned away: whoever looks after the machine must be able to see. */
const ALWAYS = new Set(['/health', '/metrics']);
const RETRY_SECONDS = 1;
/** For a megabyte over a bad line. */
const BODY_MS = 20_000;

/**
 * Counts the requests being answered, turns away what is beyond the limit while there is still strength to say so, and
 * tells how each one ended.
 */
export class InFlight {
  readonly #limit: number;
  readonly #bodyMs: number;
  readonly #answering = new Set<Response>();
  #told: (request: EndedRequest) => void = () => undefined;

  /**
   * @param limit requests at once
   * @param bodyMs a body that has not come by then comes no more, in milliseconds
   */
  constructor(limit: number, bodyMs = BODY_MS) {
    this.#limit = limit;
    this.#bodyMs = bodyMs;
  }

  get now(): number {
    return this.#answering.size;
  }

  set onEnd(told: (request: EndedRequest) => void) {
    this.#told = told;
  }

  /** Passes on a Problem 503 with `Retry-After` when too many are being answered already. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    response.once('close', () => {
      this.#answering.delete(response);
      this.#told(ended(response, (performance.now() - started) / 1000));
    });
    next(this.#refusal(request, response));
  };

  /**
   * Reads a request's body, which is not answering it: who sends slowly, or never to the end, takes nobody's place, and is
   * hung up on in the end.
   *
   * @param parse reads the body
   * @returns what does that, and passes on a 503 as {@link middleware} does, once the body is there
   */
  reading(parse: Parse): Parse {
    return (request, response, next) => {
      this.#answering.delete(response);
      const timer = setTimeout(() => request.destroy(), this.#bodyMs);
      response.once('close', () => clearTimeout(timer));
      parse(request, response, (error?: unknown) => {
        clearTimeout(timer);
        // The parser calls from an event of the socket: what is thrown there is nobody's.
        next(error ?? this.#refusal(request, response));
      });
    };
  }

  /** Counts it in. @returns why it is not answered; undefined where it is */
  #refusal(request: Request, response: Response): Problem | undefined {
    if (response.destroyed) return undefined;
    this.#answering.add(response);
    return this.#answering.size > this.#limit && !ALWAYS.has(request.path) ? unavailable('Too many requests are being answered at the moment.', RETRY_SECONDS) : undefined;
  }
}

type Parse = (request: Request, response: Response, next: NextFunction) => void;

function ended(response: Response, seconds: number): EndedRequest {
  const { operation, problem } = response.locals as { operation?: string; problem?: string };
  const cache = response.getHeader('X-Cache');
  // Whoever hangs up before the answer was not refused; nginx calls it 499.
  return { operation: operation ?? 'none', status: response.writableEnded ? response.statusCode : 499, seconds, code: response.writableEnded ? problem : 'client_closed_request', cache: typeof cache === 'string' ? cache : undefined };
}
