import type { Principal } from '../auth/principal.ts';
import type { operations } from './contract.types.ts';
import type { StreamedFile } from './streamed-file.ts';
import type { StreamedJson } from './streamed-json.ts';

/** Every operationId of the contract. */
export type OperationId = keyof operations;

type Parameters<Op extends OperationId, Place extends 'path' | 'query' | 'header'> =
  operations[Op]['parameters'] extends Record<Place, infer Fields> ? Fields
  : operations[Op]['parameters'] extends Partial<Record<Place, infer Fields>> ? NonNullable<Fields>
  : Record<string, never>;

type JsonOf<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : undefined;
type SpreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type BodyOf<Content> =
  Content extends { content: { 'text/plain': string } | { 'text/calendar': string } } ? string
  : Content extends { content: Record<SpreadsheetType, string> } ? StreamedFile
  : JsonOf<Content>;

/** The body of a request, as the contract has it. */
export type RequestBody<Op extends OperationId> =
  operations[Op] extends { requestBody: infer Body } ? JsonOf<Body>
  : operations[Op] extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> | undefined
  : undefined;

type Success = 200 | 201 | 202 | 204 | 304;
type Responses<Op extends OperationId> = operations[Op]['responses'];

/** An answer the contract has for the operation. Refusals are thrown as problems. */
export type Reply<Op extends OperationId> = {
  [Status in keyof Responses<Op> & Success]: {
    readonly status: Status;
    readonly body: BodyOf<Responses<Op>[Status]> | StreamedJson<BodyOf<Responses<Op>[Status]>>;
    /** With a `Content-Type` the body is text and goes out as it is. */
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof Responses<Op> & Success];

/** What a handler is given: everything is validated and typed by the contract. */
export interface HandlerInput<Op extends OperationId> {
  readonly principal: Principal;
  readonly params: Parameters<Op, 'path'>;
  readonly query: Parameters<Op, 'query'>;
  readonly headers: Parameters<Op, 'header'>;
  readonly body: RequestBody<Op>;
  /** The request itself, for the few that stream: an upload, a download. */
  readonly stream: RequestStream;
}

/** The raw side of a request, without Express. */
export interface RequestStream {
  readonly body: NodeJS.ReadableStream;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Aborted once nobody takes the answer any more. */
  readonly gone: AbortSignal;
}

export type Handler<Op extends OperationId> = (input: HandlerInput<Op>) => Promise<Reply<Op>>;

/** A room's handlers, by operationId. */
export type Handlers<Op extends OperationId> = { readonly [Id in Op]: Handler<Id> };

/** Types a room's handlers by the contract; the union names the operations the room answers. */
export const defineHandlers = <Op extends OperationId>(handlers: Handlers<Op>): Handlers<Op> => handlers;

/** The version behind an `If-Match` header; undefined when there is none or it is `*`. */
export function expectedVersion(headers: { 'If-Match'?: string | undefined }): number | undefined {
  // Header names arrive in lower case; the contract writes them as one reads them.
  const value = (headers as Record<string, unknown>)['if-match'];
  return typeof value === 'string' && value !== '*' ? Number(value.replaceAll('"', '')) : undefined;
}

export const etag = (version: number): Record<string, string> => ({ ETag: `"${version}"` });

/** `meta` of a paged list. */
export const pageMeta = (total: number, page: number, limit: number): { total: number; page: number; limit: number; totalPages: number } => ({
  total,
  page,
  limit,
  totalPages: Math.ceil(total / limit),
});
