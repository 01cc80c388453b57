import type { Principal } from '../auth/principal.ts';
import type { OperationId } from '../http/handler.ts';

/** A client → server message and its HTTP twin, whose validation, roles and rate limit it shares. */
export interface SocketHandler {
  readonly event: string;
  readonly twin: OperationId;
  /** Turns the message into the parts of the twin's request. `clientRequestId` becomes its idempotency key. */
  toRequest(message: Record<string, unknown>): { params?: Record<string, unknown>; body: Record<string, unknown> };
  /** Where the path of the twin needs the caller. */
  forCaller?(principal: Principal, given: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** Ids may come as digit strings from older clients. */
export const integerId = (value: unknown): unknown => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value);
