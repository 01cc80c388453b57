import { sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { Concern } from './preparation.events.ts';
import type { PreparationContent } from './preparation-content.ts';

/** What was compiled about an attendee of a session. Instants are ISO 8601. */
export interface PreparationRow {
  readonly sessionId: string;
  readonly agentId: number;
  /** Null before it was compiled for the first time. */
  readonly content: PreparationContent | null;
  readonly computedAt: string | null;
  readonly staleSince: string | null;
}

/** A preparation that waits to be compiled. */
export interface DuePreparation {
  readonly sessionId: string;
  readonly agentId: number;
  readonly facilitatorId: number;
  readonly focusMetrics: readonly string[];
}

/** Where `installation` keeps how far the news were read. */
const HEARD_TO = 'preparation.heard-to';

/** States in which a preparation is kept up to date; afterwards it stays as it was. */
const OPEN = sql`s.status in ('preparing', 'live')`;

/** Keeps what was compiled, and what waits to be. */
export class PreparationRepository {
  async byKey(db: Db, sessionId: string, agentId: number): Promise<PreparationRow | undefined> {
    return db.first(sql<PreparationRow>`
      select p.session_id as "sessionId", p.agent_id as "agentId", p.content, ${iso('p.computed_at')} as "computedAt", ${iso('p.stale_since')} as "staleSince"
      from session_preparations p where p.session_id = ${sessionId} and p.agent_id = ${agentId}`);
  }

  /** The number of the last event that was read; locked until the transaction ends, so that one at a time marks. */
  async heardTo(db: Db, now: Date): Promise<number> {
    await db.run(sql`insert into installation (name, value, updated_at) values (${HEARD_TO}, '{"seq": 0}', ${now}) on conflict (name) do nothing`);
    const row = await db.first(sql<{ seq: string }>`select value ->> 'seq' as seq from installation where name = ${HEARD_TO} for update`);
    return Number(row?.seq ?? 0);
  }

  async heardUpTo(db: Db, seq: number, now: Date): Promise<void> {
    await db.run(sql`update installation set value = ${JSON.stringify({ seq })}::jsonb, updated_at = ${now} where name = ${HEARD_TO}`);
  }

  /** Numbered events of these types, oldest first: nothing can turn up below a number that was read. */
  news(db: Db, seq: number, types: readonly string[], limit: number): Promise<{ seq: number; type: string; payload: unknown }[]> {
    return db.rows(sql<{ seq: number; type: string; payload: unknown }>`
      select o.seq::float8 as seq, o.type, o.payload from outbox o where o.seq > ${seq} and o.type = any(${[...types]}::text[]) order by o.seq limit ${limit}`);
  }

  /** Makes room for everybody in a session that is being prepared or held. */
  async open(db: Db, now: Date): Promise<void> {
    await db.run(sql`
      insert into session_preparations (session_id, agent_id, created_at)
      select s.id, t.agent_id, ${now} from coaching_sessions s join session_attendees t on t.session_id = s.id
      where ${OPEN} and not exists (select from session_preparations p where p.session_id = t.session_id and p.agent_id = t.agent_id)
      order by 1, 2 on conflict do nothing`);
  }

  /** Marks what events made untrue. In one order, as everywhere. */
  async markStale(db: Db, concern: Exclude<Concern, 'nobody'>, now: Date): Promise<void> {
    await this.#mark(db, whose(concern), now);
  }

  /** Marks what time alone made untrue, and what was compiled for other focus metrics. */
  async markOutdated(db: Db, today: string, now: Date): Promise<void> {
    await this.#mark(db, sql`(p.content ->> 'asOf' <> ${today} or p.content -> 'focusMetrics' <> s.focus_metrics)`, now);
  }

  async #mark(db: Db, which: RawBuilder<unknown>, now: Date): Promise<void> {
    await db.run(sql`
      with due as (
        select p.session_id, p.agent_id from session_preparations p join coaching_sessions s on s.id = p.session_id join agents a on a.id = p.agent_id
        where ${OPEN} and p.content is not null and ${which} order by p.session_id, p.agent_id for update of p
      )
      update session_preparations p set stale_since = coalesce(p.stale_since, ${now}) from due d where p.session_id = d.session_id and p.agent_id = d.agent_id`);
  }

  /** What waits, those never compiled first. */
  waiting(db: Db): Promise<Pick<DuePreparation, 'sessionId' | 'agentId'>[]> {
    return db.rows(sql<Pick<DuePreparation, 'sessionId' | 'agentId'>>`
      select p.session_id as "sessionId", p.agent_id as "agentId" from session_preparations p join coaching_sessions s on s.id = p.session_id
      where ${OPEN} and (p.content is null or p.stale_since is not null) order by p.content is not null, p.created_at, p.agent_id`);
  }

  /** Takes one for the running transaction, unless it no longer waits or another worker has it. */
  async claim(db: Db, sessionId: string, agentId: number): Promise<DuePreparation | undefined> {
    return db.first(sql<DuePreparation>`
      select p.session_id as "sessionId", p.agent_id as "agentId", s.team_leader_id as "facilitatorId", s.focus_metrics as "focusMetrics"
      from session_preparations p join coaching_sessions s on s.id = p.session_id
      where p.session_id = ${sessionId} and p.agent_id = ${agentId} and ${OPEN} and (p.content is null or p.stale_since is not null)
      for update of p skip locked`);
  }

  async store(db: Db, { sessionId, agentId }: DuePreparation, content: PreparationContent, now: Date): Promise<void> {
    await db.run(sql`
      update session_preparations set content = ${JSON.stringify(content)}::jsonb, computed_at = ${now}, stale_since = null
      where session_id = ${sessionId} and agent_id = ${agentId}`);
  }

  /** Whether everything about a session has been compiled once. */
  async isReady(db: Db, sessionId: string): Promise<boolean> {
    const row = await db.first(sql`select 1 from session_attendees t left join session_preparations p using (session_id, agent_id)
      where t.session_id = ${sessionId} and p.content is null limit 1`);
    return row === undefined;
  }
}

function whose(concern: Exclude<Concern, 'nobody'>): RawBuilder<unknown> {
  if (concern === 'everybody') return sql`true`;
  if ('agentIds' in concern) return sql`p.agent_id = any(${[...concern.agentIds]}::int[])`;
  const ids = concern.teamIds.filter((id) => id !== null);
  return sql`(a.team_id = any(${ids}::uuid[]) or (${concern.teamIds.includes(null)}::boolean and a.team_id is null))`;
}
