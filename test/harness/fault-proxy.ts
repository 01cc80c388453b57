import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that can be cut: what is behind it is then away, as after a pulled cable. */
export interface FaultProxy {
  readonly port: number;
  /** Resets what is open and refuses what comes, until {@link restore}. */
  cut(): void;
  restore(): void;
  /** Swallows everything without a word, also what is opened now, until {@link thaw}: as behind a dead radio link. */
  freeze(): void;
  /** Passes on again what is opened from now on; what was frozen stays dead. */
  thaw(): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of a port of loopback. */
export async function startFaultProxy(target: number, host = '127.0.0.1'): Promise<FaultProxy> {
  let away = false;
  let frozen = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (away) return client.resetAndDestroy();
    if (frozen) {
      open.add(client);
      client.on('error', () => undefined);
      return;
    }
    const behind = connect({ port: target, host });
    for (const [from, to] of [[client, behind], [behind, client]] as const) {
      open.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  const cut = (): void => {
    away = true;
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    restore: () => {
      away = false;
    },
    freeze: () => {
      frozen = true;
      for (const socket of open) socket.unpipe().pause();
    },
    thaw: () => {
      frozen = false;
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
