import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import { ActionEntity, type ActionPriority, type ActionRecord, type ActionStatus } from './action.entity.ts';

/** An action item as read, with the names beside the ids. Days are `YYYY-MM-DD`, instants ISO 8601. */
export interface ActionRow {
  readonly id: string;
  readonly agentId: number;
  readonly agentName: string;
  readonly assignedTo: number;
  readonly assigneeName: string;
  readonly sessionId: string | null;
  /** Who holds that session, as long as they hold sessions. */
  readonly heldBy: number | null;
  readonly title: string;
  readonly description: string | null;
  readonly dueDate: string;
  readonly priority: ActionPriority;
  readonly category: string | null;
  readonly status: ActionStatus;
  readonly overdue: boolean;
  readonly targetMetric: MetricId | null;
  readonly targetValue: number | null;
  readonly commentCount: number;
  readonly evidenceCount: number;
  readonly createdBy: { readonly id: number; readonly name: string };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt: string | null;
  readonly version: number;
}

/** A session as far as it decides who agrees on something in it. */
export interface HeldSession {
  readonly facilitatorId: number;
  readonly isLive: boolean;
}

export interface ActionFilters {
  readonly agentId?: number | undefined;
  readonly assignedTo?: number | undefined;
  readonly teamId?: string | undefined;
  readonly status?: readonly ActionStatus[] | undefined;
  readonly priority?: ActionPriority | undefined;
  readonly category?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly sessionId?: string | undefined;
}

const STILL_TO_DO = sql`i.status in ('open', 'in_progress')`;

/** Where a page ends: the position of its last row. */
export interface DuePlace {
  readonly dueDate: string;
  readonly id: string;
}

/** Whom the session of item `i` makes concerned with it; the same people may read it. */
const holder = sql`left join coaching_sessions s on s.id = i.session_id
  left join agents h on h.id = s.team_leader_id and h.is_active and h.role in ('admin', 'manager', 'team_leader')`;

const from = sql`action_items i join agents a on a.id = i.agent_id join agents d on d.id = i.assigned_to join agents c on c.id = i.created_by ${holder}`;

/** Queries on action items; whose may be read is part of every one of them. */
export class ActionRepository {
  readonly #today: () => string;

  /** @param today the business day it is: what is due before it is overdue */
  constructor(today: () => string) {
    this.#today = today;
  }

  /** What is to be done first, the earliest due first; then what is closed, the latest first. */
  async list(db: Db, scope: Scope, filters: ActionFilters, page: number, limit: number): Promise<{ rows: ActionRow[]; total: number }> {
    const where = every([inScope(scope), ...this.#conditions(filters)]);
    const rows = await db.rows(sql<ActionRow>`select ${this.#columns()} from ${from} where ${where}
      order by not ${STILL_TO_DO}, case when ${STILL_TO_DO} then i.due_date end, coalesce(i.completed_at, i.updated_at) desc, i.id
      limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from action_items i join agents a on a.id = i.agent_id where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  /** What {@link list} shows, by the day it is due and by the place where the page before ended. */
  page(db: Db, scope: Scope, filters: ActionFilters, after: DuePlace | undefined, limit: number): Promise<ActionRow[]> {
    const beyond = after ? [sql`(i.due_date, i.id) > (${after.dueDate}::date, ${after.id}::uuid)`] : [];
    return db.rows(sql<ActionRow>`select ${this.#columns()} from ${from}
      where ${every([inScope(scope), ...this.#conditions(filters), ...beyond])} order by i.due_date, i.id limit ${limit}`);
  }

  /** What a person still has to do, or is to be done about them, the earliest due first. */
  open(db: Db, agentId: number): Promise<ActionRow[]> {
    return db.rows(sql<ActionRow>`select ${this.#columns()} from ${from}
      where i.agent_id = ${agentId} and ${STILL_TO_DO} order by i.due_date, i.created_at, i.id`);
  }

  async byId(db: Db, scope: Scope, id: string): Promise<ActionRow | undefined> {
    return db.first(sql<ActionRow>`select ${this.#columns()} from ${from} where i.id = ${id} and ${inScope(scope)}`);
  }

  /** The item for a change, locked until the transaction ends. */
  async forUpdate(db: Db, scope: Scope, id: string): Promise<ActionRecord | undefined> {
    const row = await db.first(sql`select 1 from action_items i join agents a on a.id = i.agent_id where i.id = ${id} and ${inScope(scope)} for update of i`);
    return row ? ((await db.em.findOne(ActionEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  /** That session, if the person takes part in it; it neither begins nor ends before the transaction does. */
  sessionOf(db: Db, sessionId: string, agentId: number): Promise<HeldSession | undefined> {
    return db.first(sql<HeldSession>`select s.team_leader_id as "facilitatorId", s.status = 'live' as "isLive" from coaching_sessions s where s.id = ${sessionId}
      and (s.agent_id = ${agentId} or exists (select from session_attendees t where t.session_id = s.id and t.agent_id = ${agentId})) for share of s`);
  }

  /** What was agreed in a session, as far as somebody may read it, in the order in which it was. */
  ofSession(db: Db, scope: Scope, sessionId: string): Promise<ActionRow[]> {
    return db.rows(sql<ActionRow>`select ${this.#columns()} from ${from} where i.session_id = ${sessionId} and ${inScope(scope)} order by i.created_at, i.id`);
  }

  /** Who holds the session of each of these items today; those of no session are left out. */
  async holders(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await db.rows(sql<{ id: string; heldBy: number }>`select i.id, h.id as "heldBy" from action_items i ${holder} where i.id = any(${[...ids]}::uuid[]) and h.id is not null`);
    return new Map(rows.map(({ id, heldBy }) => [id, heldBy]));
  }

  async insert(db: Db, item: Omit<ActionRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(ActionEntity, item)).flush();
  }

  #columns(): RawBuilder<unknown> {
    return sql`
      i.id, i.agent_id as "agentId", a.full_name as "agentName", i.assigned_to as "assignedTo", d.full_name as "assigneeName",
      i.session_id as "sessionId", h.id as "heldBy", i.title, i.description, i.due_date::text as "dueDate", i.priority, i.category, i.status,
      ${this.#overdue()} as overdue, i.target_metric as "targetMetric", i.target_value::float8 as "targetValue",
      (select count(*)::int from action_comments o where o.action_item_id = i.id) as "commentCount",
      (select count(*)::int from action_evidence e where e.action_item_id = i.id) as "evidenceCount",
      json_build_object('id', i.created_by, 'name', c.full_name) as "createdBy", ${iso('i.created_at')} as "createdAt",
      ${iso('i.updated_at')} as "updatedAt", ${iso('i.completed_at')} as "completedAt", i.version`;
  }

  #overdue(): RawBuilder<unknown> {
    return sql`(${STILL_TO_DO} and i.due_date < ${this.#today()}::date)`;
  }

  #conditions(filters: ActionFilters): RawBuilder<unknown>[] {
    const found: RawBuilder<unknown>[] = [];
    if (filters.agentId !== undefined) found.push(sql`i.agent_id = ${filters.agentId}`);
    if (filters.assignedTo !== undefined) found.push(sql`i.assigned_to = ${filters.assignedTo}`);
    if (filters.teamId) found.push(sql`a.team_id = ${filters.teamId}`);
    if (filters.status) found.push(sql`i.status = any(${[...filters.status]}::text[])`);
    if (filters.priority) found.push(sql`i.priority = ${filters.priority}`);
    if (filters.category) found.push(sql`i.category = ${filters.category}`);
    if (filters.overdue !== undefined) found.push(filters.overdue ? this.#overdue() : sql`not ${this.#overdue()}`);
    if (filters.dueFrom) found.push(sql`i.due_date >= ${filters.dueFrom}::date`);
    if (filters.dueTo) found.push(sql`i.due_date <= ${filters.dueTo}::date`);
    if (filters.sessionId) found.push(sql`i.session_id = ${filters.sessionId}`);
    return found;
  }
}

/** By whom it is about; a leader reads as well what was agreed in a session they held with somebody others lead. */
function inScope(scope: Scope): RawBuilder<unknown> {
  const theirs = scopeSql(scope, { team: 'a.team_id', agent: 'i.agent_id' });
  if (scope.kind !== 'teams') return theirs;
  return sql`(${theirs} or i.session_id in (select held.id from coaching_sessions held where held.team_leader_id = ${scope.selfId}))`;
}
