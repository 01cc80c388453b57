import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Log } from '../observability/log.ts';
import type { StoredEvent } from './event.ts';
import { eventsAfter, lastSeq } from './outbox.repository.ts';
import { CHANNEL } from './relay.ts';

const BATCH = 500;
/** Behind NOTIFY, should one get lost. */
const POLL_MS = 1000;
/** Between two connections. */
const PAUSE_MS = 500;

interface Connection {
  /** Resolved when it has ended, however. */
  readonly ended: Promise<void>;
}

export type EventListener = (event: StoredEvent) => void | Promise<void>;

/** Follows the numbered events in their order, from the moment it starts, in every process that has listeners. */
export class EventTail {
  readonly #url: string;
  readonly #uow: UnitOfWork;
  readonly #log: Log;
  readonly #listeners: EventListener[] = [];
  readonly #channels = new Map<string, (text: string) => void>();
  #position = 0;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #again = false;
  readonly #close = new AbortController();

  constructor(options: { directUrl: string; uow: UnitOfWork; log: Log }) {
    this.#url = options.directUrl;
    this.#uow = options.uow;
    this.#log = options.log;
  }

  /** The number of the last event every listener has been given. */
  get position(): number {
    return this.#position;
  }

  on(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  /** Listens on a further channel of NOTIFY, over the same connection. Call before `start`. */
  onNotify(channel: string, listener: (text: string) => void): void {
    this.#channels.set(channel, listener);
  }

  /** @returns the number after which it follows */
  async start(): Promise<number> {
    const from = await this.#uow.read(lastSeq);
    this.#position = from;
    void this.#stayConnected(await this.#listen());
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    return from;
  }

  get #closing(): AbortSignal {
    return this.#close.signal;
  }

  /** Reads what is new. Calls during a read make it read once more. */
  wake(): void {
    if (this.#closing.aborted) return;
    this.#again = true;
    this.#reading ??= this.#drain().finally(() => {
      this.#reading = undefined;
    });
  }

  async close(): Promise<void> {
    this.#close.abort();
    clearInterval(this.#timer);
    await this.#client?.end().catch(() => undefined);
    await this.#reading;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#closing.aborted) {
      this.#again = false;
      try {
        for (;;) {
          const events = await this.#uow.read((db) => eventsAfter(db, this.#position, BATCH));
          for (const event of events) await this.#tell(event);
          if (events.length < BATCH) break;
        }
      } catch (error) {
        // The poll tries again; the position has not moved past anything untold.
        if (!this.#closing.aborted) this.#log.warn({ err: error }, 'could not read new events');
      }
    }
  }

  async #tell(event: StoredEvent): Promise<void> {
    this.#position = event.seq;
    for (const listener of this.#listeners) {
      try {
        await listener(event);
      } catch (error) {
        this.#log.error({ err: error, type: event.type, seq: event.seq }, 'an event listener failed');
      }
    }
  }

  /** Follows one connection after the other: the next is tried a while after the last has ended or failed. */
  async #stayConnected(first: Connection): Promise<void> {
    let connection: Connection | undefined = first;
    while (!this.#closing.aborted) {
      await connection?.ended;
      await sleep(PAUSE_MS, undefined, { signal: this.#closing }).catch(() => undefined);
      if (!this.#closing.aborted) connection = await this.#listen().catch((error: unknown) => void this.#log.warn({ err: error }, 'listening for events failed; trying again'));
    }
  }

  /** @throws when there is no connection; then none is left over */
  async #listen(): Promise<Connection> {
    const client = new Client({ connectionString: this.#url, application_name: 'sideline-tail', connectionTimeoutMillis: 5000 });
    client.on('notification', ({ channel, payload }) => {
      if (channel === CHANNEL) this.wake();
      else this.#channels.get(channel)?.(payload ?? '');
    });
    client.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    this.#client = client;
    try {
      await client.connect();
      for (const channel of [CHANNEL, ...this.#channels.keys()]) await client.query(`listen ${channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.wake();
    return { ended };
  }
}
