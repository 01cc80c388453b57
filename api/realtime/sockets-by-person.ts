import type { Socket } from 'socket.io';
import type { PrincipalRef } from '../auth/principal.ts';

/** Which sockets are whose, whatever rooms they are in at the moment. */
export class SocketsByPerson {
  readonly #sockets = new Map<PrincipalRef, Set<Socket>>();

  add(agentId: number, socket: Socket): void {
    const known = this.#sockets.get(agentId);
    if (known) known.add(socket);
    else this.#sockets.set(agentId, new Set([socket]));
  }

  remove(agentId: number, socket: Socket): void {
    const known = this.#sockets.get(agentId);
    known?.delete(socket);
    if (known?.size === 0) this.#sockets.delete(agentId);
  }

  /** API keys have none. */
  of(agentIds: readonly PrincipalRef[]): Socket[] {
    return [...new Set(agentIds)].flatMap((agentId) => [...(this.#sockets.get(agentId) ?? [])]);
  }
}
