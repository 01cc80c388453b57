import type { Scope } from '../auth/principal.ts';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import { sql, type Db, type RawBuilder } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { importedFrom, type ImportedFrom } from '../imports/imported-from.sql.ts';
import type { PresenceSource } from './follow.ts';

/** An interval as it is read. Instants are ISO 8601. */
export interface IntervalRow {
  id: string;
  status: OnlineStatus;
  reason: string | null;
  reasonCode: string | null;
  source: PresenceSource;
  startedAt: string;
  endedAt: string | null;
  lastHeartbeatAt: string | null;
  recordedBy: { id: number; name: string } | null;
  correctionId: string | null;
  supersededAt: string | null;
  supersededBy: string | null;
  /** Of an interval that a file brought. */
  provenance: ImportedFrom | null;
}

export interface CorrectionRow {
  id: string;
  agentId: number;
  from: string;
  to: string;
  status: OnlineStatus;
  statusReason: string | null;
  reasonCode: string | null;
  reason: string;
  correctedBy: { id: number; name: string } | null;
  correctedAt: string;
}

/** A correction to be written. */
export interface NewCorrection {
  readonly id: string;
  readonly agentId: number;
  readonly from: Date;
  readonly to: Date;
  readonly status: OnlineStatus;
  readonly statusReason: string | null;
  readonly reasonCode: string | null;
  readonly reason: string;
}

/** A day from edge to edge, cut at now. */
export interface DaySpan {
  readonly date: string;
  readonly opens: Date;
  readonly closes: Date;
}

export type StatusSeconds = Record<OnlineStatus, number>;

const person = (id: string): RawBuilder<unknown> => sql`(select json_build_object('id', w.id, 'name', w.full_name) from agents w where w.id = ${sql.ref(id)})`;
const touches = (from: Date, to: Date): RawBuilder<unknown> => sql`p.started_at < ${to} and (p.ended_at is null or p.ended_at > ${from})`;

/** Reads and corrects the record of a person's presence. */
export class LedgerRepository {
  async inScope(db: Db, scope: Scope, agentId: number): Promise<boolean> {
    return (await db.first(sql`select 1 from agents a where a.id = ${agentId} and ${scopeSql(scope, { team: 'a.team_id', agent: 'a.id' })}`)) !== undefined;
  }

  /** What touches a period, put aside or not, oldest first. @param scope of the reader, who may see them */
  intervals(db: Db, scope: Scope, agentId: number, from: Date, to: Date): Promise<IntervalRow[]> {
    return db.rows(sql<IntervalRow>`
      select p.id, p.status, p.reason, p.reason_code as "reasonCode", p.source, ${iso('p.started_at')} as "startedAt", ${iso('p.ended_at')} as "endedAt",
        ${iso('p.last_heartbeat_at')} as "lastHeartbeatAt", ${person('p.recorded_by')} as "recordedBy", p.correction_id as "correctionId",
        ${iso('p.superseded_at')} as "supersededAt", p.superseded_by as "supersededBy", ${importedFrom('p.provenance', scope)} as provenance
      from presence_intervals p where p.agent_id = ${agentId} and ${touches(from, to)} order by p.started_at, p.ended_at, p.id`);
  }

  corrections(db: Db, agentId: number, from: Date, to: Date): Promise<CorrectionRow[]> {
    return db.rows(sql<CorrectionRow>`${correctionColumns} where c.agent_id = ${agentId} and c.from_at < ${to} and c.to_at > ${from} order by c.corrected_at, c.id`);
  }

  async correction(db: Db, id: string): Promise<CorrectionRow | undefined> {
    return db.first(sql<CorrectionRow>`${correctionColumns} where c.id = ${id}`);
  }

  /**
   * Seconds in each status, day by day, never more than the clock shows: where imported history says several things of one
   * time, it counts once. Away, or else busy, says more than being logged in, and whoever was logged in was not offline.
   */
  async seconds(db: Db, agentId: number, days: readonly DaySpan[]): Promise<StatusSeconds[]> {
    const spans = (status: OnlineStatus): RawBuilder<unknown> => sql`coalesce(range_agg(v.span) filter (where v.status = ${status}), '{}') as ${sql.ref(status)}`;
    const length = (spans: RawBuilder<unknown>, status: OnlineStatus): RawBuilder<unknown> =>
      sql`coalesce((select sum(extract(epoch from upper(r) - lower(r))) from unnest(${spans}) r), 0)::float8 as ${sql.ref(status)}`;
    return db.rows(sql<StatusSeconds>`
      with d as materialized (
        select * from unnest(${days.map((day) => day.opens)}::timestamptz[], ${days.map((day) => day.closes)}::timestamptz[]) with ordinality as d(opens, closes, n)
      ),
      cut as (
        select d.n, p.status, tstzrange(greatest(p.started_at, d.opens), least(coalesce(p.ended_at, d.closes), d.closes)) as span
        from d left join presence_intervals p on p.agent_id = ${agentId} and p.superseded_at is null
          and p.started_at < d.closes and (p.ended_at is null or p.ended_at > d.opens)
      ),
      said as materialized (select v.n, ${spans('away')}, ${spans('busy')}, ${spans('online')}, ${spans('offline')} from cut v group by v.n)
      select ${length(sql`s.away`, 'away')}, ${length(sql`s.busy - s.away`, 'busy')}, ${length(sql`s.online - s.busy - s.away`, 'online')},
        ${length(sql`s.offline - s.online - s.busy - s.away`, 'offline')}
      from said s order by s.n`);
  }

  /** When the record of a person begins; undefined for somebody who has none. */
  async beginsAt(db: Db, agentId: number): Promise<Date | undefined> {
    const row = await db.first(sql<{ at: number | null }>`select ceil(extract(epoch from min(started_at)) * 1000)::float8 as at
      from presence_intervals where agent_id = ${agentId} and superseded_at is null`);
    return row && row.at !== null ? new Date(row.at) : undefined;
  }

  /** Puts aside what a correction concerns, and writes what it says instead; the rest of what was put aside is written again. */
  async correct(db: Db, correction: NewCorrection, by: number | null, now: Date): Promise<void> {
    const { id, agentId, from, to } = correction;
    await db.run(sql`insert into presence_corrections (id, agent_id, from_at, to_at, status, status_reason, reason_code, reason, corrected_by, corrected_at)
      values (${id}, ${agentId}, ${from}, ${to}, ${correction.status}, ${correction.statusReason}, ${correction.reasonCode}, ${correction.reason}, ${by}, ${now})`);
    await db.run(sql`update presence_intervals p set superseded_at = ${now}, superseded_by = ${id}, version = p.version + 1
      where p.agent_id = ${agentId} and p.superseded_at is null and ${touches(from, to)}`);
    const rest = (edge: 'before' | 'after'): RawBuilder<unknown> => sql`
      insert into presence_intervals (id, agent_id, status, reason, reason_code, source, started_at, ended_at, last_heartbeat_at, recorded_by, correction_id, threshold_alerted_at, held_from, in_history, provenance)
      select gen_random_uuid(), p.agent_id, p.status, p.reason, p.reason_code, p.source, ${edge === 'before' ? sql`p.started_at, ${from}` : sql`${to}, p.ended_at`},
        p.last_heartbeat_at, p.recorded_by, ${id}, p.threshold_alerted_at, ${edge === 'before' ? sql`p.held_from` : sql`coalesce(p.held_from, p.started_at)`}, p.in_history, p.provenance
      from presence_intervals p where p.superseded_by = ${id} and ${edge === 'before' ? sql`p.started_at < ${from}` : sql`(p.ended_at is null or p.ended_at > ${to})`}`;
    await db.run(rest('before'));
    await db.run(rest('after'));
    await db.run(sql`insert into presence_intervals (id, agent_id, status, reason, reason_code, source, started_at, ended_at, recorded_by, correction_id, in_history)
      values (${newId()}, ${agentId}, ${correction.status}, ${correction.statusReason}, ${correction.reasonCode}, 'correction', ${from}, ${to}, ${by}, ${id},
        not exists (select from presence_intervals p where p.superseded_by = ${id} and p.source <> 'import' and not p.in_history))`);
    await db.run(sql`update agents a set status_since = p.started_at from presence_intervals p
      where a.id = ${agentId} and p.agent_id = a.id and p.ended_at is null and p.superseded_at is null`);
  }
}

const correctionColumns = sql`
  select c.id, c.agent_id as "agentId", ${iso('c.from_at')} as "from", ${iso('c.to_at')} as "to", c.status, c.status_reason as "statusReason",
    c.reason_code as "reasonCode", c.reason, ${person('c.corrected_by')} as "correctedBy", ${iso('c.corrected_at')} as "correctedAt"
  from presence_corrections c`;
