/** Why a request failed, in the terms a widget shows. */
export type FailureKind = 'offline' | 'expired' | 'forbidden' | 'gone' | 'clash' | 'invalid' | 'slow' | 'failed';

const kinds: Record<number, FailureKind> = {
  0: 'offline',
  400: 'invalid',
  401: 'expired',
  403: 'forbidden',
  404: 'gone',
  409: 'clash',
  412: 'clash',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'slow',
};

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  requestId?: string;
  details?: readonly { path: string; message: string; code?: string }[];
}

/** A refusal or failure of the API; `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly kind: FailureKind;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly details: readonly { path: string; message: string; code?: string }[];
  /** The whole problem, for what a refusal of this kind tells besides (`clash`). */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: ProblemBody = {}) {
    super(problem.detail ?? problem.title ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.kind = kinds[status] ?? 'failed';
    this.code = problem.code ?? 'unknown';
    this.requestId = problem.requestId;
    this.details = problem.details ?? [];
    this.problem = { ...problem };
  }

  /** Whether the same request may succeed later without anybody changing it. A plain 500 would only be repeated. */
  get transient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || (this.status >= 502 && this.status <= 504);
  }
}

/** Any thrown value as an ApiError; `fetch` throws a TypeError when nothing answers. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TypeError) return new ApiError(0);
  return new ApiError(-1, { detail: error instanceof Error ? error.message : String(error) });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of a typed client's answer.
 * @throws ApiError with the problem body of any status outside 2xx, or status 0 when offline
 */
export async function body<T>(answer: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await answer.catch((thrown: unknown) => {
    throw toApiError(thrown);
  });
  if (!response.ok) throw new ApiError(response.status, isProblem(error) ? error : {});
  return data as NonNullable<T>;
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === 'object' && value !== null;
}
