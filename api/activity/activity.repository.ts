import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { kept } from '../db/kept-statements.ts';
import { scopeSql } from '../db/scope-sql.ts';

export type ActivityType = 'login' | 'logout' | 'status_change' | 'ticket_assigned' | 'ticket_resolved' | 'message_sent';

/** Something a person did. `timestamp` is ISO 8601. Keys are those of the wire. */
export interface ActivityRow {
  id: string;
  agentId: number;
  type: ActivityType;
  description: string;
  timestamp: string;
  metadata: Record<string, unknown> | null;
}

export interface ActivityFilters {
  /** Activities from here on. */
  readonly since: Date;
  readonly type?: ActivityType | undefined;
  /** Only what is older: microseconds since the epoch and the id of the last one seen. */
  readonly before?: { readonly micros: string; readonly id: string } | undefined;
}

/** Queries on what people did. The table is partitioned by month: every reading names the time it is about. */
export class ActivityRepository {
  /** One statement for any number of them; planned each time, so that it knows the partitions that there are then. */
  async insert(db: Db, rows: readonly ActivityRow[]): Promise<void> {
    await db.run(sql`insert into agent_activities (id, agent_id, type, description, "timestamp", metadata)
      select r.id, r."agentId", r.type, r.description, r."timestamp", r.metadata
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, "agentId" int, type text, description text, "timestamp" timestamptz, metadata jsonb)`);
  }

  /** Whether there is such a person within the scope. */
  async inScope(db: Db, scope: Scope, agentId: number): Promise<boolean> {
    const row = await db.first(sql`${kept}select 1 from agents a where a.id = ${agentId} and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}`);
    return row !== undefined;
  }

  /** Newest first; beside each row the microsecond it stands at, which a cursor needs and the wire does not show. */
  async list(db: Db, agentId: number, { since, type, before }: ActivityFilters, limit: number): Promise<{ activity: ActivityRow; micros: string }[]> {
    const where = every([
      sql`v.agent_id = ${agentId}`,
      sql`v."timestamp" >= ${since}`,
      ...(type ? [sql`v.type = ${type}`] : []),
      ...(before ? [sql`(v."timestamp", v.id) < (timestamptz 'epoch' + ${before.micros}::bigint * interval '1 microsecond', ${before.id}::uuid)`] : []),
    ]);
    const rows = await db.rows(sql<ActivityRow & { micros: string }>`${kept}
      select v.id, v.agent_id as "agentId", v.type, v.description, ${iso('v.timestamp')} as "timestamp", v.metadata,
        (extract(epoch from v."timestamp") * 1000000)::bigint::text as micros
      from agent_activities v where ${where} order by v."timestamp" desc, v.id desc limit ${limit}`);
    return rows.map(({ micros, ...activity }) => ({ activity, micros }));
  }
}
