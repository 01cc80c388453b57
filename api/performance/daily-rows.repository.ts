import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { kept } from '../db/kept-statements.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { importedFrom, type ImportedFrom } from '../imports/imported-from.sql.ts';
import { countingRow, sumsOfDay, totalsOfDays } from './daily-rows.sql.ts';
import type { AgentDay } from './fresh-rows.sql.ts';
import { addSums, EMPTY_SUMS, type MetricSums } from './metric-sums.ts';
import type { TeamSettings } from './team-settings.ts';

/** A row of `agent_performance_metrics` as it is read. Averages of imported rows stand beside their sums. */
export interface DailyRow extends MetricSums {
  readonly id: number;
  readonly agentId: number;
  readonly date: string;
  readonly origin: 'computed' | 'imported';
  readonly storedResponseTime: number | null;
  readonly storedSatisfaction: number | null;
  readonly storedSla: number | null;
  readonly serviceLevelSeconds: number | null;
  readonly createdAt: string;
  /** Of an imported row. */
  readonly provenance: ImportedFrom | null;
}

/** A daily row with the names of today. */
export interface NamedDailyRow extends DailyRow {
  readonly agentName: string;
  readonly teamName: string | null;
}

/** Which daily rows; the days are inclusive. */
export interface DayFilters {
  readonly agentId?: number | undefined;
  /** Of people who are in this team today. */
  readonly teamId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The sums of a period, and those of its computed days alone. */
export interface PeriodSums extends MetricSums {
  readonly computed: MetricSums;
  readonly importedDays: number;
}

const dailyColumns = (scope: Scope): RawBuilder<unknown> => sql`
  d.id, d.agent_id as "agentId", d.date::text as date, d.origin, ${sumsOfDay},
  d.avg_response_time::float8 as "storedResponseTime", d.customer_satisfaction::float8 as "storedSatisfaction",
  d.sla_compliance::float8 as "storedSla", d.service_level_seconds as "serviceLevelSeconds",
  to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", ${importedFrom('d.provenance', scope)} as provenance`;

/** Reads the daily rows. */
export class DailyRowsRepository {
  /** Daily rows of a person, oldest first, the one that counts for each day. @param scope of the reader, who may see them */
  days(db: Db, scope: Scope, agentId: number, from: string, to: string): Promise<DailyRow[]> {
    return db.rows(sql<DailyRow>`${kept}
      select ${dailyColumns(scope)}
      from agent_performance_metrics d
      where d.agent_id = ${agentId} and d.date between ${from} and ${to} and ${countingRow}
      order by d.date`);
  }

  /** Daily rows of everybody in scope, a person after the other, by the place where the page before ended. */
  page(db: Db, scope: Scope, { agentId, teamId, from, to }: DayFilters, after: AgentDay | undefined, limit: number): Promise<NamedDailyRow[]> {
    const where = [countingRow, scopeSql(scope, { team: 'a.team_id', agent: 'd.agent_id' })];
    if (agentId !== undefined) where.push(sql`d.agent_id = ${agentId}`);
    if (teamId) where.push(sql`a.team_id = ${teamId}`);
    if (from) where.push(sql`d.date >= ${from}::date`);
    if (to) where.push(sql`d.date <= ${to}::date`);
    if (after) where.push(sql`(d.agent_id, d.date) > (${after.agentId}::int, ${after.date}::date)`);
    return db.rows(sql<NamedDailyRow>`
      select ${dailyColumns(scope)}, a.full_name as "agentName", t.name as "teamName"
      from agent_performance_metrics d join agents a on a.id = d.agent_id left join teams t on t.id = a.team_id
      where ${every(where)} order by d.agent_id, d.date limit ${limit}`);
  }

  /** The sums of the rows that count from `from` to `to`. */
  async totals(db: Db, agentId: number, from: string, to: string): Promise<PeriodSums> {
    const rows = await db.rows(sql<MetricSums & { origin: string; rows: number }>`
      select d.origin, count(*)::int as rows, ${totalsOfDays} from agent_performance_metrics d
      where d.agent_id = ${agentId} and d.date between ${from} and ${to} and ${countingRow} group by d.origin`);
    const computed = rows.find((row) => row.origin === 'computed') ?? EMPTY_SUMS;
    return { ...addSums(rows), computed, importedDays: rows.find((row) => row.origin === 'imported')?.rows ?? 0 };
  }

  /** The sums of several periods of several people, in the order in which they are asked for. */
  async totalsOf(db: Db, periods: readonly (Omit<AgentDay, 'date'> & { readonly from: string; readonly to: string })[]): Promise<MetricSums[]> {
    if (periods.length === 0) return [];
    const column = (pick: (period: (typeof periods)[number]) => unknown): unknown[] => periods.map(pick);
    return db.rows(sql<MetricSums>`
      select t.* from unnest(${column((p) => p.agentId)}::int[], ${column((p) => p.from)}::date[], ${column((p) => p.to)}::date[])
        with ordinality p (agent_id, first, last, place)
      cross join lateral (
        select ${totalsOfDays} from agent_performance_metrics d
        where d.agent_id = p.agent_id and d.date between p.first and p.last and ${countingRow}) t
      order by p.place`);
  }

  /** The settings in force for a team just before an instant; before it stored any, those of today. */
  async settings(db: Db, teamId: string | null, before: Date): Promise<{ settings: Partial<TeamSettings>; version: number } | undefined> {
    return db.first(sql<{ settings: Partial<TeamSettings>; version: number }>`
      (select h.settings, h.version from team_settings_history h
        where h.team_id = ${teamId} and h.changed_at < ${before} order by h.version desc limit 1)
      union all
      select s.settings, s.version from team_settings s where s.team_id = ${teamId}
      limit 1`);
  }
}
