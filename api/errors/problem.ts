/** One field at fault, as a path into the request (`/body/email`). */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A refusal that is meant for the caller. Anything else that is thrown becomes a bare 500. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly details: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Further members of the body (RFC 9457, 3.2). */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    options: { details?: readonly FieldError[] | undefined; headers?: Record<string, string>; extensions?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.title = TITLES[status] ?? 'Error';
    this.details = options.details;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

/** 400: the request does not fit the contract. */
export const badRequest = (code: string, detail: string, details?: readonly FieldError[]): Problem =>
  new Problem(400, code, detail, { details });

/** 401: no valid sign-in. */
export const unauthorized = (code: string, detail: string): Problem =>
  new Problem(401, code, detail, { headers: { 'WWW-Authenticate': 'Bearer realm="sideline"' } });

/** 403: visible, but not the caller's to do. */
export const forbidden = (detail: string, code = 'forbidden'): Problem => new Problem(403, code, detail);

/** 404: not there, or outside the caller's scope; the two are not told apart. */
export const notFound = (what: string): Problem => new Problem(404, 'not_found', `${what} not found.`);

/** 409: a clash, or the wrong state for this step. */
export const conflict = (code: string, detail: string, details?: readonly FieldError[]): Problem =>
  new Problem(409, code, detail, { details });

/** 412: somebody changed it since it was read. */
export const preconditionFailed = (): Problem =>
  new Problem(412, 'version_mismatch', 'It has changed since you read it; read it again and repeat your change.');

/** 422: well formed, but against a rule. */
export const unprocessable = (code: string, detail: string, details?: readonly FieldError[]): Problem =>
  new Problem(422, code, detail, { details });

/** 503: a dependency is away. */
export const unavailable = (detail: string, retryAfterSeconds = 2, cause?: unknown): Problem =>
  new Problem(503, 'unavailable', detail, { headers: { 'Retry-After': String(retryAfterSeconds) }, cause });
