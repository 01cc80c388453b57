import type { Socket } from 'socket.io';
import { conflict, notFound } from '../errors/problem.ts';
import type { Dispatcher } from '../http/dispatcher.ts';
import { toProblem } from '../http/error-handler.ts';
import { connected } from './connected.ts';
import type { EnteringHandler, TwinRequest, Visits } from './socket-handler.ts';

/** Rooms a socket may be in by its own choice. */
const MAX_ENTERED = 100;

/** The rooms that sockets enter by a message, and stay in as long as the message's twin would let them in. */
export class EnteredRooms {
  readonly #dispatcher: Dispatcher;
  readonly #visits: Visits;

  constructor(deps: { dispatcher: Dispatcher; visits: Visits }) {
    this.#dispatcher = deps.dispatcher;
    this.#visits = deps.visits;
  }

  /**
   * @param ask asks the twin, in the socket's name
   * @throws Problem as the twin does, 409 in too many rooms.
   */
  async enter(socket: Socket, handler: EnteringHandler, request: TwinRequest, ask: () => Promise<unknown>): Promise<unknown> {
    const state = connected(socket);
    const { entered, principal } = state;
    const room = handler.enters(request.params ?? {});
    // No id of a room: the twin says what is wrong with it.
    if (room === undefined) return ask();
    const wasIn = entered.has(room);
    if (!wasIn && entered.size >= MAX_ENTERED) throw conflict('too_many_rooms', `Leave some of the ${MAX_ENTERED} rooms first.`);
    // Before it is asked whether it may: what changes about that in the meantime concerns this socket as well.
    entered.set(room, { handler, request });
    try {
      const answer = await ask();
      if (!entered.has(room)) throw notFound('What you asked for');
      if (!state.replaying) void socket.join(room);
      const visitors = await this.#visits.entered(room, { socketId: socket.id, agentId: principal.agentId });
      // It may have gone while that was written down.
      if (!socket.connected || !entered.has(room)) this.#visits.left(room, socket.id);
      return handler.withVisitors(answer, visitors);
    } catch (error) {
      if (!wasIn) this.leave(socket, room);
      throw error;
    }
  }

  leave(socket: Socket, room: string): null {
    void socket.leave(room);
    if (connected(socket).entered.delete(room)) this.#visits.left(room, socket.id);
    return null;
  }

  /** The socket has gone. */
  left(socket: Socket): void {
    for (const room of connected(socket).entered.keys()) this.#visits.left(room, socket.id);
  }

  /** Shows those out of a room who may not read any more what it is about. */
  async letStay(socket: Socket, room: string): Promise<void> {
    const { entered, principal } = connected(socket);
    const visit = entered.get(room);
    if (!visit) return;
    try {
      await this.#dispatcher.ask(visit.handler.twin, principal, visit.request);
    } catch (error) {
      if (toProblem(error).status >= 500) return void socket.conn.close();
      this.leave(socket, room);
      socket.emit('room:left', { room, reason: 'no_access' });
    }
  }
}
