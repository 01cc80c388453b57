import type { ErrorRequestHandler, Request, Response } from 'express';
import { Problem, unavailable } from '../errors/problem.ts';
import { asksAgain, isDatabaseAway, isDiskFull, tookTooLong, uniqueViolation } from '../db/failures.ts';
import { StorageAway } from '../storage/file-store.ts';
import { maskKeys, type Log } from '../observability/log.ts';

/** The one place where something thrown becomes an answer. Unknown errors are logged whole and told bare. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    // They have hung up: whatever it was, it is nobody's any more, and no fault of ours.
    if (response.closed) return log.debug({ err: error, requestId: requestIdOf(response), path: request.path }, 'whoever asked has gone');
    if (response.headersSent) {
      // Sent in pieces and broken off: a cut connection says so, where an end would say that this is all.
      if (errorField(error, 'code') !== 'ERR_STREAM_PREMATURE_CLOSE') log.error({ err: error, requestId: requestIdOf(response), path: request.path }, 'an answer was cut off');
      return void response.destroy();
    }
    const problem = toProblem(error);
    if (problem.status >= 500) log.error({ err: error, requestId: requestIdOf(response), path: request.path }, problem.message);
    sendProblem(request, response, problem);
  };
}

export function sendProblem(request: Request, response: Response, problem: Problem): void {
  response.locals['problem'] = problem.code;
  response.status(problem.status).set(problem.headers);
  response.type('application/problem+json').send(JSON.stringify(problemBody(problem, maskKeys(request.originalUrl.split('?')[0] ?? '/'), requestIdOf(response))));
}

/** RFC 9457, plus the fields older clients read. */
export function problemBody(problem: Problem, instance: string, requestId: string): Record<string, unknown> {
  return {
    ...problem.extensions,
    type: `urn:sideline:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    instance,
    code: problem.code,
    timestamp: new Date().toISOString(),
    requestId,
    error: problem.title,
    message: problem.message,
    ...(problem.details ? { details: problem.details } : {}),
  };
}

/** Anything thrown, as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return unavailable('The database cannot be reached at the moment.', 2, error);
  if (asksAgain(error) || tookTooLong(error)) return unavailable('Too many are at work on the same at the moment.', 2, error);
  if (error instanceof StorageAway) return unavailable(error.message, 5, error);
  // Somebody has to make room first.
  if (isDiskFull(error)) return unavailable('There is no room left on the disk.', 60, error);
  const unique = uniqueViolation(error);
  if (unique) return new Problem(409, 'already_exists', `There is one with the same ${unique} already.`, { cause: error });
  const status = errorField(error, 'status');
  if (status === 413) return new Problem(413, 'payload_too_large', 'The body is larger than the limit.', { cause: error });
  if (status === 415) return new Problem(415, 'unsupported_media_type', 'The body has an encoding or charset that is not supported.', { cause: error });
  if (errorField(error, 'type') === 'entity.parse.failed') return new Problem(400, 'invalid_json', 'The body is not valid JSON.', { details: [{ path: '/body', message: 'is not valid JSON' }], cause: error });
  // Express decodes the path, the body's parser the rest.
  const path = error instanceof URIError ? '/path' : '/body';
  if (status === 400) return new Problem(400, 'bad_request', 'The request could not be read.', { details: [{ path, message: 'cannot be decoded' }], cause: error });
  return new Problem(500, 'internal_error', 'Something went wrong on our side; the request id leads to it.', { cause: error });
}

const errorField = (error: unknown, field: string): unknown =>
  typeof error === 'object' && error !== null && field in error ? (error as Record<string, unknown>)[field] : undefined;

const requestIdOf = (response: Response): string => String(response.getHeader('X-Request-Id') ?? '');
