import { newId } from '../../api/db/ids.ts';
import { sql, type Db } from '../../api/db/db.ts';

/** An interaction as a test writes it; what is left out is an answered inbound call of which nothing else is known. */
export interface TestInteraction {
  readonly agentId: number | null;
  readonly startedAt: string;
  readonly teamId?: string | null;
  readonly channel?: 'voice' | 'chat' | 'email' | 'ticket' | 'message';
  readonly direction?: 'inbound' | 'outbound';
  readonly outcome?: 'open' | 'answered' | 'abandoned' | 'missed' | 'busy' | 'failed' | 'voicemail';
  readonly waitSeconds?: number | null;
  readonly talkSeconds?: number | null;
  readonly holdSeconds?: number | null;
  readonly acwSeconds?: number | null;
  readonly resolved?: boolean | null;
  readonly firstContact?: boolean | null;
  readonly rating?: number | null;
  readonly sentiment?: number | null;
}

/**
 * Writes interactions as an import would, without marking their days.
 * @param timezone the business zone
 */
export async function insertInteractions(db: Db, interactions: readonly TestInteraction[], timezone = 'UTC'): Promise<string[]> {
  const rows = interactions.map((row) => ({ channel: 'voice', direction: 'inbound', outcome: 'answered', ...row, id: newId() }));
  await db.run(sql`
    insert into interactions (id, source, external_id, channel, direction, agent_id, team_id, started_at, business_date,
      wait_seconds, talk_seconds, hold_seconds, acw_seconds, outcome, resolved, first_contact, rating, sentiment)
    select r.id, 'test', r.id::text, r.channel, r.direction, r."agentId", r."teamId", r."startedAt", (r."startedAt" at time zone ${timezone})::date,
      r."waitSeconds", r."talkSeconds", r."holdSeconds", r."acwSeconds", r.outcome, r.resolved, r."firstContact", r.rating, r.sentiment
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, channel text, direction text, "agentId" int, "teamId" uuid,
      "startedAt" timestamptz, "waitSeconds" int, "talkSeconds" int, "holdSeconds" int, "acwSeconds" int, outcome text, resolved boolean,
      "firstContact" boolean, rating numeric, sentiment numeric)`);
  return rows.map((row) => row.id);
}

export interface TestInterval {
  readonly agentId: number;
  readonly status: 'online' | 'offline' | 'away' | 'busy';
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** Writes intervals into the presence ledger, as they are. */
export async function insertPresence(db: Db, intervals: readonly TestInterval[]): Promise<void> {
  const rows = intervals.map((row) => ({ ...row, id: newId() }));
  await db.run(sql`
    insert into presence_intervals (id, agent_id, status, source, started_at, ended_at)
    select r.id, r."agentId", r.status, 'import', r."startedAt", r."endedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "agentId" int, status text, "startedAt" timestamptz, "endedAt" timestamptz)`);
}
