import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import cors from 'cors';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Context } from './context.ts';
import { badRequest, Problem } from './errors/problem.ts';
import type { Contract } from './http/contract.ts';
import { docsRouter } from './http/docs.ts';
import { errorHandler } from './http/error-handler.ts';
import type { Idempotency } from './http/idempotency.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { InFlight } from './http/in-flight.ts';
import { registerOperations, type AnyHandler } from './http/register.ts';
import type { ContractValidator } from './http/validator.ts';

export interface AppParts {
  readonly contract: Contract;
  readonly validator: ContractValidator;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  readonly limits: RateLimits;
  readonly idempotency: Idempotency;
  readonly inFlight: InFlight;
}

const SUPPORTED_VERSIONS = ['v1'];

/** The Express application. It never listens: tests knock on it directly. */
export function createApp(ctx: Context, parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.set('trust proxy', ctx.config.trustProxy);
  app.use(requestIds, securityHeaders(ctx), parts.inFlight.middleware, noKeyInAddress);
  app.use(cors({ origin: [...ctx.config.corsOrigins], exposedHeaders: ['Content-Disposition', 'ETag', 'Location', 'Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id', 'X-Cache', 'Idempotency-Replayed'], maxAge: 600 }));
  app.use('/api', acceptVersion, noStore);
  registerOperations(app, parts.handlers, { ...parts, authenticator: ctx.authenticator, validateResponses: ctx.config.validateResponses });
  app.use(docsRouter(parts.contract));
  servePages(app, ctx.config.demo);
  app.use((request) => {
    throw new Problem(404, 'not_found', `Nothing is at ${request.path}.`);
  });
  app.use(errorHandler(ctx.log));
  return app;
}

/** Keeps a caller's request id when it is a plain one, so that a request can be followed through both systems. */
function requestIds(request: Request, response: Response, next: NextFunction): void {
  const given = request.get('X-Request-Id');
  response.set('X-Request-Id', given && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID());
  next();
}

function securityHeaders(ctx: Context): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'self'", ...ctx.config.corsOrigins],
        formAction: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'", ctx.config.publicUrl.replace(/^http/, 'ws')],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Frame rules are the CSP's: a console of another origin that is allowed must be able to embed the page.
    frameguard: false,
    // Plain HTTP on loopback is the default way to run; TLS is the proxy's in front of it.
    strictTransportSecurity: ctx.config.publicUrl.startsWith('https:'),
  });
}

/** Addresses end up in logs and histories on the way: a key in one is as good as published. */
function noKeyInAddress(request: Request, _response: Response, next: NextFunction): void {
  if (/sl(_|%5f)live(_|%5f)/i.test(request.originalUrl)) {
    throw badRequest('key_in_url', 'Send the API key in a header, and revoke this one: addresses are kept in logs.', [{ path: '/query', message: 'holds an API key' }]);
  }
  next();
}

function acceptVersion(request: Request, _response: Response, next: NextFunction): void {
  const asked = request.get('Accept-Version');
  if (asked !== undefined && !SUPPORTED_VERSIONS.includes(asked)) {
    throw badRequest('unsupported_version', `Supported versions: ${SUPPORTED_VERSIONS.join(', ')}.`, [{ path: '/header/accept-version', message: `must be one of ${SUPPORTED_VERSIONS.join(', ')}` }]);
  }
  next();
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  next();
}

/** The built widgets at /widgets, their gallery at /widgets itself, and the demo console at /. Absent until `npm run build:widgets`. */
function servePages(app: Express, demo: boolean): void {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  const immutable = { immutable: true, maxAge: '365d', index: false } as const;
  if (existsSync(`${dist}gallery`)) {
    app.use('/widgets', galleryPage(`${dist}gallery`));
    app.use('/widgets/gallery', express.static(`${dist}gallery`, { index: false }));
  }
  if (existsSync(`${dist}widgets`)) {
    app.use('/widgets/chunks', express.static(`${dist}widgets/chunks`, immutable));
    app.use('/widgets', express.static(`${dist}widgets`, { index: false }));
  }
  if (existsSync(`${dist}console`)) {
    app.use('/test-websocket', testPage(`${dist}console/test-websocket`, demo));
    app.use(consolePage(`${dist}console/index.html`, demo));
    app.use(express.static(`${dist}console`, { index: false }));
  }
}

/** `/reset` is what the links in mails lead to; what it needs stands behind the `#` and never reaches a server. */
const PAGES = ['/', '/index.html', '/reset'];

/** The console's page says whether this installation has demo accounts: its sign-in offers no others than there are. */
function consolePage(file: string, demo: boolean): express.RequestHandler {
  return async (request, response, next) => {
    if (!PAGES.includes(request.path) || !['GET', 'HEAD'].includes(request.method)) return next();
    const page = await readFile(file, 'utf8');
    response.set('Cache-Control', 'no-cache').type('html');
    response.send(demo ? page : page.replace(/(<meta name="sideline-demo" content=)"on"/, '$1"off"'));
  };
}

/** The live test page of the WebSocket guide; there is none where people work. */
function testPage(root: string, demo: boolean): express.RequestHandler {
  return (request, response, next) => {
    if (!demo) throw new Problem(404, 'not_found', `Nothing is at ${request.baseUrl}.`);
    if (request.path === '/' && (request.method === 'GET' || request.method === 'HEAD')) response.sendFile('index.html', { root });
    else next();
  };
}

/** A page, not an operation: routes are the contract's. */
function galleryPage(root: string): express.RequestHandler {
  return (request, response, next) => {
    if (request.path === '/' && (request.method === 'GET' || request.method === 'HEAD')) response.sendFile('index.html', { root });
    else next();
  };
}
