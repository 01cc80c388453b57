import type { Principal } from '../auth/principal.ts';
import type { OperationId } from '../http/handler.ts';
import type { SentVersions } from './sent-versions.ts';

/** The parts of the twin's request that a message stands for. */
export interface TwinRequest {
  readonly params?: Record<string, unknown>;
  readonly body: Record<string, unknown>;
  /** Without what the server has added of its own: by this a repetition is known, where it is not the body. */
  readonly asSent?: Record<string, unknown>;
}

/** A client → server message and its HTTP twin, whose validation, roles and rate limit it shares. */
export interface SocketHandler {
  readonly event: string;
  readonly twin: OperationId;
  /** Messages of a socket that build on each other's answers are worked off one after the other. */
  readonly inTurn?: true;
  /** Turns the message into the parts of the twin's request. `clientRequestId` becomes its idempotency key. */
  toRequest(message: Record<string, unknown>, sent: SentVersions): TwinRequest;
  /** What the message calls parameters of the twin's path, where that is another name: errors name what was sent. */
  readonly named?: Readonly<Record<string, string>>;
  /** Where the path of the twin needs the caller. */
  forCaller?(principal: Principal, given: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** The twin has answered: for messages after which the socket knows more of a document than before. */
  answered?(answer: unknown, request: TwinRequest, sent: SentVersions): void;
}

/**
 * A message by which a socket enters a room of its own choice, as long as its twin, which reads what the room is about,
 * lets the person in. Asked again whenever that may have changed.
 */
export interface EnteringHandler extends SocketHandler {
  /** @param params those of the twin, as they came. @returns undefined where they name no room */
  enters(params: Readonly<Record<string, unknown>>): string | undefined;
  /** Adds who is in the room to the twin's answer. */
  withVisitors(answer: unknown, visitors: readonly Visitor[]): unknown;
}

/** A message by which a socket leaves such a room; whether it was in it makes no difference. */
export interface LeavingHandler {
  readonly event: string;
  readonly inTurn?: true;
  /** @throws Problem 400. */
  leaves(message: Record<string, unknown>): string;
}

export type AnySocketHandler = SocketHandler | EnteringHandler | LeavingHandler;

/** Somebody in a room, in however many tabs. */
export interface Visitor {
  readonly id: number;
  readonly name: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Keeps account of who is in which room, in whatever process. Room names are those of {@link EnteringHandler.enters}. */
export interface Visits {
  /** @returns everybody in the room by then */
  entered(room: string, visit: { readonly socketId: string; readonly agentId: number }): Promise<readonly Visitor[]>;
  left(room: string, socketId: string): void;
}

/** Ids may come as digit strings from older clients. */
export const integerId = (value: unknown): unknown => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value);
