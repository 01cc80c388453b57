import type { OperationId } from '../../api/http/handler.ts';
import type { TestApp } from './app.ts';
import { contractChecker, type Answer } from './contract-checker.ts';

/** A request for an operation of the contract. */
export interface Call {
  /** Whose token is sent; null sends none. */
  readonly as: { readonly token: string } | null;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is form data (multipart) or already text. */
  readonly body?: unknown;
  /** Sent to another installation than the one at hand. */
  readonly app?: TestApp;
}

/** Sends a request for an operation, without looking at the answer. */
export async function send(app: TestApp, id: OperationId, call: Call): Promise<Answer> {
  const { method, path } = contractChecker().operation(id);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(call.params?.[name] ?? '')));
  const query = new URLSearchParams(Object.entries(call.query ?? {}).map(([name, value]) => [name, String(value)]));
  const headers = new Headers(call.headers);
  if (call.as) headers.set('Authorization', `Bearer ${call.as.token}`);
  const body = encode(call.body, headers);
  const response = await fetch(`${(call.app ?? app).url}${filled}${query.size > 0 ? `?${query}` : ''}`, { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) });
  return toAnswer(response);
}

/**
 * Sends a request and holds the answer against the contract.
 * @throws Error naming every way in which the answer departs from it.
 */
export async function call(app: TestApp, id: OperationId, request: Call): Promise<Answer> {
  const answer = await send(app, id, request);
  const faults = contractChecker().faults(id, answer);
  if (faults.length > 0) throw new Error(`${id} answered ${answer.status} against the contract: ${faults.join('; ')}`);
  return answer;
}

export async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function encode(body: unknown, headers: Headers): string | FormData | undefined {
  if (body === undefined || body instanceof FormData) return body;
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
