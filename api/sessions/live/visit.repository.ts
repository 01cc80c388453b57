import { sql, type Db } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';

/** Somebody in a session, in however many tabs; `since` is ISO 8601. */
export interface VisitorRow {
  id: number;
  name: string;
  since: string;
}

/** One socket in a session. */
export interface Visit {
  readonly sessionId: string;
  readonly socketId: string;
  readonly agentId: number;
}

/** A visit of which nothing was heard for so long belongs to a process that is gone. */
const SILENT = sql`interval '30 seconds'`;

/** Who is in which session, one row per socket. All times are the database's. */
export class VisitRepository {
  /** Writes that these are there, whether or not it was known. */
  async seen(db: Db, processId: string, visits: readonly Visit[]): Promise<void> {
    await db.run(sql`
      insert into session_visits (session_id, socket_id, agent_id, process_id)
      select v."sessionId", v."socketId", v."agentId", ${processId}::uuid
      from jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as v("sessionId" uuid, "socketId" text, "agentId" int)
      order by v."sessionId", v."socketId"
      on conflict (session_id, socket_id) do update set seen_at = clock_timestamp()`);
  }

  async leave(db: Db, sessionId: string, socketId: string): Promise<void> {
    await db.run(sql`delete from session_visits where session_id = ${sessionId} and socket_id = ${socketId}`);
  }

  /** Ends the visits a process holds. @returns the sessions they were to */
  endAll(db: Db, processId: string): Promise<string[]> {
    return ended(db, sql`process_id = ${processId}`);
  }

  /** Ends what processes that are gone have left behind. @returns the sessions they were to */
  endSilent(db: Db): Promise<string[]> {
    return ended(db, sql`seen_at < clock_timestamp() - ${SILENT}`);
  }

  /** Everybody in a session, in the order in which they came. */
  async visitors(db: Db, sessionId: string): Promise<VisitorRow[]> {
    return db.rows(sql<VisitorRow>`select a.id, a.full_name as name, ${iso('v.since')} as since
      from (select agent_id, min(entered_at) as since from session_visits
        where session_id = ${sessionId} and seen_at >= clock_timestamp() - ${SILENT} group by agent_id) v
      join agents a on a.id = v.agent_id order by v.since, a.id`);
  }
}

async function ended(db: Db, which: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`with gone as (delete from session_visits where ${which} returning session_id) select distinct session_id as id from gone`);
  return rows.map(({ id }) => id);
}
