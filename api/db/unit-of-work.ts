import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { IsolationLevel, type EntityManager } from '@mikro-orm/postgresql';
import { actorOf, type RecordedEvent } from '../events/event.ts';
import type { Principal } from '../auth/principal.ts';
import { insertAudit, type AuditEntry } from '../audit/audit.repository.ts';
import { insertEvents, type WrittenEvent } from '../events/outbox.repository.ts';
import type { Clock } from './clock.ts';
import { Db, sql, unlessGone } from './db.ts';
import { asksAgain } from './failures.ts';
import { unavailable } from '../errors/problem.ts';

/** A transaction in progress: its rows, its events and its audit entries are committed together or not at all. */
export class Tx extends Db {
  readonly by: Principal;
  readonly now: Date;
  readonly events: RecordedEvent[] = [];
  readonly audits: AuditEntry[] = [];

  constructor(em: EntityManager, by: Principal, now: Date) {
    super(em.getKysely<unknown>({ type: 'write' }), () => em);
    this.by = by;
    this.now = now;
  }

  /** Writes the event to the outbox when the transaction commits. Lock or write its aggregate first. */
  record(event: RecordedEvent): void {
    this.events.push(event);
  }

  audit(entry: AuditEntry): void {
    this.audits.push(entry);
  }
}

/** How often a transaction is tried, and the longest pause before each further time, in milliseconds: those who met do not meet again. */
const TRIES = 5;
const AGAIN_MS = [20, 50, 100, 200];
/** Snapshots that a process reads at a time: each keeps a connection of the pool. */
const SNAPSHOTS = 4;
const SNAPSHOT_MS = 600_000;
const SNAPSHOT_PAUSE_MS = 30_000;
/** PostgreSQL: lock_not_available. */
const LOCKED = '55P03';
/** Whoever works in turn stands before a lock for so long, stays away for so long, and gives up after so long. Milliseconds. */
const TURN = { waitMs: 2000, pauseMs: 500, statementMs: 600_000, allMs: 1_200_000 } as const;

/** Opens transactions. Calls inside a call join the transaction that is already open. */
export class UnitOfWork {
  readonly #em: () => EntityManager;
  /** Knows the connections; no entity ever goes through it. */
  readonly #connections: EntityManager;
  readonly #clock: Clock;
  readonly #current = new AsyncLocalStorage<Tx>();
  #snapshots = 0;
  #onCommit: (events: readonly WrittenEvent[]) => void = () => undefined;
  #outdate: (events: readonly WrittenEvent[]) => Promise<void> = () => Promise.resolve();

  constructor(em: () => EntityManager, clock: Clock) {
    this.#em = em;
    this.#connections = em();
    this.#clock = clock;
  }

  /** Called after every commit that recorded an event, before its caller goes on. */
  set onCommit(listener: (events: readonly WrittenEvent[]) => void) {
    this.#onCommit = listener;
  }

  /** Awaited after every such commit, before anybody hears of it: what is remembered must be out of date by then. Must not fail. */
  set outdate(listener: (events: readonly WrittenEvent[]) => Promise<void>) {
    this.#outdate = listener;
  }

  /** Reads outside a transaction, or inside the one that is open. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return work(this.#current.getStore() ?? this.#outside('write'));
  }

  /**
   * Reads for reports, from a replica where there is one: may be a moment behind, so never for what somebody
   * has just written.
   * @param gone ends the reading, also in the middle of a statement: the rows are for somebody who has gone
   */
  report<T>(work: (db: Db) => Promise<T>, gone?: AbortSignal): Promise<T> {
    return work(this.#current.getStore() ?? this.#outside('read', gone));
  }

  /**
   * What is read in pieces, as all of it stood at one moment. It keeps a connection until the last piece is taken, or no more
   * are; and vacuum from clearing away what has changed since, so that it ends by itself: where nobody takes a piece for
   * half a minute, and after ten. Few are read at a time.
   *
   * @throws Problem 503 before the first piece (too many at a time); Error in the middle (it took too long)
   */
  async *snapshot<T>(read: (db: Db) => AsyncIterable<T>): AsyncGenerator<T> {
    if (this.#snapshots >= SNAPSHOTS) throw unavailable('Too many long answers are being read at the moment.', 10);
    this.#snapshots++;
    const em = this.#em();
    try {
      await em.begin({ isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
      const db = new Db(em.getKysely<unknown>({ type: 'write' }), () => em);
      await db.run(sql`set local idle_in_transaction_session_timeout = ${sql.lit(SNAPSHOT_PAUSE_MS)}`);
      const end = performance.now() + SNAPSHOT_MS;
      for await (const piece of read(db)) {
        if (performance.now() > end) throw new Error('a long answer was not taken in time');
        yield piece;
      }
    } finally {
      this.#snapshots--;
      // Nothing was written; where the connection is gone there is nothing to end.
      if (em.isInTransaction()) await em.rollback().catch(() => undefined);
    }
  }

  /** @param connection `read` may be answered by a replica, a moment behind */
  #outside(connection: 'read' | 'write', gone?: AbortSignal): Db {
    return new Db(this.#connections.getKysely<unknown>({ type: connection }), this.#em, gone);
  }

  /**
   * One transaction. It is repeated when PostgreSQL asks for that (deadlock), so `work` must not have effects
   * outside the database.
   * @param gone breaks it off, also in the middle of a statement, with the signal's reason; nothing is written then
   */
  async write<T>(by: Principal, work: (tx: Tx) => Promise<T>, gone?: AbortSignal): Promise<T> {
    const outer = this.#current.getStore();
    if (outer) return work(outer);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(by, work, gone);
      } catch (error) {
        if (attempt >= TRIES || !asksAgain(error)) throw error;
        await pause(Math.random() * (AGAIN_MS[attempt - 1] ?? 0));
      }
    }
  }

  /**
   * As {@link write}, for work behind the scenes on rows that many write: an import may hold some of them for minutes, and it
   * must not keep others from the rest meanwhile. Where it does not get a lock soon it lets go of everything, and comes back;
   * its own statements may take long. Inside a transaction it is a part of that like any other.
   */
  async writeInTurn<T>(by: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    const outer = this.#current.getStore();
    if (outer) return work(outer);
    const end = performance.now() + TURN.allMs;
    for (;;) {
      try {
        return await this.write(by, async (tx) => {
          await tx.run(sql`set local statement_timeout = ${sql.lit(TURN.statementMs)}`);
          await tx.run(sql`set local lock_timeout = ${sql.lit(TURN.waitMs)}`);
          return work(tx);
        });
      } catch (error) {
        if (sqlState(error) !== LOCKED || performance.now() > end) throw error;
      }
      await pause(TURN.pauseMs);
    }
  }

  async #once<T>(by: Principal, work: (tx: Tx) => Promise<T>, gone: AbortSignal | undefined): Promise<T> {
    const { result, events } = await this.#em().transactional(async (em) => {
      const tx = new Tx(em, by, this.#clock.now());
      const doWork = (): Promise<T> => this.#current.run(tx, () => work(tx));
      const result = await (gone ? unlessGone(em.getKysely<unknown>({ type: 'write' }), this.#connections.getKysely<unknown>({ type: 'write' }), gone, doWork) : doWork());
      await em.flush();
      const events = await insertEvents(tx, tx.events, actorOf(by), tx.now);
      await insertAudit(tx, tx.audits);
      return { result, events };
    });
    if (events.length > 0) {
      await this.#outdate(events);
      this.#onCommit(events);
    }
    return result;
  }
}

const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
