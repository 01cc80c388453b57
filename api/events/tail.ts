import { Client } from 'pg';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Log } from '../observability/log.ts';
import type { StoredEvent } from './event.ts';
import { eventsAfter, lastSeq } from './outbox.repository.ts';
import { CHANNEL } from './relay.ts';

const BATCH = 500;
/** Behind NOTIFY, should one get lost. */
const POLL_MS = 1000;

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
  #closing = false;

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
    await this.#listen();
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    return from;
  }

  /** Reads what is new. Calls during a read make it read once more. */
  wake(): void {
    if (this.#closing) return;
    this.#again = true;
    this.#reading ??= this.#drain().finally(() => {
      this.#reading = undefined;
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await this.#client?.end().catch(() => undefined);
    await this.#reading;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#closing) {
      this.#again = false;
      try {
        for (;;) {
          const events = await this.#uow.read((db) => eventsAfter(db, this.#position, BATCH));
          for (const event of events) await this.#tell(event);
          if (events.length < BATCH) break;
        }
      } catch (error) {
        // The poll tries again; the position has not moved past anything untold.
        if (!this.#closing) this.#log.warn({ err: error }, 'could not read new events');
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

  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.#url, application_name: 'sideline-tail', connectionTimeoutMillis: 5000 });
    this.#client = client;
    client.on('notification', ({ channel, payload }) => {
      if (channel === CHANNEL) this.wake();
      else this.#channels.get(channel)?.(payload ?? '');
    });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#closing) setTimeout(() => this.#relisten(), 500);
    });
    await client.connect();
    for (const channel of [CHANNEL, ...this.#channels.keys()]) await client.query(`listen ${channel}`);
    this.wake();
  }

  #relisten(): void {
    if (this.#closing) return;
    this.#listen().catch((error: unknown) => {
      this.#log.warn({ err: error }, 'listening for events failed; trying again');
      setTimeout(() => this.#relisten(), 1000);
    });
  }
}
