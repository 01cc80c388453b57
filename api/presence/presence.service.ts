import type { ActivityService } from '../activity/activity.service.ts';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import { leads, systemPrincipal, type Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound } from '../errors/problem.ts';
import { datesFrom, type BusinessCalendar } from '../performance/business-day.ts';
import { nextTransition, type PresenceSource } from './follow.ts';
import { agentOffline, agentOnline, agentStatusChange } from './presence.events.ts';
import type { LockedStatus, PresenceRepository, StatusNow } from './presence.repository.ts';
import type { OfferedReasons, StatusReasons } from './status-reasons.ts';

/** One person on one business day. */
interface PersonDay {
  readonly agentId: number;
  readonly date: string;
}

const FOLLOWER = systemPrincipal('presence');
/** More changes than this at once mean a mistake, not a person. */
const MOST_TRANSITIONS = 1000;

/** Sets statuses, lets them follow the sockets, and keeps their ledger. */
export class PresenceService {
  readonly #uow: UnitOfWork;
  readonly #presence: PresenceRepository;
  readonly #agents: AgentsService;
  readonly #activity: ActivityService;
  readonly #reasons: StatusReasons;
  readonly #calendar: BusinessCalendar;
  readonly #markStale: (tx: Tx, days: readonly PersonDay[]) => Promise<void>;

  constructor(deps: {
    uow: UnitOfWork;
    presence: PresenceRepository;
    agents: AgentsService;
    activity: ActivityService;
    reasons: StatusReasons;
    calendar: BusinessCalendar;
    markStale: (tx: Tx, days: readonly PersonDay[]) => Promise<void>;
  }) {
    this.#uow = deps.uow;
    this.#presence = deps.presence;
    this.#agents = deps.agents;
    this.#activity = deps.activity;
    this.#reasons = deps.reasons;
    this.#calendar = deps.calendar;
    this.#markStale = deps.markStale;
  }

  /**
   * Sets a person's status. Setting what already is changes nothing and tells nobody.
   * @throws Problem 403 (not yours to set), 404, 409 (not active any more), 422 (no reason of the team's).
   */
  setStatus(by: Principal, agentId: number, status: OnlineStatus, reason: string | null, reasonCode: string | null = null): Promise<AgentRow> {
    return this.#uow.write(by, async (tx) => {
      const found = await this.#presence.lock(tx, agentId);
      if (!found) throw notFound('Agent');
      if (by.agentId !== agentId && !leads(by, found.teamId)) throw forbidden('You may set the status of yourself and of people you lead.');
      if (!found.isActive) throw conflict('agent_inactive', 'A person who is not active has no status.');
      const next = await this.#reasons.resolve(tx, found.teamId, { status, reason, reasonCode });
      const current = await this.#follow(tx, agentId, found);
      if (current.status !== next.status || current.reason !== next.reason || current.reasonCode !== next.reasonCode) {
        const source = by.kind === 'system' ? 'system' : by.key ? 'host' : by.agentId === agentId ? 'self' : 'leader';
        await this.#change(tx, agentId, current, next, source, tx.now);
      }
      return this.#agents.get(agentId);
    });
  }

  /** Somebody is deactivated: what they were in ends now. Connecting after they are active again undoes it. */
  end(tx: Tx, agentId: number): Promise<void> {
    return this.#locked(tx, agentId, async (found) => {
      const current = await this.#follow(tx, agentId, found);
      if (current.status !== 'offline') await this.#change(tx, agentId, current, OFFLINE, 'deactivated', tx.now);
    });
  }

  /**
   * Somebody's status with everything written that their sockets call for, locked until the transaction ends.
   * @throws Problem 404.
   */
  async settled(tx: Tx, agentId: number): Promise<LockedStatus> {
    const found = await this.#presence.lock(tx, agentId);
    if (!found) throw notFound('Agent');
    return this.#follow(tx, agentId, found);
  }

  /** What may be given as the reason of a person's status. @throws Problem 404. */
  async reasonsFor(agentId: number): Promise<OfferedReasons> {
    const { teamId } = await this.#agents.get(agentId);
    return this.#uow.read((db) => this.#reasons.offered(db, teamId));
  }

  /** Whoever writes the ledger of people in sets says so here: the hours of today are counted anew. */
  async recount(tx: Tx, agentIds: readonly number[]): Promise<void> {
    await this.#presence.recount(tx, agentIds, this.#today(tx));
  }

  /** The rows of these days are computed anew. */
  async markDays(tx: Tx, agentId: number, from: Date, to: Date): Promise<void> {
    await this.#markStale(tx, datesFrom(this.#calendar.dayOf(from), this.#calendar.dayOf(to)).map((date) => ({ agentId, date })));
  }

  /** Lets people's statuses follow their sockets, each in a transaction of its own. Repeating it changes nothing. */
  async follow(agentIds: readonly number[]): Promise<void> {
    for (const agentId of agentIds) {
      await this.#uow.write(FOLLOWER, (tx) => this.#locked(tx, agentId, async (found) => void (await this.#follow(tx, agentId, found))));
    }
  }

  /** The same for everybody whose sockets have been silent for a grace, or who are back. */
  async followEverybody(now: Date): Promise<void> {
    await this.follow(await this.#uow.read((db) => this.#presence.due(db, now)));
  }

  async #locked(tx: Tx, agentId: number, work: (found: LockedStatus) => Promise<void>): Promise<void> {
    const found = await this.#presence.lock(tx, agentId);
    if (found) await work(found);
  }

  /** Writes what the sockets call for by now; answers the status after that. */
  async #follow(tx: Tx, agentId: number, found: LockedStatus): Promise<LockedStatus> {
    let current = found;
    for (let n = 0; n < MOST_TRANSITIONS; n++) {
      const { status, source, startedAt, heldFrom } = current;
      const open = source && startedAt ? { status, source, startedAt: startedAt.getTime(), heldFrom: (heldFrom ?? startedAt).getTime() } : null;
      const next = nextTransition(open, await this.#presence.sessionsSince(tx, agentId, heldFrom ?? startedAt), tx.now.getTime());
      if (!next || (next.status === 'online' && !current.isActive)) return current;
      current = await this.#change(tx, agentId, current, { status: next.status, reason: null, reasonCode: null }, next.source, new Date(next.at), next.heldFrom === undefined ? null : new Date(next.heldFrom));
    }
    throw new Error(`the presence of ${agentId} does not settle`);
  }

  /** One change of the ledger with everything that follows from it. `wantedAt` is when it became true, which may be a while ago. */
  async #change(tx: Tx, agentId: number, current: LockedStatus, next: StatusNow, source: PresenceSource, wantedAt: Date, heldFrom: Date | null = null): Promise<LockedStatus> {
    // Another process's clock may be ahead: an interval never ends before it began.
    const at = current.startedAt && current.startedAt > wantedAt ? current.startedAt : wantedAt;
    await this.#presence.change(tx, agentId, { ...next, source, by: tx.by.agentId || null, at, heldFrom });
    await this.#presence.recount(tx, [agentId], this.#today(tx));
    // Today's row follows by the hour; rows of days gone by are wrong from now on.
    if (this.#calendar.dayOf(at) < this.#calendar.dayOf(tx.now)) await this.markDays(tx, agentId, at, tx.now);
    this.#tell(tx, agentId, current, next, at);
    const was = { status: current.status, reason: current.reason };
    const is = { status: next.status, reason: next.reason, source };
    tx.audit({ action: 'agent.status', targetType: 'agent', targetId: agentId, before: was, after: is });
    await this.#activity.record(tx, [{ agentId, type: 'status_change', description: describe(next, source), metadata: { from: was.status, to: is.status, reason: is.reason, source }, at }]);
    return { ...current, ...next, source, startedAt: at, heldFrom };
  }

  #today(tx: Tx): { date: string; opens: Date } {
    const date = this.#calendar.dayOf(tx.now);
    return { date, opens: this.#calendar.startOf(date) };
  }

  #tell(tx: Tx, agentId: number, was: LockedStatus, { status, reason }: StatusNow, at: Date): void {
    const timestamp = at.toISOString();
    tx.record(agentStatusChange.record(agentId, { agentId, status, reason, timestamp }, { agentId, departments: [was.department] }));
    if (was.status === 'offline' && status !== 'offline') tx.record(agentOnline.record(agentId, { agentId, timestamp }, { agentId }));
    if (was.status !== 'offline' && status === 'offline') tx.record(agentOffline.record(agentId, { agentId, timestamp }, { agentId }));
  }
}

const OFFLINE: StatusNow = { status: 'offline', reason: null, reasonCode: null };

function describe({ status, reason }: StatusNow, source: PresenceSource): string {
  if (source === 'socket') return 'Came online';
  if (source === 'socket_lost') return 'Went offline: no connection any more';
  if (source === 'timeout') return 'Went offline: nothing was heard for a long time';
  return reason === null ? `Status set to ${status}` : `Status set to ${status}: ${reason}`;
}
