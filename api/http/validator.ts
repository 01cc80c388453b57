import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { badRequest, type FieldError, type Problem } from '../errors/problem.ts';
import { resolvePointer, type Contract, type Operation } from './contract.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import { faultWords, tellingFaults } from './fault-words.ts';
import { isName, takeOutUnseen } from './plain-text.ts';

const DOCUMENT = 'contract.json';

/** What a request carries, before and after validation (parameters come out with their types). */
export interface RequestParts {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  body: unknown;
}

export interface OperationValidator {
  /** Returns the parts with types coerced and defaults filled in. @throws Problem 400 naming every field at fault. */
  request(parts: RequestParts): RequestParts;
  /** Every way in which an answer departs from the contract; empty when it keeps to it. */
  response(status: number, body: unknown): string[];
}

/** What Ajv makes of a schema, as far as it is used here. */
interface Validate {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/**
 * Compiles the contract's schemas, each once: what requests are held to when their operation is put on the server, so that
 * no request has to wait for it; answers, which only tests hold to the contract, with the first one of its kind.
 */
export class ContractValidator {
  /** Parameters arrive as text and are coerced; bodies are not. */
  readonly #text: Ajv2020;
  readonly #json: Ajv2020;
  readonly #operations = new Map<string, OperationValidator>();
  /** By the schema itself. */
  readonly #ofParameters = new Map<string, ValidateFunction>();
  static readonly #made = new WeakMap<Contract, ContractValidator>();

  /** The validator of a contract, made once: compiling its schemas takes a good part of starting. */
  static of(contract: Contract): ContractValidator {
    const made = this.#made.get(contract) ?? new ContractValidator(contract);
    this.#made.set(contract, made);
    return made;
  }

  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#text = createAjv({ coerceTypes: 'array', useDefaults: true });
    this.#json = createAjv({});
    for (const ajv of [this.#text, this.#json]) ajv.addSchema(contract.document, DOCUMENT);
  }

  operation(id: string): OperationValidator {
    const made = this.#operations.get(id);
    if (made) return made;
    const operation = this.#contract.operations.find((candidate) => candidate.id === id);
    if (!operation) throw new Error(`The contract has no operation ${id}`);
    const validator = this.#compile(operation);
    this.#operations.set(id, validator);
    return validator;
  }

  /** A component schema: for socket messages and events, and for programs that need a few schemas and no operation. */
  schema(name: string): SchemaRules {
    return rulesOf(this.#schemaAt(`/components/schemas/${name}`));
  }

  #compile(operation: Operation): OperationValidator {
    const parts = (['path', 'query', 'header'] as const).map((place) => this.#parameters(operation, place));
    const optional = new Set(operation.parameters.filter((parameter) => parameter.in === 'query' && !parameter.required).map((parameter) => parameter.name));
    const [path, query, header] = parts as [ValidateFunction, ValidateFunction, ValidateFunction];
    const bodyPointer = operation.requestTypes['application/json'];
    const body = bodyPointer ? this.#body(bodyPointer) : undefined;
    return {
      request: (request) => {
        // What is sent empty is not sent; what nobody can see is, and says nothing: it is refused where something is needed.
        request.query = takeOutUnseen(withoutEmpty(request.query, optional)) as RequestParts['query'];
        request.body = takeOutUnseen(request.body);
        // Whoever reads on may walk it with recursion.
        if (isTooDeep(request.body)) throw invalid([{ path: '/body', message: `is nested deeper than ${DEEPEST} lists or objects`, code: 'depth' }]);
        const errors: FieldError[] = [];
        const check = (validate: Validate, value: unknown, place: string): void => {
          if (!validate(value)) errors.push(...toFieldErrors(validate.errors, place));
        };
        check(path, request.params, '/path');
        check(query, request.query, '/query');
        check(header, request.headers, '/header');
        if (body && (request.body !== undefined || operation.bodyRequired)) check(body, request.body ?? null, '/body');
        // Only of what fits the schemas: what is wrong with the rest is said already.
        const checked = errors.length > 0 ? {} : { path: request.params, query: request.query, body: request.body };
        for (const [place, value] of Object.entries(checked)) collectUntextual(value, `/${place}`, errors);
        if (errors.length > 0) throw invalid(errors);
        return request;
      },
      response: (status, value) => {
        const types = operation.responses[status];
        if (types === undefined) return [`status ${status} is not in the contract of ${operation.id}`];
        const pointer = types['application/json'] ?? types['application/problem+json'];
        if (pointer === undefined) return value === undefined ? [] : [`status ${status} of ${operation.id} has no body`];
        const validate = this.#schemaAt(pointer);
        return validate(value) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message}`);
      },
    };
  }

  /** A body that may be one of several objects is judged by the one it looks like: what is wrong with the others is no help. */
  #body(pointer: string): Validate {
    const whole = this.#schemaAt(pointer);
    const choices = ((resolvePointer(this.#contract.document, pointer)['oneOf'] ?? []) as { $ref?: string }[]).flatMap(({ $ref }) => $ref?.slice(1) ?? []);
    if (choices.length === 0) return whole;
    const branches = choices.map((ref) => ({ validate: this.#schemaAt(ref), required: (resolvePointer(this.#contract.document, ref)['required'] ?? []) as string[] }));
    const judge: Validate = (value) => {
      judge.errors = null;
      if (whole(value)) return true;
      const has = ({ required }: { required: string[] }): number => required.filter((name) => typeof value === 'object' && value !== null && name in value).length / required.length;
      const likely = branches.reduce((best, branch) => (has(branch) > has(best) ? branch : best));
      judge.errors = likely.validate(value) ? (whole.errors ?? null) : (likely.validate.errors ?? null);
      return false;
    };
    return judge;
  }

  #parameters(operation: Operation, place: 'path' | 'query' | 'header'): ValidateFunction {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    const name = (raw: string): string => (place === 'header' ? raw.toLowerCase() : raw);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(parameters.map((p) => [name(p.name), absoluteRefs(p.schema)])),
      required: parameters.filter((p) => p.required).map((p) => name(p.name)),
      // Any client sends headers of its own; an unknown query parameter is a misspelt filter.
      additionalProperties: place === 'header',
    };
    // An id in the path and nothing else, or no query at all: what many operations have in common is compiled once.
    const text = JSON.stringify(schema);
    const compiled = this.#ofParameters.get(text) ?? this.#text.compile(schema);
    this.#ofParameters.set(text, compiled);
    return compiled;
  }

  /** What stands at a place of the document. Compiled as part of it, so that all who refer to a schema share one function. */
  #schemaAt(pointer: string): ValidateFunction {
    const validate = this.#json.getSchema(`${DOCUMENT}#${encodePointer(pointer)}`);
    if (!validate) throw new Error(`The contract has nothing at ${pointer}`);
    return validate;
  }
}

/** Every way in which a value departs from a schema. */
export type SchemaRules = (value: unknown) => readonly FieldError[];

function rulesOf(validate: Validate): SchemaRules {
  return (value) => {
    const errors = validate(value) ? [] : toFieldErrors(validate.errors, '');
    if (errors.length === 0) collectUntextual(value, '', errors);
    return errors;
  };
}

function createAjv(options: { coerceTypes?: 'array'; useDefaults?: boolean }): Ajv2020 {
  // OpenAPI documents carry keywords of their own around the schemas, hence strict: false; the contract lint is strict.
  const ajv = new Ajv2020({ strict: false, allErrors: true, ...options });
  ajvFormats.default(ajv, { mode: 'full' });
  const full: unknown = ajv.formats['date-time'];
  ajv.addFormat('date-time', { validate: (text: string) => isFormat(full, text) && isInstant(text) });
  ajv.addFormat('name', isName);
  return ajv;
}

/** A leap second is a date-time (RFC 3339) that neither JavaScript nor PostgreSQL knows as an instant. */
const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text));

const isFormat = (format: unknown, text: string): boolean => (format as { validate: (text: string) => boolean }).validate(text);

/** `#/components/…` inside a parameter means the document, not the schema compiled around it. */
function absoluteRefs(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(absoluteRefs);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' ? [key, `${DOCUMENT}${value}`] : [key, absoluteRefs(value)],
    ),
  );
}

/** A pointer as the fragment of a reference. */
const encodePointer = (pointer: string): string => pointer.split('/').map(encodeURIComponent).join('/');

const MAX_REPORTED = 20;

export function toFieldErrors(errors: readonly ErrorObject[] | null | undefined, place: string): FieldError[] {
  return tellingFaults(errors ?? []).slice(0, MAX_REPORTED).map((error) => ({
    path: `${place}${error.instancePath}${namedProperty(error)}`,
    message: faultWords(error),
    code: error.keyword,
  }));
}

function namedProperty(error: ErrorObject): string {
  const name: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  return typeof name === 'string' ? `/${name.slice(0, 100)}` : '';
}

/** Forms send all of their filters; one that was left empty is none. */
const withoutEmpty = <T extends object>(query: T, optional: ReadonlySet<string>): T =>
  Object.fromEntries(Object.entries(query).filter(([name, value]) => value !== '' || !optional.has(name))) as T;

export function invalid(errors: readonly FieldError[]): Problem {
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return badRequest('validation_failed', first ? `${first.path} ${first.message}${more}.` : 'The request is not valid.', errors);
}

/** PostgreSQL text cannot hold U+0000, and lone surrogates are no Unicode text: both are refused wherever they stand, in names too. */
function collectUntextual(value: unknown, path: string, errors: FieldError[]): void {
  if (typeof value === 'string') {
    if (isUntextual(value)) errors.push({ path, message: 'holds characters that are no text', code: 'text' });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const name = `${path}/${key.replaceAll('\0', '\ufffd').toWellFormed()}`;
      if (isUntextual(key)) errors.push({ path: name, message: 'is called by characters that are no text', code: 'text' });
      else collectUntextual(inner, name, errors);
    }
  }
}

const isUntextual = (text: string): boolean => text.includes('\0') || !text.isWellFormed();
