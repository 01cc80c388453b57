import type { OnlineStatus } from '../agents/agent.entity.ts';
import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { TeamSettings } from '../performance/team-settings.ts';

/** An interval that goes on and of which nobody has been told. */
export interface LastingInterval {
  readonly id: string;
  readonly agentId: number;
  readonly agentName: string;
  readonly teamId: string;
  readonly status: OnlineStatus;
  readonly reason: string | null;
  readonly reasonCode: string | null;
  readonly since: string;
  readonly settings: Partial<TeamSettings> | null;
}

export class ThresholdsRepository {
  /** Away and busy since a minute at least, in a team, and not told of yet. */
  lasting(db: Db, now: Date): Promise<LastingInterval[]> {
    return db.rows(sql<LastingInterval>`
      select p.id, a.id as "agentId", a.full_name as "agentName", a.team_id as "teamId", p.status, p.reason, p.reason_code as "reasonCode",
        ${iso('p.started_at')} as since, s.settings
      from presence_intervals p join agents a on a.id = p.agent_id and a.is_active and a.team_id is not null
        left join team_settings s on s.team_id = a.team_id
      where p.ended_at is null and p.superseded_at is null and p.threshold_alerted_at is null and p.status in ('away', 'busy')
        and p.started_at <= ${now}::timestamptz - interval '1 minute'
      order by p.started_at, p.id`);
  }

  /** Marks intervals as told, and answers which of them were not yet: of two workers one gets each. */
  async claim(db: Db, ids: readonly string[], now: Date): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`
      update presence_intervals set threshold_alerted_at = ${now} where id in (
        select id from presence_intervals where id = any(${[...ids]}::uuid[]) order by id for update)
      and threshold_alerted_at is null and ended_at is null and superseded_at is null returning id`);
    return rows.map((row) => row.id);
  }
}
