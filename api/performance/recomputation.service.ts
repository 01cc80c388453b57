import { systemPrincipal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { AgentFiguresRepository, CurrentFigures, FigureSources, StoredFigures } from './agent-figures.repository.ts';
import { addDays, type BusinessCalendar } from './business-day.ts';
import { figureOf } from './metric-definitions.ts';
import { daysMarkedStale, daysRecomputed, performanceUpdate } from './performance.events.ts';
import { LEVEL_CONSTANTS, performanceLevel } from './performance-level.ts';
import type { AgentDay, RecomputedDaysRepository } from './recomputed-days.repository.ts';
import { resolveTeamSettings } from './team-settings.ts';

/** Announces people as they now look; the agents room lends it. */
export type AnnouncePeople = (tx: Tx, ids: readonly number[]) => Promise<void>;

export interface RecomputeOptions {
  /** Tells nobody about single people: for imports and seeds, which make one event of their own. */
  readonly quiet?: boolean;
}

/** Days per transaction: short enough to let writers of the same days through, long enough to be set-wise. */
const BATCH = 5000;

/** People per transaction: they are locked meanwhile, and want to change their status. */
const PEOPLE_BATCH = 200;

const SYSTEM = systemPrincipal('performance');

/** Keeps the daily rows and the current figures equal to the interactions and the presence ledger behind them. */
export class RecomputationService {
  readonly #uow: UnitOfWork;
  readonly #days: RecomputedDaysRepository;
  readonly #figures: AgentFiguresRepository;
  readonly #calendar: BusinessCalendar;
  readonly #announce: AnnouncePeople;

  constructor(deps: {
    uow: UnitOfWork;
    days: RecomputedDaysRepository;
    figures: AgentFiguresRepository;
    calendar: BusinessCalendar;
    announce: AnnouncePeople;
  }) {
    this.#uow = deps.uow;
    this.#days = deps.days;
    this.#figures = deps.figures;
    this.#calendar = deps.calendar;
    this.#announce = deps.announce;
  }

  /**
   * To be called in every transaction that adds, changes or removes interactions or presence, with the days before and
   * after the change. The recomputation follows by itself once the transaction is committed.
   */
  async markStale(tx: Tx, days: readonly AgentDay[]): Promise<void> {
    if (days.length === 0) return;
    await this.#days.markStale(tx, days);
    tx.record(daysMarkedStale.record('days', { days: days.length }, {}));
  }

  /** The figures of these people follow once the transaction is committed, though none of their days changed. */
  async markFiguresStale(tx: Tx, agentIds: readonly number[]): Promise<void> {
    if (agentIds.length === 0) return;
    await this.#figures.markStale(tx, agentIds);
    tx.record(daysMarkedStale.record('days', { days: 0 }, {}));
  }

  /** After a team changed its settings: recomputes days judged by another policy, and levels measured by other targets. */
  async applyTeamPolicy(teamId: string): Promise<void> {
    const members = await this.#uow.writeInTurn(SYSTEM, async (tx) => {
      await this.#days.awaitRecomputations(tx);
      await this.#days.markPolicyStale(tx, teamId);
      return this.#figures.members(tx, teamId);
    });
    await this.recomputeStaleDays();
    await this.refreshFigures(members);
  }

  /**
   * Recomputes every marked day that nobody else is at work on, and then the figures of the people concerned. Several
   * of these may run at once, and beside writers: a day whose mark is held by a writer stays marked. What one that was
   * killed has left undone, days or figures, the next one does.
   *
   * @returns how many days' rows changed
   */
  async recomputeStaleDays(options: RecomputeOptions = {}): Promise<number> {
    let changed = 0;
    for (;;) {
      const batch = await this.#uow.writeInTurn(SYSTEM, (tx) => this.#recomputeBatch(tx));
      changed += batch.changed.length;
      // Not in the same transaction: it locks people, and writers lock people before they mark days.
      const people = await this.#uow.read((db) => this.#figures.stale(db));
      if (people.length > 0) await this.refreshFigures(people, options);
      // Newest days first, and each batch with its figures: a long backlog does not hold up today.
      if (batch.claimed < BATCH) return changed;
    }
  }

  /** Recomputes all days from `from` to `to`, both included: for the nightly close, seeds and repairs. */
  async aggregateRange(from: string, to: string, options: RecomputeOptions = {}): Promise<number> {
    await this.#uow.writeInTurn(SYSTEM, (tx) => this.#days.markRangeStale(tx, from, to, tx.now));
    return this.recomputeStaleDays(options);
  }

  /**
   * Closes yesterday and every day before it that was missed while nothing ran, opens today; the counters of the day
   * start again for everybody. Run by several at once, or again, it does nothing more.
   */
  async aggregateLastDays(): Promise<void> {
    await this.#uow.writeInTurn(SYSTEM, (tx) => this.#markLastDays(tx));
    await this.recomputeStaleDays();
    await this.refreshFigures('everybody');
  }

  /** Marks last as well: when it was aggregated it was not over yet. */
  async #markLastDays(tx: Tx): Promise<void> {
    const today = this.#calendar.dayOf(tx.now);
    const yesterday = addDays(today, -1);
    const last = (await this.#days.aggregatedTo(tx, today, tx.now)) ?? yesterday;
    // The marks are in the same transaction: a day that counts as aggregated is, or is on the list.
    await this.#days.markRangeStale(tx, last < yesterday ? last : yesterday, today, tx.now);
    await this.#days.markJoinedStale(tx);
  }

  /** Brings the figures in people's rows up to date, and tells who hears about them what changed. */
  async refreshFigures(agentIds: readonly number[] | 'everybody', options: RecomputeOptions = {}): Promise<void> {
    const ids = agentIds === 'everybody' ? await this.#uow.read((db) => this.#figures.everybody(db)) : agentIds.toSorted((a, b) => a - b);
    for (let start = 0; start < ids.length; start += PEOPLE_BATCH) await this.#refresh(ids.slice(start, start + PEOPLE_BATCH), options);
  }

  #refresh(ids: readonly number[], { quiet = false }: RecomputeOptions): Promise<void> {
    return this.#uow.writeInTurn(SYSTEM, async (tx) => {
      const stored = await this.#figures.lock(tx, ids);
      await this.#figures.unmark(tx, ids);
      const today = this.#calendar.dayOf(tx.now);
      const sources = await this.#figures.sources(tx, ids, addDays(today, 1 - LEVEL_CONSTANTS.days), today);
      const fresh = new Map(sources.map((source) => [source.agentId, currentFigures(source)]));
      const changes = stored.flatMap((before) => {
        const after = fresh.get(before.agentId);
        const changed = after ? changedKeys(before, after, today) : [];
        return after && changed.length > 0 ? [{ agentId: before.agentId, department: before.department, after, changed }] : [];
      });
      await this.#figures.store(tx, changes.map(({ agentId, after }) => ({ agentId, ...after })), today);
      if (!quiet) await this.#tell(tx, changes);
    });
  }

  async #recomputeBatch(tx: Tx): Promise<{ claimed: number; changed: AgentDay[] }> {
    await this.#days.holdPolicies(tx);
    const claimed = await this.#days.claimStale(tx, BATCH);
    const changed = await this.#days.recompute(tx, claimed, tx.now);
    if (changed.length > 0) {
      const people = [...new Set(changed.map((day) => day.agentId))];
      await this.#figures.markStale(tx, people);
      const teamIds = await this.#days.teamsOf(tx, people);
      tx.record(daysRecomputed.record('days', { teamIds, days: changed.length }, {}));
    }
    return { claimed: claimed.length, changed };
  }

  async #tell(tx: Tx, changes: readonly { agentId: number; department: string; after: CurrentFigures; changed: readonly FigureKey[] }[]): Promise<void> {
    const timestamp = tx.now.toISOString();
    for (const { agentId, department, after, changed } of changes) {
      for (const metric of changed) {
        // The level is no number: it travels with the person as a whole.
        if (metric === 'performanceLevel') continue;
        tx.record(performanceUpdate.record(agentId, { agentId, metric, value: after[metric], timestamp }, { agentId, departments: [department] }));
      }
    }
    await this.#announce(tx, changes.filter((change) => change.changed.includes('performanceLevel')).map((change) => change.agentId));
  }
}

type FigureKey = keyof CurrentFigures;
const FIGURE_KEYS: readonly FigureKey[] = [
  'totalTicketsHandled', 'avgResponseTime', 'customerSatisfaction', 'ticketsResolvedToday', 'messagesHandledToday',
  'onlineHoursToday', 'performanceLevel',
];

/** Counters that begin at 0 every business day. */
const DAY_KEYS: readonly FigureKey[] = ['ticketsResolvedToday', 'messagesHandledToday', 'onlineHoursToday'];

/** On a new day whoever asked has read 0, whoever did not still shows yesterday's: only what is neither is no news. */
function changedKeys(before: StoredFigures, after: CurrentFigures, today: string): FigureKey[] {
  const isNewDay = before.day !== today;
  return FIGURE_KEYS.filter((key) => before[key] !== after[key] || (isNewDay && DAY_KEYS.includes(key) && after[key] !== 0));
}

function currentFigures(source: FigureSources): CurrentFigures {
  return {
    totalTicketsHandled: source.totalHandled,
    avgResponseTime: figureOf('avgResponseTime', source.sums),
    customerSatisfaction: figureOf('csat', source.sums),
    ticketsResolvedToday: source.resolvedToday,
    messagesHandledToday: source.handledToday,
    onlineHoursToday: Math.round(source.onlineToday * 100) / 100,
    performanceLevel: performanceLevel(source.sums, resolveTeamSettings(source.settings).targets).level,
  };
}
