import { DateTime } from 'luxon';
import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import { leads, scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import type { Audience } from '../events/event.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import type { ActionPriority, ActionRecord, ActionStatus } from './action.entity.ts';
import { presentAction } from './action.presenter.ts';
import type { ActionFilters, ActionRepository, ActionRow, DuePlace, HeldSession } from './action.repository.ts';
import { assertChangeable, assertMayEdit, assertMayStep, assertStep, assertTarget, rightsOn } from './action-rules.ts';
import type { ActionNews } from './action-news.ts';
import { actionCreated, actionUpdated } from './actions.events.ts';
import type { Concerned } from './concerned.ts';

export type { ActionRow } from './action.repository.ts';

export interface NewAction {
  readonly agentId: number;
  readonly title: string;
  readonly description?: string | undefined;
  /** A business day, `YYYY-MM-DD`, or an instant on it. */
  readonly dueDate: string;
  readonly priority?: ActionPriority | undefined;
  readonly category?: string | undefined;
  /** Default: the person it is about. */
  readonly assignedTo?: number | undefined;
  readonly sessionId?: string | undefined;
  readonly targetMetric?: MetricId | undefined;
  readonly targetValue?: number | undefined;
}

export interface ActionChanges {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly dueDate?: string | undefined;
  readonly priority?: ActionPriority | undefined;
  readonly category?: string | null | undefined;
  readonly assignedTo?: number | undefined;
  readonly targetMetric?: MetricId | null | undefined;
  readonly targetValue?: number | null | undefined;
  readonly status?: ActionStatus | undefined;
}

/** Action items: agreed about a person, worked off by them or by somebody who leads them, never deleted. */
export class ActionsService {
  readonly #uow: UnitOfWork;
  readonly #actions: ActionRepository;
  readonly #agents: AgentsService;
  readonly #concerned: Concerned;
  readonly #news: ActionNews;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; actions: ActionRepository; agents: AgentsService; concerned: Concerned; news: ActionNews; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#actions = deps.actions;
    this.#agents = deps.agents;
    this.#concerned = deps.concerned;
    this.#news = deps.news;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  list(by: Principal, filters: ActionFilters, page: number, limit: number): Promise<{ rows: ActionRow[]; total: number }> {
    return this.#uow.read((db) => this.#actions.list(db, scopeOf(by), filters, page, limit));
  }

  /** All of them, page by page, by the day they are due: what {@link list} would show. */
  pages(by: Principal, filters: ActionFilters, gone?: AbortSignal): AsyncIterable<readonly ActionRow[]> {
    const read = (after: DuePlace | undefined, size: number) => this.#uow.report((db) => this.#actions.page(db, scopeOf(by), filters, after, size), gone);
    return pagesOf(PAGE_ROWS, read, ({ dueDate, id }) => ({ dueDate, id }));
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<ActionRow> {
    const item = await this.#uow.read((db) => this.#actions.byId(db, scopeOf(by), id));
    if (!item) throw notFound('Action item');
    return item;
  }

  /** What is still to be done about a person, the earliest due first. Whoever asks has made sure that the reader may see it. */
  openFor(db: Db, agentId: number): Promise<ActionRow[]> {
    return this.#actions.open(db, agentId);
  }

  /** What was agreed in a session, as far as the reader may read it. */
  ofSession(by: Principal, sessionId: string): Promise<ActionRow[]> {
    return this.#uow.read((db) => this.#actions.ofSession(db, scopeOf(by), sessionId));
  }

  /** Tells who holds a session from now on, and everybody else concerned, what was agreed in it so far. */
  async announceOfSession(tx: Tx, sessionId: string): Promise<void> {
    for (const row of await this.#actions.ofSession(tx, { kind: 'all' }, sessionId)) tx.record(actionUpdated.record(row.id, presentAction(row), audienceOf(row)));
  }

  /** Whether the figures and rows behind an item are the reader's to see: who only holds its session reads the item alone. */
  async mayFollow(by: Principal, { agentId, heldBy }: ActionRow): Promise<boolean> {
    return heldBy !== by.agentId || agentId === by.agentId || leads(by, (await this.#agents.get(agentId)).teamId);
  }

  /**
   * Joins the transaction that is open.
   * @throws Problem 403 (somebody else's to assign), 404 (nobody of that id to agree it with), 409 (with somebody others lead,
   * in a session that is not live), 422 (a day that has passed,
   * an assignee who is not concerned, a session of somebody else, a target the metric cannot have).
   */
  create(by: Principal, data: NewAction): Promise<ActionRow> {
    return this.#uow.write(by, async (tx) => {
      const agent = await this.#agents.get(data.agentId);
      const session = data.sessionId ? await this.#actions.sessionOf(tx, data.sessionId, agent.id) : undefined;
      if (!leads(by, agent.teamId) && by.agentId !== agent.id) assertHolds(by, session);
      const assignedTo = data.assignedTo ?? agent.id;
      await this.#assertAssignee(by, agent, assignedTo, session?.facilitatorId ?? null);
      if (data.sessionId && !session) {
        throw unprocessable('unknown_session', 'There is no such session of this person.', [{ path: '/body/sessionId', message: 'is not a session of this person' }]);
      }
      assertTarget(data.targetMetric ?? null, data.targetValue ?? null);
      const item = {
        id: newId(),
        agentId: agent.id,
        assignedTo,
        sessionId: data.sessionId ?? null,
        title: data.title,
        description: data.description ?? null,
        dueDate: this.#dueDay(data.dueDate),
        priority: data.priority ?? 'MEDIUM',
        category: data.category ?? null,
        status: 'open',
        targetMetric: data.targetMetric ?? null,
        targetValue: data.targetValue ?? null,
        createdBy: by.agentId,
        completedAt: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      } as const;
      await this.#actions.insert(tx, item);
      const row = await this.#actions.byId(tx, { kind: 'all' }, item.id);
      if (!row) throw notFound('Action item');
      tx.record(actionCreated.record(item.id, presentAction(row), audienceOf(row)));
      tx.audit({ action: 'action.create', targetType: 'action_item', targetId: item.id, after: { ...data, dueDate: item.dueDate, assignedTo } });
      // What is agreed in a session, its attendees have heard there.
      if (row.sessionId === null) await this.#news.assigned(tx, row);
      return row;
    });
  }

  /** @throws Problem 403 (somebody else's to change), 404, 409 (not from this status), 412, 422 as {@link create}. */
  update(by: Principal, id: string, changes: ActionChanges, expected?: number): Promise<ActionRow> {
    return this.#uow.write(by, async (tx) => {
      const item = await this.lock(tx, by, id);
      const { status = item.status, ...fields } = changes;
      const agent = await this.#agents.get(item.agentId);
      const rights = rightsOn(by, item, agent.teamId);
      const editing = Object.keys(fields).length > 0;
      if (editing) assertMayEdit(rights);
      if (changes.status !== undefined) assertMayStep(rights, item.status, status);
      if (expected !== undefined && expected !== item.version) throw preconditionFailed();
      assertStep(item.status, status);
      if (editing) assertChangeable(item.status, status);
      const was = { status: item.status, assignedTo: item.assignedTo };
      const before = Object.fromEntries(Object.keys(changes).map((key) => [key, item[key as keyof ActionRecord]]));
      Object.assign(item, await this.#checked(by, agent, item, fields), { status, updatedAt: tx.now, completedAt: status === 'done' ? (item.completedAt ?? tx.now) : null });
      await tx.em.flush();
      tx.audit({ action: 'action.update', targetType: 'action_item', targetId: id, before, after: { ...changes } });
      const row = await this.announce(tx, by, id);
      if (row.assignedTo !== was.assignedTo) await this.#news.assigned(tx, row);
      if (row.status === 'done' && was.status !== 'done') await this.#news.done(tx, row);
      return row;
    });
  }

  /** The item for a change, locked until the transaction ends. @throws Problem 404. */
  async lock(tx: Tx, by: Principal, id: string): Promise<ActionRecord> {
    const item = await this.#actions.forUpdate(tx, scopeOf(by), id);
    if (!item) throw notFound('Action item');
    return item;
  }

  /** Tells everybody concerned what the item looks like now. */
  async announce(tx: Tx, by: Principal, id: string): Promise<ActionRow> {
    const row = await this.get(by, id);
    tx.record(actionUpdated.record(id, presentAction(row), audienceOf(row)));
    return row;
  }

  async #checked(by: Principal, agent: AgentRow, item: ActionRecord, fields: Omit<ActionChanges, 'status'>): Promise<Partial<ActionRecord>> {
    const { targetMetric = item.targetMetric, assignedTo = item.assignedTo, dueDate = item.dueDate, ...rest } = fields;
    // Without its metric a value means nothing.
    const targetValue = fields.targetValue ?? (fields.targetValue === null || targetMetric === null ? null : item.targetValue);
    assertTarget(targetMetric ?? null, targetValue ?? null);
    if (assignedTo !== item.assignedTo) await this.#assertAssignee(by, agent, assignedTo, (await this.get(by, item.id)).heldBy);
    const due = this.#dayOf(dueDate) === item.dueDate ? item.dueDate : this.#dueDay(dueDate);
    return { ...(rest as Partial<ActionRecord>), targetMetric, targetValue, assignedTo, dueDate: due };
  }

  /** The person it is about does it, or somebody who leads them, or who holds the session: nobody else could read it. */
  async #assertAssignee(by: Principal, agent: AgentRow, assignedTo: number, heldBy: number | null): Promise<void> {
    if (assignedTo === agent.id || (assignedTo === heldBy && heldBy === by.agentId)) return;
    if (!leads(by, agent.teamId)) throw forbidden('Those who lead somebody decide who does something for them.', 'not_yours_to_assign');
    if (await this.#concerned.includes(assignedTo, agent, heldBy)) return;
    throw unprocessable('assignee_not_concerned', 'It is done by the person it is about, by somebody who leads them, or by who holds its session.', [{ path: '/body/assignedTo', message: 'neither is this person nor leads them' }]);
  }

  /** The business day of a day or an instant. @throws Problem 422 for one that has passed, or is none. */
  #dueDay(dueDate: string): string {
    const day = this.#dayOf(dueDate);
    if (day === undefined) throw unprocessable('no_such_day', 'There is no such day.', [{ path: '/body/dueDate', message: 'is not a day' }]);
    if (day < this.#calendar.dayOf(this.#clock.now())) throw unprocessable('due_day_passed', 'The day it is due has passed.', [{ path: '/body/dueDate', message: 'has passed' }]);
    return day;
  }

  #dayOf(text: string): string | undefined {
    return DateTime.fromISO(text, { zone: this.#calendar.timezone }).toISODate() ?? undefined;
  }
}

/**
 * Who holds a session agrees on things with those who attend it, be they in whichever team, as long as it is held.
 * @throws Problem 404 (not the caller's session), 409 (it is not live)
 */
function assertHolds(by: Principal, session: HeldSession | undefined): void {
  if (by.role !== 'team_leader' || by.agentId !== session?.facilitatorId) throw notFound('Agent');
  if (!session.isLive) throw conflict('wrong_state', 'With people whom others lead, action items are agreed while the session is live.', [{ path: '/body/sessionId', message: 'is not live' }]);
}

const audienceOf = ({ agentId, heldBy }: ActionRow): Audience => ({ agentId, ...(heldBy === null ? {} : { facilitatorId: heldBy }) });
