import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Called for every event that arrives, with the frame it came in: a view, good only during the call. */
export type OnFrame = (frame: Buffer) => void;

/** What arrives is looked at before the next is read, so one buffer is enough for all sockets. */
const ARRIVED = Buffer.alloc(65_536);
const TEXT = 1;
const MASK = 0x80;

/**
 * One Socket.IO connection over a WebSocket that looks at frames and parses nothing: 500 of them have to cost less
 * than the server they measure. Follows RFC 6455 and the Engine.IO 4 and Socket.IO 5 protocols as far as a
 * listener needs them.
 */
export class RawSocket {
  readonly #socket: Socket;
  readonly #token: string;
  readonly #onFrame: OnFrame;
  readonly #onLost: () => void;
  #rest: Buffer = Buffer.alloc(0);
  #upgraded = false;
  #closed = false;
  #connected: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket, token: string, onFrame: OnFrame, onLost: () => void) {
    this.#socket = socket;
    this.#token = token;
    this.#onFrame = onFrame;
    this.#onLost = onLost;
    socket.setNoDelay(true);
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#lost());
  }

  /**
   * Resolves when the namespace has let us in.
   * @param onLost called once when the connection ends without {@link close}
   */
  static open(url: string, token: string, onFrame: OnFrame, onLost: () => void = () => undefined): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect({
      port: Number(port),
      host: hostname,
      onread: {
        buffer: ARRIVED,
        callback: (bytes) => {
          raw.#take(ARRIVED.subarray(0, bytes));
          return true;
        },
      },
    });
    const raw: RawSocket = new RawSocket(socket, token, onFrame, onLost);
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    return new Promise((resolve, reject) => {
      raw.#connected = () => {
        raw.#failed = undefined;
        resolve(raw);
      };
      raw.#failed = reject;
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#closed = true;
    this.#socket.destroy();
  }

  #lost(): void {
    if (this.#failed) this.#failed(new Error('closed by the server'));
    else if (!this.#closed) this.#onLost();
  }

  #take(chunk: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#upgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = Buffer.from(data);
        return;
      }
      this.#upgraded = true;
      data = data.subarray(end + 4);
    }
    this.#rest = this.#frames(data);
  }

  /** Handles every whole frame and answers what is left. Frames of a server are not masked, and ours stay under 64 kB. */
  #frames(data: Buffer): Buffer {
    let at = 0;
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 0x7f;
      const header = short === 126 ? 4 : 2;
      if (data.length - at < header) break;
      const length = short === 126 ? data.readUInt16BE(at + 2) : short;
      if (data.length - at < header + length) break;
      if (((data[at] ?? 0) & 0x0f) === TEXT) this.#packet(data.subarray(at + header, at + header + length));
      at += header + length;
    }
    return at === data.length ? Buffer.alloc(0) : Buffer.from(data.subarray(at));
  }

  #packet(frame: Buffer): void {
    const kind = String.fromCharCode(frame[0] ?? 0);
    if (kind === '2') return this.#send('3');
    if (kind === '0') return this.#send(`40${JSON.stringify({ token: this.#token })}`);
    if (kind !== '4') return;
    const packet = String.fromCharCode(frame[1] ?? 0);
    if (packet === '2') this.#onFrame(frame);
    else if (packet === '0') this.#connected?.();
    else if (packet === '4') this.#failed?.(new Error(`refused: ${frame.toString()}`));
  }

  #send(text: string): void {
    const body = Buffer.from(text);
    const key = randomBytes(4);
    const header = body.length < 126 ? Buffer.from([0x81, MASK | body.length]) : Buffer.from([0x81, MASK | 126, body.length >> 8, body.length & 0xff]);
    for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (key[i % 4] ?? 0);
    this.#socket.write(Buffer.concat([header, key, body]));
  }
}
