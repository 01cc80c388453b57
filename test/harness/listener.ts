import type { Socket } from 'socket.io-client';

/** What travels beside an event. */
export interface Meta {
  readonly id: string | null;
  readonly seq: number | null;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly id: number; readonly name: string } | null;
}

export interface Heard {
  readonly name: string;
  readonly payload: unknown;
  readonly meta: Meta;
}

/** Writes down everything a socket hears from now on. */
export function listen(socket: Socket): Heard[] {
  const heard: Heard[] = [];
  socket.onAny((name: string, payload: unknown, meta: Meta) => heard.push({ name, payload, meta }));
  return heard;
}
