import { pipeline } from 'node:stream/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { KeyScope } from '../auth/key-scopes.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import { callerOf, systemPrincipal, type Principal } from '../auth/principal.ts';
import { forbidden, Problem, unauthorized } from '../errors/problem.ts';
import type { Contract, Operation } from './contract.ts';
import type { RequestStream } from './handler.ts';
import type { Idempotency, StoredReply } from './idempotency.ts';
import type { InFlight } from './in-flight.ts';
import { rateLimitHeaders, type RateLimits } from './rate-limits.ts';
import { StreamedFile } from './streamed-file.ts';
import { StreamedJson } from './streamed-json.ts';
import type { ContractValidator, OperationValidator } from './validator.ts';

/** A handler as the registrar sees it; rooms write the typed form (`defineHandlers`). */
// The registrar is the one place where the types of all operations meet; each handler is checked in its room.
export type AnyHandler = (input: never) => Promise<StoredReply | { status: number; body?: unknown; headers?: Record<string, string> }>;

export interface RegisterDependencies {
  readonly contract: Contract;
  readonly validator: ContractValidator;
  readonly authenticator: Authenticator;
  readonly limits: RateLimits;
  readonly idempotency: Idempotency;
  readonly inFlight: InFlight;
  readonly validateResponses: boolean;
}

const BODY_LIMIT = '1mb';

/**
 * Puts every operation of the contract on the app: authenticate, count, check the role, parse, validate, handle.
 * @throws when a handler is missing or answers to no operation, so that server and contract cannot drift apart.
 */
export function registerOperations(app: Express, handlers: Readonly<Record<string, AnyHandler>>, deps: RegisterDependencies): void {
  const known = new Set(deps.contract.operations.map((operation) => operation.id));
  const missing = [...known].filter((id) => !(id in handlers));
  const extra = Object.keys(handlers).filter((id) => !known.has(id));
  if (missing.length + extra.length > 0) {
    throw new Error(`Contract and handlers differ: missing [${missing.join(', ')}], not in the contract [${extra.join(', ')}]`);
  }
  const json = deps.inFlight.reading(express.json({ limit: BODY_LIMIT, strict: false }));
  // `/search` before `/{id}`: a literal segment wins over a parameter, whatever the order in the text.
  const ordered = [...deps.contract.operations].sort((a, b) => parameterCount(a.path) - parameterCount(b.path));
  for (const operation of ordered) {
    const handler = handlers[operation.id];
    if (handler) app[operation.method](expressPath(operation.path), ...chain(operation, handler, json, deps));
  }
  for (const path of new Set(ordered.map((operation) => operation.path))) {
    const allowed = ordered.filter((operation) => operation.path === path).map((operation) => operation.method.toUpperCase());
    app.all(expressPath(path), () => {
      throw new Problem(405, 'method_not_allowed', `Only ${allowed.join(', ')} here.`, { headers: { Allow: allowed.join(', ') } });
    });
  }
}

const parameterCount = (path: string): number => path.split('{').length;
const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

type Step = (request: Request, response: Response, next: NextFunction) => void | Promise<void>;

function chain(operation: Operation, handler: AnyHandler, json: Step, deps: RegisterDependencies): Step[] {
  const steps: Step[] = [name(operation), authenticate(operation, deps.authenticator), count(operation, deps.limits), guard(operation)];
  if (operation.requestTypes['application/json']) steps.push(onlyJson, json);
  steps.push(handle(operation, handler, deps));
  return steps;
}

/** For whoever measures. */
function name({ id }: Operation): Step {
  return (_request, response, next) => {
    response.locals['operation'] = id;
    next();
  };
}

function authenticate(operation: Operation, authenticator: Authenticator): Step {
  if (operation.roles.includes('anonymous')) {
    return (request, response, next) => {
      response.locals['principal'] = { ...systemPrincipal('anonymous'), role: 'viewer', requestId: requestId(response), ip: request.ip ?? null };
      next();
    };
  }
  return async (request, response, next) => {
    response.locals['principal'] = await authenticator.http(request, requestId(response));
    next();
  };
}

function count(operation: Operation, limits: RateLimits): Step {
  const rule = operation.rateLimit;
  return async (_request, response, next) => {
    const principal = principalOf(response);
    const caller = callerOf(principal);
    const left = await limits.take(operation.id, rule, caller);
    response.set(rateLimitHeaders(left, operation.id, rule));
    if (rule.failuresOnly) {
      response.on('finish', () => {
        if (response.statusCode < 400) void limits.giveBack(operation.id, rule, caller);
      });
    }
    next();
  };
}

function guard(operation: Operation): Step {
  return (_request, response, next) => {
    assertAllowed(operation, principalOf(response));
    next();
  };
}

/** @throws Problem 403 when the contract lists neither the caller's role nor, for an API key, one of its scopes. */
export function assertAllowed(operation: Operation, principal: Principal): void {
  if (principal.key) return assertScoped(operation, principal.key.scopes);
  if (operation.roles.includes('anonymous') || operation.roles.includes(principal.role)) return;
  if (principal.kind !== 'person') throw unauthorized('unauthorized', 'Sign in first.');
  throw forbidden('Your role may not do this.', 'role_not_allowed');
}

function assertScoped({ keyScopes }: Operation, scopes: readonly KeyScope[]): void {
  if (keyScopes.some((scope) => scopes.includes(scope))) return;
  if (keyScopes.length === 0) throw forbidden('This is for people, not for API keys.', 'not_for_keys');
  throw forbidden(`This key lacks the scope ${keyScopes.join(' or ')}.`, 'scope_missing');
}

/** JSON between systems is UTF-8 (RFC 8259); the parser would read a dozen other charsets. */
const FOREIGN_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8\b)/i;

const onlyJson: Step = (request, _response, next) => {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && (!request.is('application/json') || FOREIGN_CHARSET.test(request.headers['content-type'] ?? ''))) {
    throw new Problem(415, 'unsupported_media_type', 'Send the body as application/json in UTF-8.');
  }
  next();
};

function handle(operation: Operation, handler: AnyHandler, deps: RegisterDependencies): Step {
  const validator = deps.validator.operation(operation.id);
  return async (request, response) => {
    const principal = principalOf(response);
    const parts = validator.request({ params: { ...request.params }, query: { ...request.query }, headers: { ...request.headers }, body: request.body });
    const input = { principal, ...parts, stream: streamOf(request, response) };
    const run = async (): Promise<StoredReply> => normalise(await handler(input as never));
    const key = operation.idempotent ? parts.headers['idempotency-key'] : undefined;
    if (typeof key !== 'string') {
      const reply = await run();
      if (reply.body instanceof StreamedJson) return stream(response, reply, 'application/json', reply.body.pieces);
      if (reply.body instanceof StreamedFile) return stream(response, reply, reply.body.type, reply.body.pieces);
      return send(response, reply, operation, validator, deps.validateResponses);
    }
    const reply = await deps.idempotency.once(principal, operation.id, key, { params: parts.params, body: parts.body }, run);
    if (reply.replayed) response.set('Idempotency-Replayed', 'true');
    send(response, reply, operation, validator, deps.validateResponses);
  };
}

/** The signal is made for those who ask for it: most answer at once. */
const streamOf = (request: Request, response: Response): RequestStream => ({
  body: request,
  headers: request.headers,
  get gone() {
    const gone = new AbortController();
    if (response.closed) gone.abort();
    else response.once('close', () => gone.abort());
    return gone.signal;
  },
});

const normalise = (reply: { status: number; body?: unknown; headers?: Readonly<Record<string, string>> }): StoredReply => ({
  status: reply.status,
  body: reply.body,
  headers: reply.headers ?? {},
});

function send(response: Response, reply: StoredReply, operation: Operation, validator: OperationValidator, check: boolean): void {
  if (typeof reply.body === 'string' && reply.headers['Content-Type']) {
    response.status(reply.status).set(reply.headers).send(reply.body);
    return;
  }
  const text = reply.body === undefined || reply.body === null ? undefined : JSON.stringify(reply.body);
  if (check) {
    const faults = validator.response(reply.status, text === undefined ? undefined : JSON.parse(text));
    if (faults.length > 0) throw new Error(`${operation.id} answered against the contract: ${faults.join('; ')}`);
  }
  response.status(reply.status).set(reply.headers);
  if (text === undefined) response.end();
  else response.set({ 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(Buffer.byteLength(text)) }).end(text);
}

/**
 * Sends piece by piece, no faster than they are taken. What fails before the first one is answered as a problem; to one who has
 * gone by then there is nothing to say.
 */
async function stream(response: Response, { status, headers }: StoredReply, type: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const rest = pieces[Symbol.asyncIterator]();
  const first = await rest.next().catch((error: unknown) => {
    if (!response.closed) throw error;
  });
  if (first === undefined) return;
  response.status(status).set(headers).type(type);
  await pipeline(async function* () {
    try {
      if (!first.done) yield first.value;
      yield* { [Symbol.asyncIterator]: () => rest };
    } finally {
      // Whoever went away after the first piece takes no more: what is kept open for them is let go.
      await rest.return?.();
    }
  }, response);
}

export const requestId = (response: Response): string => String(response.getHeader('X-Request-Id') ?? '');
const principalOf = (response: Response): Principal => response.locals['principal'] as Principal;
