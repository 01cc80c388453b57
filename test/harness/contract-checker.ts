import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { loadContract, type Contract, type Operation } from '../../api/http/contract.ts';

const DOCUMENT = 'contract';

/** What came back, as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else undefined. */
  readonly body: unknown;
  readonly text: string;
}

interface Documented {
  readonly headers?: Readonly<Record<string, { schema: object; required?: boolean }>>;
  readonly content?: Readonly<Record<string, { schema: object }>>;
}

/**
 * Holds answers and events against the contract, by the bundle alone: it shares no code with the server's own
 * validation, so that one cannot hide the mistakes of the other.
 */
export class ContractChecker {
  readonly contract: Contract;
  readonly #ajv: Ajv2020;

  constructor(contract: Contract) {
    this.contract = contract;
    // The document carries OpenAPI's own keywords around the schemas.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    ajvFormats.default(this.#ajv);
    this.#ajv.addSchema(contract.document, DOCUMENT);
  }

  operation(id: string): Operation {
    const operation = this.contract.operations.find((candidate) => candidate.id === id);
    if (!operation) throw new Error(`the contract has no operation ${id}`);
    return operation;
  }

  /** Every way in which an answer departs from the contract: status, headers, media type, body. */
  faults(operationId: string, answer: Answer): string[] {
    const { method, path } = this.operation(operationId);
    const at = ['paths', path, method, 'responses', String(answer.status)];
    const documented = this.#find(at);
    if (!documented) return [`status ${answer.status} is not documented: ${answer.text.slice(0, 300)}`];
    const { headers = {}, content } = documented.value as Documented;
    return [...this.#headerFaults(headers, answer, documented.pointer), ...this.#bodyFaults(content, answer, documented.pointer)];
  }

  /** Names of the events that have a schema. */
  get events(): ReadonlySet<string> {
    return new Set(Object.keys(this.#webhooks));
  }

  /** Older names under which an event is sent as well. */
  aliases(event: string): readonly string[] {
    return (this.#webhooks[event] as { post?: { 'x-aliases'?: string[] } } | undefined)?.post?.['x-aliases'] ?? [];
  }

  /** Every way in which an event, under its own or an older name, departs from its schema. */
  eventFaults(name: string, payload: unknown): string[] {
    const event = this.events.has(name) ? name : [...this.events].find((candidate) => this.aliases(candidate).includes(name));
    if (event === undefined) return [`the event ${name} is not in the contract`];
    const pointer = toPointer(['webhooks', event, 'post', 'requestBody', 'content', 'application/json', 'schema']);
    return this.#check(pointer, payload).map((fault) => `${name}${fault}`);
  }

  get #webhooks(): Readonly<Record<string, unknown>> {
    return (this.contract.document['webhooks'] ?? {}) as Record<string, unknown>;
  }

  #headerFaults(headers: NonNullable<Documented['headers']>, answer: Answer, pointer: string): string[] {
    return Object.entries(headers).flatMap(([name, { schema, required }]) => {
      const value = answer.headers.get(name);
      // Every header the contract names is there, but for those it says may be missing.
      if (value === null && required === false) return [];
      if (value === null) return [`header ${name} is missing`];
      const typed = (schema as { type?: string }).type === 'integer' ? Number(value) : value;
      return this.#check(`${pointer}${toPointer(['headers', name, 'schema'])}`, typed).map((fault) => `header ${name}${fault}`);
    });
  }

  #bodyFaults(content: Documented['content'], answer: Answer, pointer: string): string[] {
    if (!content) return answer.text === '' ? [] : ['there is a body where none is documented'];
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (!(type in content)) return [`the media type is ${type || 'missing'} instead of ${Object.keys(content).join(' or ')}`];
    const isJson = /[/+]json$/.test(type);
    if (answer.body === undefined && isJson) return ['the body is not JSON'];
    return this.#check(`${pointer}${toPointer(['content', type, 'schema'])}`, isJson ? answer.body : answer.text);
  }

  #check(pointer: string, value: unknown): string[] {
    // Compiled as a part of the document, once: all who refer to a schema share its function.
    const validate = this.#ajv.getSchema(`${DOCUMENT}#${encodeURI(pointer).replaceAll('#', '%23')}`);
    if (!validate) throw new Error(`the contract has nothing at ${pointer}`);
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }

  /** What stands at a path, with references followed on the way. */
  #find(path: readonly string[]): { value: unknown; pointer: string } | undefined {
    let value: unknown = this.contract.document;
    let pointer = '';
    for (const segment of path) {
      value = (value as Record<string, unknown>)[segment];
      pointer += toPointer([segment]);
      for (let ref = refOf(value); ref !== undefined; ref = refOf(value)) {
        const target = this.#find(ref.slice(2).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')));
        if (!target) return undefined;
        ({ value, pointer } = target);
      }
      if (value === undefined) return undefined;
    }
    return { value, pointer };
  }
}

let shared: ContractChecker | undefined;

/** The checker of this run: schemas are compiled once. */
export const contractChecker = (): ContractChecker => (shared ??= new ContractChecker(loadContract()));

const toPointer = (segments: readonly string[]): string => segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const refOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string' ? value.$ref : undefined;
