import { readFileSync } from 'node:fs';
import type { KeyScope } from '../auth/key-scopes.ts';
import type { Role } from '../auth/principal.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type JsonObject = Record<string, unknown>;

/** One operation of the contract, with what the server derives from it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** As in the contract: `/api/agents/{id}`. */
  readonly path: string;
  readonly roles: readonly (Role | 'anonymous')[];
  readonly scope: string;
  /** An API key needs one of them; without any the operation is for people. */
  readonly keyScopes: readonly KeyScope[];
  readonly rateLimit: RateLimitRule;
  readonly idempotent: boolean;
  readonly statuses: readonly number[];
  /** JSON pointers into the document, for the validator. */
  readonly parameters: readonly Parameter[];
  readonly requestTypes: Readonly<Record<string, string>>;
  readonly bodyRequired: boolean;
  readonly responses: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonObject;
}

export interface RateLimitRule {
  readonly windowSeconds: number;
  readonly max: number;
  /** Only refused answers count (sign-in). */
  readonly failuresOnly?: boolean;
}

/** The bundled contract and its operations, read once. */
export interface Contract {
  readonly document: JsonObject;
  readonly yaml: string;
  readonly operations: readonly Operation[];
}

/** The rest of the operations, per person or address. */
const DEFAULT_LIMIT: RateLimitRule = { windowSeconds: 60, max: 1200 };
const METHODS: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete'];
const BUNDLE = new URL('../../dist/contract/', import.meta.url);

let loaded: Contract | undefined;

/**
 * The bundle that `npm run build:contract` made, read once: it does not change while a process runs.
 * @throws when it was not built.
 */
export const loadContract = (): Contract => (loaded ??= readContract());

function readContract(): Contract {
  const document = JSON.parse(readFileSync(new URL('openapi.json', BUNDLE), 'utf8')) as JsonObject;
  const yaml = readFileSync(new URL('openapi.yaml', BUNDLE), 'utf8');
  return { document, yaml, operations: operationsOf(document) };
}

function operationsOf(document: JsonObject): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(document['paths'] as Record<string, JsonObject>)) {
    for (const method of METHODS) {
      const operation = item[method] as JsonObject | undefined;
      if (operation) found.push(toOperation(document, path, method, item, operation));
    }
  }
  return found;
}

function toOperation(document: JsonObject, path: string, method: Method, item: JsonObject, operation: JsonObject): Operation {
  const at = `/paths/${escapePointer(path)}/${method}`;
  const parameters = [...list(item['parameters']), ...list(operation['parameters'])].map((raw) => {
    const parameter = deref(document, raw).value;
    return {
      name: String(parameter['name']),
      in: parameter['in'] as Parameter['in'],
      required: parameter['required'] === true,
      schema: parameter['schema'] as JsonObject,
    };
  });
  const body = operation['requestBody'] ? deref(document, operation['requestBody'], `${at}/requestBody`) : undefined;
  const responses: Record<string, Record<string, string>> = {};
  for (const [status, raw] of Object.entries(operation['responses'] as JsonObject)) {
    const response = deref(document, raw, `${at}/responses/${status}`);
    responses[status] = contentPointers(response.value, response.pointer);
  }
  return {
    id: String(operation['operationId']),
    method,
    path,
    roles: (operation['x-roles'] ?? []) as Operation['roles'],
    scope: String(operation['x-scope']),
    keyScopes: (operation['x-key-scopes'] ?? []) as Operation['keyScopes'],
    rateLimit: (operation['x-rate-limit'] as RateLimitRule | undefined) ?? DEFAULT_LIMIT,
    idempotent: operation['x-idempotent'] === true,
    statuses: Object.keys(responses).map(Number),
    parameters,
    requestTypes: body ? contentPointers(body.value, body.pointer) : {},
    bodyRequired: body?.value['required'] === true,
    responses,
  };
}

function contentPointers(holder: JsonObject, pointer: string): Record<string, string> {
  const content = (holder['content'] ?? {}) as JsonObject;
  return Object.fromEntries(Object.keys(content).map((type) => [type, `${pointer}/content/${escapePointer(type)}/schema`]));
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

function deref(document: JsonObject, raw: unknown, pointer = ''): { value: JsonObject; pointer: string } {
  let value = raw as JsonObject;
  let at = pointer;
  while (typeof value['$ref'] === 'string') {
    at = value['$ref'].replace(/^#/, '');
    value = resolvePointer(document, at);
  }
  return { value, pointer: at };
}

/** What a JSON pointer into the document points to. */
export function resolvePointer(document: JsonObject, pointer: string): JsonObject {
  let value: unknown = document;
  for (const segment of pointer.split('/').slice(1)) {
    value = (value as JsonObject)[segment.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value as JsonObject;
}
