import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import { GoalEntity, type GoalRecord, type GoalStatus } from './goal.entity.ts';

/** A goal as stored, with the names beside the ids. Instants are ISO 8601, days `YYYY-MM-DD`. */
export interface GoalRow {
  id: string;
  agentId: number;
  agentName: string;
  title: string;
  description: string | null;
  metric: MetricId | null;
  startValue: number | null;
  targetValue: number | null;
  dueDate: string | null;
  status: GoalStatus;
  outcome: string | null;
  closedAt: string | null;
  closedBy: { id: number; name: string } | null;
  createdBy: { id: number; name: string } | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}

/** A goal with a digest of what was told of it last, beyond its row. */
export interface ToldGoal extends GoalRow {
  told: string | null;
}

/** A session a goal was worked on in. */
export interface LinkedSession {
  readonly goalId: string;
  readonly id: string;
  readonly scheduledAt: string;
  readonly status: string;
}

export interface GoalFilters {
  readonly agentId?: number | undefined;
  readonly status?: GoalStatus | undefined;
}

const columns = sql`
  g.id, g.agent_id as "agentId", a.full_name as "agentName", g.title, g.description, g.metric, g.start_value::float8 as "startValue",
  g.target_value::float8 as "targetValue", g.due_date::text as "dueDate", g.status, g.outcome, ${iso('g.closed_at')} as "closedAt",
  case when cl.id is not null then json_build_object('id', cl.id, 'name', cl.full_name) end as "closedBy",
  case when cr.id is not null then json_build_object('id', cr.id, 'name', cr.full_name) end as "createdBy",
  ${iso('g.created_at')} as "createdAt", ${iso('g.updated_at')} as "updatedAt", g.version`;

const from = sql`coaching_goals g join agents a on a.id = g.agent_id left join agents cl on cl.id = g.closed_by left join agents cr on cr.id = g.created_by`;

/** Queries on goals; whose may be read is part of every one of them. */
export class GoalRepository {
  async list(db: Db, scope: Scope, filters: GoalFilters, page: number, limit: number): Promise<{ rows: GoalRow[]; total: number }> {
    const where = every([
      readable(scope),
      ...(filters.agentId === undefined ? [] : [sql`g.agent_id = ${filters.agentId}`]),
      ...(filters.status ? [sql`g.status = ${filters.status}`] : []),
    ]);
    const rows = await db.rows(sql<GoalRow>`select ${columns} from ${from} where ${where}
      order by g.status <> 'open', case when g.status = 'open' then g.due_date end nulls last, g.closed_at desc, g.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from coaching_goals g join agents a on a.id = g.agent_id where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, scope: Scope, id: string): Promise<GoalRow | undefined> {
    return db.first(sql<GoalRow>`select ${columns} from ${from} where g.id = ${id} and ${readable(scope)}`);
  }

  /** Those among these ids that are goals of one of these people. */
  async ofPeople(db: Db, ids: readonly string[], agentIds: readonly number[]): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`select id from coaching_goals where id = any(${[...ids]}::uuid[]) and agent_id = any(${[...agentIds]}::int[])`);
    return rows.map((row) => row.id);
  }

  /** The sessions these goals were worked on in, latest first. */
  sessions(db: Db, ids: readonly string[]): Promise<LinkedSession[]> {
    const goals = sql`${[...ids]}::uuid[]`;
    return db.rows(sql<LinkedSession>`select g.id as "goalId", s.id, ${iso('s.scheduled_at')} as "scheduledAt", s.status
      from coaching_sessions s cross join unnest(s.goal_ids) g (id)
      where s.goal_ids && ${goals} and s.goal_ids <> '{}' and g.id = any(${goals}) order by s.scheduled_at desc, s.id desc`);
  }

  /** The goal for a change, locked until the transaction ends. */
  async forUpdate(db: Db, scope: Scope, id: string): Promise<GoalRecord | undefined> {
    const row = await db.first(sql`select 1 from coaching_goals g join agents a on a.id = g.agent_id where g.id = ${id} and ${readable(scope)} for update of g`);
    return row ? ((await db.em.findOne(GoalEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  /** These goals, locked until the transaction ends, in the order of their ids: who tells of several at once waits for others, not in a circle. */
  locked(db: Db, ids: readonly string[]): Promise<ToldGoal[]> {
    return db.rows(sql<ToldGoal>`select ${columns}, g.told from ${from} where g.id = any(${[...ids]}::uuid[]) order by g.id for update of g`);
  }

  /**
   * Open goals that may say something else than when they were looked at last, locked: on a new business day, or because a
   * daily row of the days they measure was computed since, or while that was done. Those that somebody changes are passed over.
   */
  maybeMoved(db: Db, { after, since, from: firstDay }: { after: string; since: Date; from: string }, limit: number): Promise<ToldGoal[]> {
    return db.rows(sql<ToldGoal>`select ${columns}, g.told from ${from}
      where g.status = 'open' and g.id > ${after}::uuid and (g.looked_at is null or g.looked_at < ${since} or (g.metric is not null and exists (
        select from agent_performance_metrics m where m.agent_id = g.agent_id and m.date >= ${firstDay}::date and m.updated_at > g.looked_at - interval '5 minutes')))
      order by g.id limit ${limit} for update of g skip locked`);
  }

  /** No edit of the goal: its version stays. */
  async looked(db: Db, told: readonly { readonly id: string; readonly told: string }[], now: Date): Promise<void> {
    await db.run(sql`update coaching_goals g set told = t.told, looked_at = ${now}
      from unnest(${told.map(({ id }) => id)}::uuid[], ${told.map((goal) => goal.told)}::text[]) t (id, told) where g.id = t.id`);
  }

  async insert(db: Db, goal: Omit<GoalRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(GoalEntity, goal)).flush();
  }
}

const readable = (scope: Scope): RawBuilder<unknown> => scopeSql(scope, { team: 'a.team_id', agent: 'g.agent_id' });
