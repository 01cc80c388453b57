import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { Scope } from '../auth/principal.ts';
import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { countingRow } from '../performance/daily-rows.sql.ts';
import { SUM_COLUMNS, type SumKey } from '../performance/metric-sums.ts';
import type { TeamSettings } from '../performance/team-settings.ts';

/** The sums of a day of which the board's figures are made, in the order in which they are packed. */
export const BOARD_SUMS = ['handled', 'talkSeconds', 'holdSeconds', 'acwSeconds', 'handleCount', 'ratingSum', 'ratingCount'] as const satisfies readonly SumKey[];

/** `[day of the period from 0, mean rating an imported row came with, …sums in the order of BOARD_SUMS]`. */
export type PackedDay = readonly [day: number, storedSatisfaction: number | null, ...sums: number[]];

export interface BoardPersonRow {
  readonly id: number;
  readonly fullName: string;
  readonly avatar: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly department: string;
  readonly onlineStatus: OnlineStatus;
  readonly statusReason: string | null;
  readonly statusSince: string;
  /** Days with figures; days without are left out. */
  readonly days: readonly PackedDay[];
}

export interface BoardTeamRow {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly settings: Partial<TeamSettings> | null;
}

/** Reads the floor set by set: however many people there are, the same two queries. */
export class StatusBoardRepository {
  /** Everybody at the front line within the scope, by name, with their days from `from` to `to`. */
  people(db: Db, scope: Scope, from: string, to: string): Promise<BoardPersonRow[]> {
    return db.rows(sql<BoardPersonRow>`
      with person as materialized (
        select a.id, a.full_name, a.avatar, a.team_id, a.department, a.online_status, a.status_reason, a.status_since
        from agents a where a.is_active and a.role = 'cs' and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}
      ),
      worked as (
        select d.agent_id, json_agg(json_build_array(d.date - ${from}::date, d.customer_satisfaction::float8, ${packed}) order by d.date) as days
        from agent_performance_metrics d join person p on p.id = d.agent_id
        where d.date between ${from} and ${to} and ${countingRow} group by d.agent_id
      )
      select p.id, p.full_name as "fullName", p.avatar, p.team_id as "teamId", t.name as "teamName", p.department,
        p.online_status as "onlineStatus", p.status_reason as "statusReason", ${iso('p.status_since')} as "statusSince",
        coalesce(w.days, '[]') as days
      from person p left join teams t on t.id = p.team_id left join worked w on w.agent_id = p.id
      order by p.full_name, p.id`);
  }

  /** @param ids teams to read; those that are not there are left out */
  teams(db: Db, ids: readonly string[]): Promise<BoardTeamRow[]> {
    return db.rows(sql<BoardTeamRow>`
      select t.id, t.name, t.department, s.settings from teams t left join team_settings s on s.team_id = t.id
      where t.id = any(${[...ids]}::uuid[]) order by t.name, t.id`);
  }
}

const packed = sql.raw(BOARD_SUMS.map((key) => `d.${SUM_COLUMNS[key]}::float8`).join(', '));
