import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { CrashRig } from './rig.ts';

const RETRY_MS = 25;
const PATIENCE_MS = 60_000;

/** Writes notes one after the other, each until it is acknowledged, as a client with an outbox does. */
export class NoteWriter {
  readonly #rig: CrashRig;
  /** Acknowledged notes: id by content. */
  readonly acknowledged = new Map<string, string>();
  /** Contents of notes that were sent at least once. */
  readonly attempted = new Set<string>();
  /** Answers that no client should get, whatever is being killed. */
  readonly strange: string[] = [];
  /** How often a request had to be repeated. */
  repetitions = 0;
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(rig: CrashRig) {
    this.#rig = rig;
  }

  start(): void {
    this.#running = this.#write();
  }

  /** Ends after the note at hand is acknowledged. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #write(): Promise<void> {
    while (!this.#stopping) {
      const content = randomUUID();
      this.attempted.add(content);
      for (const deadline = Date.now() + PATIENCE_MS; !(await this.#send(content)); this.repetitions++) {
        if (Date.now() > deadline) throw new Error(`a note was not acknowledged within ${PATIENCE_MS} ms; the API said:\n${this.#rig.said}`);
        await sleep(RETRY_MS);
      }
    }
  }

  /** One attempt; false asks for another one. */
  async #send(content: string): Promise<boolean> {
    const { url, leader, agent } = this.#rig;
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${url}/api/quick-notes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${leader.token}`, 'Idempotency-Key': content },
        body: JSON.stringify({ agentId: agent.id, noteType: 'COACHING', content }),
        signal: AbortSignal.timeout(10_000),
      });
      text = await answer.text();
    } catch {
      return false;
    }
    if (answer.status === 201) {
      this.acknowledged.set(content, (JSON.parse(text) as { id: string }).id);
      return true;
    }
    // Away, or the attempt before is still at work. Anything else would be told to a person as an error.
    if (answer.status !== 503 && answer.status !== 409) this.strange.push(`${answer.status} ${text}`);
    return false;
  }
}

/** Hears of notes, comes back whenever the connection breaks and asks for what it missed. */
export class NoteListener {
  readonly #socket: Socket;
  readonly heard = new Set<string>();
  readonly strange: string[] = [];
  connections = 0;
  #lastSeq: number | undefined;

  constructor(rig: CrashRig) {
    this.#socket = io(rig.url, {
      transports: ['websocket'],
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      auth: (give) => give({ token: rig.agent.token, ...(this.#lastSeq === undefined ? {} : { lastSeq: this.#lastSeq }) }),
    });
    this.#socket.on('connect', () => this.connections++);
    this.#socket.on('connect_error', (error) => {
      // A database that is away refuses nobody for good.
      if (!this.#socket.active) setTimeout(() => this.#socket.connect(), 100);
      if ('data' in error && (error.data as { status: number }).status === 401) this.strange.push(`refused: ${JSON.stringify(error.data)}`);
    });
    this.#socket.on('resync', (payload: unknown) => this.strange.push(`resync ${JSON.stringify(payload)}`));
    this.#socket.on('session_ended', (payload: unknown) => this.strange.push(`session_ended ${JSON.stringify(payload)}`));
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.strange.push('told to go away');
    });
    this.#socket.on('quickNote:created', (note: { id: string }, meta: { seq: number }) => {
      this.heard.add(note.id);
      this.#lastSeq = Math.max(this.#lastSeq ?? 0, meta.seq);
    });
  }

  async connected(): Promise<void> {
    while (!this.#socket.connected) await sleep(10);
    // Before the first event: from here on nothing may be missed.
    const { data } = await this.#socket.emitWithAck('resume', {});
    this.#lastSeq ??= data.seq as number;
  }

  stop(): void {
    this.#socket.disconnect();
  }
}
