import type { Answers } from './types.ts';

/** Thrown by an answer that refuses. */
export class CannedProblem extends Error {
  readonly status: number;
  readonly details: readonly { path: string; message: string; code?: string }[];

  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(status: number, detail: string, details: CannedProblem['details'] = [], code = 'gallery', extensions: CannedProblem['extensions'] = {}) {
    super(detail);
    this.status = status;
    this.details = details;
    this.code = code;
    this.extensions = extensions;
  }
}

export type Network = 'answers' | 'holds' | 'fails' | 'forbids' | 'away' | 'expired';

/** The gallery's network: answers what the entry of a widget says, or behaves as badly as the state asks. */
export class CannedTransport {
  network: Network = 'answers';
  readonly #answers: Answers;
  #lastActivity = performance.now();
  #running = 0;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Resolves when nothing was asked for a moment: what is on the screen is what stays. */
  async quiet(forMs = 120): Promise<void> {
    while (this.#running > 0 || performance.now() - this.#lastActivity < forMs) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (this.network === 'holds') return new Promise<never>(() => undefined);
    this.#running += 1;
    try {
      return await this.#answer(request);
    } finally {
      this.#running -= 1;
      this.#lastActivity = performance.now();
    }
  };

  async #answer(request: Request): Promise<Response> {
    switch (this.network) {
      case 'away':
        throw new TypeError('Failed to fetch');
      case 'fails':
        return problem(500, 'The database is away.');
      case 'forbids':
        return problem(403, 'This is not open to your role.');
      case 'expired':
        return problem(401, 'The token has expired.');
      case 'answers':
      case 'holds':
        return this.#found(request);
    }
  }

  async #found(request: Request): Promise<Response> {
    const url = new URL(request.url);
    for (const [route, answer] of Object.entries(this.#answers)) {
      const path = match(route, request.method, url.pathname);
      if (!path) continue;
      try {
        const body = answer({ method: request.method, path, query: url.searchParams, body: await request.json().catch(() => null) });
        return body === undefined ? new Response(null, { status: 204 }) : Response.json(body);
      } catch (error) {
        if (error instanceof CannedProblem) return problem(error.status, error.message, error);
        throw error;
      }
    }
    return problem(404, `The gallery has no answer to ${request.method} ${url.pathname}.`);
  }
}

function match(route: string, method: string, pathname: string): string[] | undefined {
  const [wanted, pattern = ''] = route.split(' ');
  if (wanted !== method) return undefined;
  const expression = new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  return expression.exec(pathname)?.slice(1);
}

function problem(status: number, detail: string, { details = [], code = 'gallery', extensions = {} }: Partial<CannedProblem> = {}): Response {
  return Response.json({ title: 'Problem', status, detail, code, requestId: 'req-gallery', details, ...extensions }, { status });
}
