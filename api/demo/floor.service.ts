import { systemPrincipal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { PresenceService } from '../presence/presence.service.ts';
import { CAST } from './crew.ts';
import type { DemoService } from './demo.service.ts';
import { Floor, type Move, type Status } from './floor.ts';
import type { FloorRepository } from './floor.repository.ts';

const SIMULATOR = systemPrincipal('simulator');
/** Status changes of the whole floor are at least so far apart: a board that flickers tells nobody anything. */
const STATUS_PAUSE_MS = 5000;
const TURN_MS = 15_000;
const RENEW_MS = 4000;
const SLEPT_MS = 2 * 60_000;

/**
 * Moves the demo's floor: people come, take contacts, rest and leave; contacts begin and end. Everything goes through
 * the same services as with people, so that boards, figures and queues move.
 */
export class FloorService {
  readonly #uow: UnitOfWork;
  readonly #floors: FloorRepository;
  readonly #demo: DemoService;
  readonly #presence: PresenceService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;
  readonly #holder = newId();
  #floor: Floor | null = null;
  /** The database holds somebody's own data: there is nothing to simulate, now or later. */
  #idle = false;
  #renewedAt = -Infinity;
  #statusAt = -Infinity;

  constructor(deps: {
    uow: UnitOfWork;
    floors: FloorRepository;
    demo: DemoService;
    presence: PresenceService;
    calendar: BusinessCalendar;
    clock: Clock;
  }) {
    this.#uow = deps.uow;
    this.#floors = deps.floors;
    this.#demo = deps.demo;
    this.#presence = deps.presence;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /**
   * Makes the next move if one is due. To be called every second or so by one loop per process; of several processes
   * one simulates and the others stand by.
   *
   * @returns what was done; null when there was nothing to do, it is another process's turn, or there is no demo
   */
  async tick(): Promise<Move['kind'] | null> {
    if (this.#idle) return null;
    const now = this.#clock.now();
    // A process that slept has missed something: it begins again from what the database holds.
    if (now.getTime() - this.#renewedAt > SLEPT_MS) this.#floor = null;
    if (!(await this.#holdTurn(now))) return null;
    this.#floor ??= await this.#begin();
    const floor = this.#floor;
    const move = floor?.next(now.getTime(), now.getTime() - this.#statusAt < STATUS_PAUSE_MS);
    if (!floor || !move) return null;
    try {
      await this.#make(floor, move, now.getTime());
      return move.kind;
    } catch (error) {
      this.#floor = null;
      throw error;
    }
  }

  /** Ends what goes on, and leaves the turn to others. */
  async close(): Promise<void> {
    const worked = this.#floor !== null;
    this.#floor = null;
    if (!worked) return;
    await this.#uow.write(SIMULATOR, async (tx) => {
      await this.#demo.cover(tx);
      await this.#demo.endOpenContacts(tx);
      await this.#floors.leaveTurn(tx, this.#holder);
    });
  }

  async #holdTurn(now: Date): Promise<boolean> {
    if (this.#floor && now.getTime() - this.#renewedAt < RENEW_MS) return true;
    const held = await this.#uow.write(SIMULATOR, async (tx) => {
      const mine = await this.#floors.holdTurn(tx, this.#holder, new Date(now.getTime() + TURN_MS), now);
      if (mine && this.#floor) await this.#demo.cover(tx);
      return mine;
    });
    this.#renewedAt = now.getTime();
    if (!held) this.#floor = null;
    return held;
  }

  /** Tells what was missed, ends what an earlier simulator has left open, and looks who is there. */
  async #begin(): Promise<Floor | null> {
    if ((await this.#demo.open()) === 'own data') {
      this.#idle = true;
      await this.#uow.write(SIMULATOR, (tx) => this.#floors.leaveTurn(tx, this.#holder));
      return null;
    }
    return this.#uow.write(SIMULATOR, async (tx) => {
      await this.#demo.endOpenContacts(tx);
      const placed = await this.#floors.people(tx, CAST.map((person) => person.username));
      const { roster, takes } = await this.#demo.cast(tx, placed);
      return new Floor({ roster, takes, placed, now: tx.now.getTime(), newId });
    });
  }

  async #make(floor: Floor, move: Move, now: number): Promise<void> {
    const { actor } = move;
    const found = await this.#uow.write(SIMULATOR, (tx) => this.#write(tx, move));
    const overruled = !found || found.status !== actor.expected.status || found.reason !== actor.expected.reason;
    if (!overruled && move.to) this.#statusAt = now;
    if (!overruled) return floor.made(move, now);
    if (move.kind === 'finish') floor.made({ ...move, to: null }, now);
    if (found) floor.overruled(actor, found, now);
    else floor.remove(actor);
  }

  /**
   * Writes a move, unless the person has another status by now than the simulator knows: then it was set by somebody,
   * and all that still happens is that a contact ends.
   *
   * @returns the status before; undefined for somebody who is not active any more
   */
  async #write(tx: Tx, move: Move): Promise<Status | undefined> {
    const { actor } = move;
    const found = await this.#floors.statusOf(tx, actor.id);
    const isFree = found?.status === actor.expected.status && found.reason === actor.expected.reason;
    const days = [this.#calendar.dayOf(tx.now)];
    if (move.kind === 'begin' && isFree) days.push(await this.#floors.open(tx, move.contact, actor.id, this.#calendar.timezone, tx.now));
    if (move.kind === 'finish') days.push(...(await this.#floors.close(tx, move.contact, tx.now)));
    if (move.to && isFree) await this.#presence.setStatus(tx.by, actor.id, move.to.status, move.to.reason);
    await this.#demo.contactsChanged(tx, [...new Set(days)].map((date) => ({ agentId: actor.id, date })));
    return found;
  }
}
