import type { Socket } from 'socket.io';
import type { Authenticator } from '../auth/authenticator.ts';
import { badRequest, Problem } from '../errors/problem.ts';
import type { Dispatcher } from '../http/dispatcher.ts';
import { problemBody, toProblem } from '../http/error-handler.ts';
import type { Log } from '../observability/log.ts';
import { asCaller, connected, inTurn } from './connected.ts';
import type { EnteredRooms } from './entered-rooms.ts';
import type { AnySocketHandler } from './socket-handler.ts';

type Ack = (answer: { ok: true; data: unknown } | { ok: false; error: unknown }) => void;

const LEAVE_LIMIT = { windowSeconds: 60, max: 1200 };
/** Coming back may cost the reading of thousands of events; nobody's connection breaks more often than this. */
const RESUME_LIMIT = { windowSeconds: 60, max: 60 };

/** Takes a socket back to where it was. @param after the number of the last event it has seen */
export type Resume = (socket: Socket, after: number | undefined) => Promise<unknown>;

/** Answers what clients send: each message as its HTTP twin would. */
export class SocketMessages {
  readonly #authenticator: Authenticator;
  readonly #dispatcher: Dispatcher;
  readonly #handlers: readonly AnySocketHandler[];
  readonly #entered: EnteredRooms;
  readonly #resume: Resume;
  readonly #log: Log;

  constructor(deps: { authenticator: Authenticator; dispatcher: Dispatcher; handlers: readonly AnySocketHandler[]; entered: EnteredRooms; resume: Resume; log: Log }) {
    this.#authenticator = deps.authenticator;
    this.#dispatcher = deps.dispatcher;
    this.#handlers = deps.handlers;
    this.#entered = deps.entered;
    this.#resume = deps.resume;
    this.#log = deps.log;
  }

  listenTo(socket: Socket): void {
    const state = connected(socket);
    for (const handler of this.#handlers) {
      socket.on(handler.event, (...rest: unknown[]) => void this.#answer(socket, rest.at(-1), () => {
        const work = (): Promise<unknown> => this.#handle(socket, handler, rest[0]);
        return handler.inTurn ? inTurn(state, work) : work();
      }));
    }
    // A misspelt message is answered too: silence would look like a slow network.
    socket.onAny((event: string, ...rest: unknown[]) => {
      if (socket.listenerCount(event) > 0) return;
      void this.#answer(socket, rest.at(-1), () => Promise.reject(badRequest('unknown_event', `There is no message ${event.slice(0, 60)}.`)));
    });
    socket.on('resume', (...rest: unknown[]) => void this.#answer(socket, rest.at(-1), async () => {
      await this.#dispatcher.count('resume', RESUME_LIMIT, state.principal);
      return this.#resume(socket, seqOf(rest[0]));
    }));
  }

  async #answer(socket: Socket, ack: unknown, work: () => Promise<unknown>): Promise<void> {
    const reply = typeof ack === 'function' ? (ack as Ack) : undefined;
    try {
      const data = await work();
      reply?.({ ok: true, data });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) this.#log.error({ err: error, socket: socket.id }, problem.message);
      const body = problemBody(problem, 'socket', `socket:${socket.id}`);
      if (reply) reply({ ok: false, error: body });
      else socket.emit('error', body);
    }
  }

  async #handle(socket: Socket, handler: AnySocketHandler, message: unknown): Promise<unknown> {
    const { token, sent } = connected(socket);
    // Asked for every message: a role may have changed since the handshake, and the answer is remembered anyway.
    const principal = asCaller((await this.#authenticator.token(token)).principal, socket);
    const fields = typeof message === 'object' && message !== null ? { ...(message as Record<string, unknown>) } : {};
    const { clientRequestId, ...rest } = fields;
    if ('leaves' in handler) {
      await this.#dispatcher.count(handler.event, LEAVE_LIMIT, principal);
      return this.#entered.leave(socket, handler.leaves(rest));
    }
    const request = handler.toRequest(rest, sent);
    const params = { ...request.params, ...handler.forCaller?.(principal, request.params ?? {}) };
    const ask = async (): Promise<unknown> => {
      const answer = await this.#dispatcher.dispatch(handler.twin, principal, { ...request, params }, clientRequestId).catch((error: unknown) => {
        throw asSent(error, handler.named ?? {});
      });
      handler.answered?.(answer, request, sent);
      return answer;
    };
    return 'enters' in handler ? this.#entered.enter(socket, handler, request, ask) : ask();
  }
}

/** @throws Problem 400 for a number that is none; undefined when none is given. */
function seqOf(message: unknown): number | undefined {
  const seq = typeof message === 'object' && message !== null && 'seq' in message ? message.seq : undefined;
  if (seq === undefined || (typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0)) return seq;
  throw badRequest('validation_failed', '/body/seq must be the number of an event.', [{ path: '/body/seq', message: 'must be the number of an event' }]);
}

/** A refusal that names the fields as the message does. */
function asSent(error: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof Problem) || !error.details) return error;
  const renamed = (text: string): string => Object.entries(names).reduce((said, [parameter, name]) => said.replaceAll(`/path/${parameter}`, `/body/${name}`), text);
  const details = error.details.map((detail) => ({ ...detail, path: renamed(detail.path) }));
  return new Problem(error.status, error.code, renamed(error.message), { details, headers: { ...error.headers }, extensions: error.extensions, cause: error.cause });
}
