/** One socket, as told to whoever keeps account of who is there. */
export interface NewSocket {
  readonly agentId: number;
  readonly socketId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface SocketLife {
  /** Something was heard from the other side. */
  heard(): void;
  /** @param noticedAtOnce false when the end was only noticed because nothing was heard for a while */
  ended(reason: string, noticedAtOnce: boolean): void;
}

/** Keeps account of the sockets of a process. */
export interface SocketLives {
  began(socket: NewSocket): SocketLife;
}
