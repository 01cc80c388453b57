import { sql, type Db } from '../db/db.ts';
import { countingRow, totalsOfDays } from './daily-rows.sql.ts';
import type { MetricSums } from './metric-sums.ts';
import type { Level } from './performance-level.ts';
import type { TeamSettings } from './team-settings.ts';

/** The current figures that stand in a person's row. Keys are those of `Agent`. */
export interface CurrentFigures {
  readonly totalTicketsHandled: number;
  readonly avgResponseTime: number | null;
  readonly customerSatisfaction: number | null;
  readonly ticketsResolvedToday: number;
  readonly messagesHandledToday: number;
  readonly onlineHoursToday: number;
  readonly performanceLevel: Level | null;
}

export interface StoredFigures extends CurrentFigures {
  readonly agentId: number;
  readonly teamId: string | null;
  readonly department: string;
  /** The business day of the counters; null before they were counted for the first time. */
  readonly day: string | null;
}

/** What the current figures are made of. */
export interface FigureSources {
  readonly agentId: number;
  readonly sums: MetricSums;
  readonly totalHandled: number;
  readonly resolvedToday: number;
  readonly handledToday: number;
  readonly onlineToday: number;
  readonly settings: Partial<TeamSettings> | null;
}

/** Keeps the current figures beside the person up to date. */
export class AgentFiguresRepository {
  /** Everybody active. */
  async everybody(db: Db): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select id from agents where is_active order by id`);
    return rows.map((row) => row.id);
  }

  async members(db: Db, teamId: string): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select id from agents where team_id = ${teamId} order by id`);
    return rows.map((row) => row.id);
  }

  /** The figures as they stand, locked until the transaction ends. */
  lock(db: Db, agentIds: readonly number[]): Promise<StoredFigures[]> {
    return db.rows(sql<StoredFigures>`
      select a.id as "agentId", a.team_id as "teamId", a.department, a.total_tickets_handled as "totalTicketsHandled",
        a.avg_response_time::float8 as "avgResponseTime", a.customer_satisfaction::float8 as "customerSatisfaction",
        a.tickets_resolved_today as "ticketsResolvedToday", a.messages_handled_today as "messagesHandledToday",
        a.online_hours_today::float8 as "onlineHoursToday", a.performance_level as "performanceLevel", a.figures_on::text as day
      from agents a where a.id = any(${[...agentIds]}::int[]) order by a.id for no key update`);
  }

  /** Notes that these people's figures no longer match their days; in one order, as everywhere. */
  async markStale(db: Db, agentIds: readonly number[]): Promise<void> {
    await db.run(sql`
      insert into stale_figures (agent_id) select distinct id from unnest(${[...agentIds]}::int[]) id order by id
      on conflict (agent_id) do update set marked_at = excluded.marked_at`);
  }

  /** Whose figures wait to be refreshed. */
  async stale(db: Db): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select agent_id as id from stale_figures order by agent_id`);
    return rows.map((row) => row.id);
  }

  /** Takes people off the list, but for those whose mark a writer holds: what it has written is to be counted when it has committed. */
  async unmark(db: Db, agentIds: readonly number[]): Promise<void> {
    await db.run(sql`delete from stale_figures where agent_id in (
      select agent_id from stale_figures where agent_id = any(${[...agentIds]}::int[]) order by agent_id for update skip locked)`);
  }

  /** @param from first day of the period that ends today */
  async sources(db: Db, agentIds: readonly number[], from: string, today: string): Promise<FigureSources[]> {
    const rows = await db.rows(sql<Omit<FigureSources, 'sums'> & MetricSums>`
      select a.id as "agentId", recent.*, ever.handled::int as "totalHandled", coalesce(now_.tickets_resolved, 0) as "resolvedToday",
        coalesce(now_.messages_handled, 0) as "handledToday", coalesce(now_.online_hours, 0)::float8 as "onlineToday", s.settings
      from agents a
      left join team_settings s on s.team_id = a.team_id
      cross join lateral (
        select ${totalsOfDays} from agent_performance_metrics d
        where d.agent_id = a.id and d.date between ${from} and ${today} and ${countingRow}
      ) recent
      cross join lateral (
        select coalesce(sum(d.messages_handled), 0) as handled from agent_performance_metrics d where d.agent_id = a.id and ${countingRow}
      ) ever
      left join lateral (
        select d.tickets_resolved, d.messages_handled, d.online_hours from agent_performance_metrics d
        where d.agent_id = a.id and d.date = ${today} and ${countingRow}
      ) now_ on true
      where a.id = any(${[...agentIds]}::int[]) order by a.id`);
    return rows.map(({ agentId, totalHandled, resolvedToday, handledToday, onlineToday, settings, ...sums }) => ({
      agentId, totalHandled, resolvedToday, handledToday, onlineToday, settings, sums,
    }));
  }

  /** @param day the business day of the counters */
  async store(db: Db, figures: readonly (CurrentFigures & { agentId: number })[], day: string): Promise<void> {
    if (figures.length === 0) return;
    await db.run(sql`
      update agents a set total_tickets_handled = f."totalTicketsHandled", avg_response_time = f."avgResponseTime",
        customer_satisfaction = f."customerSatisfaction", tickets_resolved_today = f."ticketsResolvedToday",
        messages_handled_today = f."messagesHandledToday", online_hours_today = f."onlineHoursToday", performance_level = f."performanceLevel", figures_on = ${day}::date
      from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f("agentId" int, "totalTicketsHandled" int, "avgResponseTime" numeric,
        "customerSatisfaction" numeric, "ticketsResolvedToday" int, "messagesHandledToday" int, "onlineHoursToday" numeric,
        "performanceLevel" text)
      where a.id = f."agentId"`);
  }
}
