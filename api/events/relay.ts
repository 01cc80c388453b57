import { Client } from 'pg';
import type { Log } from '../observability/log.ts';

/** One process at a time numbers events. */
const LOCK = 7_217_002;
const BATCH = 1000;
export const CHANNEL = 'sideline_events';

/**
 * Numbers are given in the order of insertion. The lock on an aggregate's row is held from before its outbox insert
 * until commit, so for one aggregate that order is the order of the commits.
 */
const NUMBER = `
  with pending as materialized (
    select id, occurred_at, nextval('outbox_seq_seq') as seq
    from (select id, occurred_at from outbox where seq is null order by position limit ${BATCH}) unnumbered
  )
  update outbox o set seq = p.seq from pending p where o.id = p.id and o.occurred_at = p.occurred_at`;

/** Hands numbered events to jobs and other durable effects. Must accept the same event more than once. */
export interface EventConsumer {
  readonly name: string;
  /** Resolves when everything between the numbers is safely queued. */
  accept(events: readonly { id: string; seq: number; type: string; payload: unknown }[]): Promise<void>;
}

/**
 * Gives committed events their place in one order, and tells everybody there is something new. Runs in every API
 * process; the holder of an advisory lock does the work, the others stand by. The lock and the numbering share a
 * connection: a process that lost its lock cannot number any more.
 */
export class Relay {
  readonly #url: string;
  readonly #log: Log;
  readonly #pollMs: number;
  readonly #consumers: readonly EventConsumer[];
  #onNumbered: () => void = () => undefined;
  #wake: (() => void) | undefined;
  #nudged = false;
  #closing = false;
  #loop: Promise<void> | undefined;
  #publishing: Promise<void> | undefined;

  constructor(options: { directUrl: string; log: Log; consumers?: readonly EventConsumer[]; pollMs?: number }) {
    this.#url = options.directUrl;
    this.#log = options.log;
    this.#consumers = options.consumers ?? [];
    this.#pollMs = options.pollMs ?? 100;
  }

  /** Called in this process when events were numbered by it, so that its own sockets need not wait for NOTIFY. */
  set onNumbered(listener: () => void) {
    this.#onNumbered = listener;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** There is something to number: called after a commit. */
  nudge(): void {
    this.#nudged = true;
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.nudge();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      try {
        await this.#lead();
      } catch (error) {
        if (!this.#closing) this.#log.warn({ err: error }, 'relay lost its connection; trying again');
        await this.#sleep(1000);
      }
    }
  }

  /** Holds one connection until it breaks or the process ends. */
  async #lead(): Promise<void> {
    const client = new Client({ connectionString: this.#url, application_name: 'sideline-relay', connectionTimeoutMillis: 5000 });
    let broken: Error | undefined;
    client.on('error', (error) => {
      broken = error;
      this.#wake?.();
    });
    try {
      await client.connect();
      while (!this.#closing && !(await this.#tryLock(client))) await this.#sleep(500);
      while (!this.#closing) {
        if (broken) throw broken;
        this.#nudged = false;
        const numbered = (await client.query({ name: 'number', text: NUMBER })).rowCount ?? 0;
        if (numbered > 0) {
          this.#onNumbered();
          await client.query(`notify ${CHANNEL}`);
        }
        // Not waited for: sockets hear of events while a queue is away.
        this.#publishing ??= this.#publish(client).finally(() => {
          this.#publishing = undefined;
        });
        if (numbered < BATCH && !this.#nudged) await this.#sleep(this.#pollMs);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #tryLock(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK]);
    return rows[0]?.held === true;
  }

  /** Marks events as published once every consumer has accepted them. A crash in between hands them over again. */
  async #publish(client: Client): Promise<void> {
    try {
      for (;;) {
        const { rows } = await client.query<{ id: string; seq: string; type: string; payload: unknown }>(
          `select id, seq::text, type, payload from outbox where published_at is null and seq is not null order by outbox.seq limit ${BATCH}`,
        );
        const last = rows.at(-1);
        if (!last) return;
        const events = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
        for (const consumer of this.#consumers) await consumer.accept(events);
        await client.query('update outbox set published_at = now() where published_at is null and seq <= $1', [last.seq]);
      }
    } catch (error) {
      // They stay unpublished and are handed over again with the next round.
      if (!this.#closing) this.#log.warn({ err: error }, 'events could not be handed to the queues; trying again');
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = wake;
    });
  }
}
