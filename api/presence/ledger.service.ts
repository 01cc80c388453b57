import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import { isManager, scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, conflict, forbidden, notFound, unprocessable } from '../errors/problem.ts';
import { addDays, datesFrom, daysBetween, type BusinessCalendar } from '../performance/business-day.ts';
import type { CorrectionRow, DaySpan, IntervalRow, LedgerRepository, NewCorrection, StatusSeconds } from './ledger.repository.ts';
import { presenceCorrected } from './presence.events.ts';
import type { PresenceService } from './presence.service.ts';
import type { StatusReasons } from './status-reasons.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
  readonly status: OnlineStatus;
  readonly statusReason?: string | undefined;
  readonly reasonCode?: string | undefined;
  /** Why the record is wrong. */
  readonly reason: string;
}

export interface PresenceRecord {
  readonly agentId: number;
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly asOf: Date;
  readonly intervals: readonly IntervalRow[];
  readonly corrections: readonly CorrectionRow[];
  readonly days: readonly (DaySpan & { readonly seconds: StatusSeconds })[];
}

const MAX_DAYS = 31;

/** The record of people's presence: reads it, and corrects it without ever deleting. */
export class LedgerService {
  readonly #uow: UnitOfWork;
  readonly #ledger: LedgerRepository;
  readonly #presence: PresenceService;
  readonly #agents: AgentsService;
  readonly #reasons: StatusReasons;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: {
    uow: UnitOfWork;
    ledger: LedgerRepository;
    presence: PresenceService;
    agents: AgentsService;
    reasons: StatusReasons;
    calendar: BusinessCalendar;
    clock: Clock;
  }) {
    this.#uow = deps.uow;
    this.#ledger = deps.ledger;
    this.#presence = deps.presence;
    this.#agents = deps.agents;
    this.#reasons = deps.reasons;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /**
   * The record of the business days from `from` to `to`, both included; default today.
   * @throws Problem 400 (period), 404 outside the caller's scope.
   */
  read(by: Principal, agentId: number, from?: string, to?: string): Promise<PresenceRecord> {
    const asOf = this.#clock.now();
    const days = this.#days(asOf, from, to);
    return this.#uow.read(async (db) => {
      if (!(await this.#ledger.inScope(db, scopeOf(by), agentId))) throw notFound('Agent');
      const [first, last] = [days[0]!, days.at(-1)!]; // a period has at least one day
      const intervals = await this.#ledger.intervals(db, scopeOf(by), agentId, first.opens, last.closes);
      const corrections = await this.#ledger.corrections(db, agentId, first.opens, last.closes);
      const seconds = await this.#ledger.seconds(db, agentId, days.map((day) => ({ ...day, closes: earlier(day.closes, asOf) })));
      const measured = days.map((day, n) => ({ ...day, seconds: seconds[n]! })); // one row per day
      return { agentId, from: first.date, to: last.date, timezone: this.#calendar.timezone, asOf, intervals, corrections, days: measured };
    });
  }

  /**
   * Says that somebody was in another status than the record has it. What was recorded is put aside, not deleted.
   * @throws Problem 403 (one's own record), 404 outside the caller's scope, 409 (the record says so already), 422 (the
   * period is in the future, before the record, or the wrong way round; a reason that the team does not have).
   */
  correct(by: Principal, agentId: number, wanted: Correction): Promise<CorrectionRow> {
    return this.#uow.write(by, async (tx) => {
      if (!(await this.#ledger.inScope(tx, scopeOf(by), agentId))) throw notFound('Agent');
      if (by.agentId === agentId && !isManager(by)) throw forbidden('Somebody else must correct your record.', 'own_record');
      const { teamId } = await this.#presence.settled(tx, agentId);
      const [from, to] = [new Date(wanted.from), new Date(wanted.to)];
      await this.#assertWithinRecord(tx, agentId, from, to);
      const said = await this.#reasons.resolve(tx, teamId, { status: wanted.status, reason: wanted.statusReason ?? null, reasonCode: wanted.reasonCode ?? null });
      const before = (await this.#ledger.intervals(tx, scopeOf(by), agentId, from, to)).filter((row) => row.supersededAt === null);
      if (covers(before, from, to) && before.every((row) => row.status === said.status && row.reason === said.reason)) throw conflict('already_so', 'The record says so already.');
      const correction: NewCorrection = { id: newId(), agentId, from, to, status: said.status, statusReason: said.reason, reasonCode: said.reasonCode, reason: wanted.reason };
      await this.#ledger.correct(tx, correction, by.agentId || null, tx.now);
      await this.#follows(tx, correction, before);
      return (await this.#ledger.correction(tx, correction.id))!; // written above
    });
  }

  async #follows(tx: Tx, { id, agentId, from, to, status, reason }: NewCorrection, before: readonly IntervalRow[]): Promise<void> {
    await this.#presence.recount(tx, [agentId]);
    await this.#presence.markDays(tx, agentId, from, to);
    const period = { from: from.toISOString(), to: to.toISOString() };
    tx.record(presenceCorrected.record(agentId, { agentId, correctionId: id, ...period }, { agentId }));
    // The present status may have begun at another time than was shown so far.
    await this.#agents.announce(tx, [agentId]);
    const was = before.map((row) => ({ status: row.status, startedAt: row.startedAt, endedAt: row.endedAt }));
    tx.audit({ action: 'presence.correct', targetType: 'agent', targetId: agentId, before: { intervals: was }, after: { correctionId: id, status, reason, ...period } });
  }

  async #assertWithinRecord(tx: Tx, agentId: number, from: Date, to: Date): Promise<void> {
    if (from >= to) throw refused('/body/to', 'is not after from');
    if (to > tx.now) throw refused('/body/to', 'is in the future');
    const begins = await this.#ledger.beginsAt(tx, agentId);
    if (!begins || from < begins) throw refused('/body/from', begins ? `is before the record begins, at ${begins.toISOString()}` : 'has no record to correct');
  }

  #days(now: Date, from?: string, to?: string): DaySpan[] {
    const last = to ?? this.#calendar.dayOf(now);
    const first = from ?? last;
    if (first > last) throw badPeriod('/query/from', 'is after to');
    if (daysBetween(first, last) >= MAX_DAYS) throw badPeriod('/query/from', `is more than ${MAX_DAYS} days before to`);
    return datesFrom(first, last).map((date) => ({ date, opens: this.#calendar.startOf(date), closes: this.#calendar.startOf(addDays(date, 1)) }));
  }
}

/** Whether the intervals, oldest first, leave no gap between two instants. Only history from elsewhere has gaps. */
function covers(intervals: readonly IntervalRow[], from: Date, to: Date): boolean {
  let reach = from.getTime();
  for (const { startedAt, endedAt } of intervals) {
    if (Date.parse(startedAt) > reach) return false;
    reach = Math.max(reach, endedAt === null ? Infinity : Date.parse(endedAt));
  }
  return reach >= to.getTime();
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const refused = (path: string, message: string) => unprocessable('outside_the_record', `${path} ${message}.`, [{ path, message }]);
const badPeriod = (path: string, message: string) => badRequest('invalid_period', `${path} ${message}.`, [{ path, message, code: 'period' }]);
