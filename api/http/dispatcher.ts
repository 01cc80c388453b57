import { callerOf, type Principal } from '../auth/principal.ts';
import type { Contract, Operation, RateLimitRule } from './contract.ts';
import type { Idempotency, StoredReply } from './idempotency.ts';
import type { RateLimits } from './rate-limits.ts';
import { assertAllowed, type AnyHandler } from './register.ts';
import type { ContractValidator, RequestParts } from './validator.ts';

type DispatchRequest = Partial<Pick<RequestParts, 'params'>> & Pick<RequestParts, 'body'> & {
  /** The body as its sender would repeat it, where that is another one. */
  readonly asSent?: unknown;
};

/**
 * Runs an operation without HTTP around it: a socket message passes the same validation, roles, rate limit,
 * idempotency and service as its HTTP twin.
 */
export class Dispatcher {
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #handlers: Readonly<Record<string, AnyHandler>>;
  readonly #validator: ContractValidator;
  readonly #limits: RateLimits;
  readonly #idempotency: Idempotency;

  constructor(deps: { contract: Contract; handlers: Readonly<Record<string, AnyHandler>>; validator: ContractValidator; limits: RateLimits; idempotency: Idempotency }) {
    this.#operations = new Map(deps.contract.operations.map((operation) => [operation.id, operation]));
    this.#handlers = deps.handlers;
    this.#validator = deps.validator;
    this.#limits = deps.limits;
    this.#idempotency = deps.idempotency;
  }

  /** Counts something that has no HTTP twin. @throws Problem 429. */
  async count(name: string, rule: RateLimitRule, principal: Principal): Promise<void> {
    await this.#limits.take(name, rule, callerOf(principal));
  }

  /**
   * @param clientRequestId the idempotency key, as it came
   * @throws Problem, as the HTTP operation would answer.
   */
  async dispatch(id: string, principal: Principal, request: DispatchRequest, clientRequestId?: unknown): Promise<unknown> {
    const { operation } = this.#find(id);
    await this.#limits.take(operation.id, operation.rateLimit, callerOf(principal));
    return this.ask(id, principal, request, clientRequestId);
  }

  /** The same, uncounted: for what the server asks itself on somebody's behalf. @throws Problem. */
  async ask(id: string, principal: Principal, request: DispatchRequest, clientRequestId?: unknown): Promise<unknown> {
    const { operation, handler } = this.#find(id);
    assertAllowed(operation, principal);
    const headers = clientRequestId === undefined ? {} : { 'idempotency-key': clientRequestId };
    const parts = this.#validator.operation(id).request({ params: { ...request.params }, body: request.body, query: {}, headers });
    const run = async (): Promise<StoredReply> => {
      const reply = await handler({ principal, ...parts } as never);
      return { status: reply.status, headers: reply.headers ?? {}, body: reply.body };
    };
    const key = operation.idempotent ? parts.headers['idempotency-key'] : undefined;
    const reply = typeof key === 'string' ? await this.#idempotency.once(principal, id, key, { params: parts.params, body: request.asSent ?? parts.body }, run) : await run();
    return reply.body ?? null;
  }

  #find(id: string): { operation: Operation; handler: AnyHandler } {
    const operation = this.#operations.get(id);
    const handler = this.#handlers[id];
    if (!operation || !handler) throw new Error(`The contract has no operation ${id}`);
    return { operation, handler };
  }
}
