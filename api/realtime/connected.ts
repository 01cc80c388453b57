import type { Socket } from 'socket.io';
import { scopeOf, type Principal } from '../auth/principal.ts';
import { rooms } from '../events/event.ts';
import type { SentVersions } from './sent-versions.ts';
import type { EnteringHandler, TwinRequest } from './socket-handler.ts';

/** What is remembered of a socket as long as it is connected. */
export interface Connected {
  principal: Principal;
  readonly token: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** While missed events are replayed the socket is in no room: live ones wait in the outbox. */
  replaying: boolean;
  /** Rooms it has entered by message, and what was asked to be let in. */
  readonly entered: Map<string, { readonly handler: EnteringHandler; readonly request: TwinRequest }>;
  readonly sent: SentVersions;
  /** Ends with the last message that others have to wait for. */
  turn: Promise<unknown>;
}

export const connected = (socket: Socket): Connected => socket.data as Connected;

/** Messages that others have to wait for are worked off one after the other. */
export function inTurn<T>(state: Connected, work: () => Promise<T>): Promise<T> {
  const done = state.turn.then(work);
  state.turn = done.catch(() => undefined);
  return done;
}

/** The person as somebody who asks over this socket. */
export const asCaller = (principal: Principal, socket: Socket): Principal => ({ ...principal, requestId: `socket:${socket.id}`, ip: socket.handshake.address });

/** Puts a socket into the rooms its person belongs in, and into those it has entered. */
export function joinRooms(socket: Socket): void {
  if (!socket.connected) return;
  const { principal, entered } = connected(socket);
  void socket.join([...roomsOf(principal), ...entered.keys()]);
}

export function leaveAll(socket: Socket): void {
  for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
}

/** The rooms a person belongs in. */
export function roomsOf(principal: Principal): string[] {
  const { agentId, role, ledTeamIds } = principal;
  const found: string[] = [rooms.everyone, rooms.user(agentId)];
  if (scopeOf(principal).kind !== 'none') found.push(rooms.agent(agentId));
  if (principal.department) found.push(rooms.department(principal.department));
  if (role === 'admin') found.push(rooms.admins);
  if (role === 'admin' || role === 'manager') found.push(rooms.managers);
  if (role === 'team_leader') found.push(rooms.leaders, ...ledTeamIds.flatMap((team) => [rooms.leadersOf(team), rooms.leaderOf(team, agentId)]));
  if (role === 'cs') found.push(rooms.frontline);
  return found;
}

/** `auth.token`, `auth.sessionId` (the guide's name), the Authorization header, or `?token=`. */
export function tokenOf(socket: Socket): string {
  const { auth, headers, query } = socket.handshake;
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  for (const candidate of [auth['token'], auth['sessionId'], bearer, query['token']]) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
  }
  return '';
}
