import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { Facts, FactTimes, PersonName, TimedFacts } from './host-report.ts';

/** How an interaction is named by its host. */
export interface Key {
  readonly source: string;
  readonly externalId: string;
}

export interface StoredInteraction extends Key, TimedFacts {
  readonly id: string;
  /** The business day it counts on. */
  readonly date: string;
}

/** An interaction as it is to be stored. */
export interface Written extends StoredInteraction {
  readonly provenance: Readonly<Record<string, unknown>>;
}

export interface KnownPerson {
  readonly id: number;
  readonly teamId: string | null;
}

/** Facts that stand in a column as they are: the name on the wire, the column and its type. */
const COLUMNS: Readonly<Record<keyof Facts, readonly [column: string, type: string]>> = {
  channel: ['channel', 'text'], direction: ['direction', 'text'], agentId: ['agent_id', 'int'], teamId: ['team_id', 'uuid'], queue: ['queue', 'text'],
  topic: ['topic', 'text'], customerRef: ['customer_ref', 'text'], startedAt: ['started_at', 'timestamptz'], waitSeconds: ['wait_seconds', 'int'],
  talkSeconds: ['talk_seconds', 'int'], holdSeconds: ['hold_seconds', 'int'], acwSeconds: ['acw_seconds', 'int'], outcome: ['outcome', 'text'],
  resolved: ['resolved', 'boolean'], firstContact: ['first_contact', 'boolean'], rating: ['rating', 'numeric'], ratingOriginal: ['rating_original', 'text'],
  ratingScale: ['rating_scale', 'text'], sentiment: ['sentiment', 'numeric'], campaignId: ['campaign_id', 'uuid'],
};
const ENTRIES = Object.entries(COLUMNS);
const COLUMN_LIST = sql.raw(ENTRIES.map(([, [column]]) => column).join(', '));
const RECORD_LIST = sql.raw(ENTRIES.map(([fact]) => `r."${fact}"`).join(', '));
const RECORD = sql.raw(`r(id uuid, source text, "externalId" text, date date, times jsonb, provenance jsonb, ${ENTRIES.map(([fact, [, type]]) => `"${fact}" ${type}`).join(', ')})`);
/** `float8` because the driver reads `numeric` as text. */
const READ: Partial<Record<string, string>> = { rating: 'i.rating::float8', sentiment: 'i.sentiment::float8' };
const STORED_LIST = sql.join(ENTRIES.map(([fact, [column]]) => (fact === 'startedAt' ? sql`${iso('i.started_at')} as "startedAt"` : sql.raw(`${READ[fact] ?? `i.${column}`} as "${fact}"`))));

/** Writes what host systems tell, in sets. */
export class HostInteractionRepository {
  /** The stored ones of these keys, locked in one order until the transaction ends. */
  async lock(db: Db, keys: readonly Key[]): Promise<StoredInteraction[]> {
    const rows = await db.rows(sql<Facts & Key & { id: string; date: string; times: FactTimes | null }>`
      select i.id, i.source, i.external_id as "externalId", i.business_date::text as date, i.field_times as times, ${STORED_LIST}
      from interactions i
      where (i.source, i.external_id) in (select * from unnest(${keys.map((key) => key.source)}::text[], ${keys.map((key) => key.externalId)}::text[]))
      order by i.source, i.external_id for update`);
    return rows.map(({ id, source, externalId, date, times, ...facts }) => ({ id, source, externalId, date, times: times ?? {}, facts }));
  }

  /** @returns the ids of those that were stored; the others somebody else has stored meanwhile */
  async insert(db: Db, rows: readonly Written[], now: Date): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const stored = await db.rows(sql<{ id: string }>`
      insert into interactions (id, source, external_id, business_date, field_times, provenance, created_at, updated_at, ${COLUMN_LIST})
      select r.id, r.source, r."externalId", r.date, r.times, r.provenance, ${now}, ${now}, ${RECORD_LIST}
      from jsonb_to_recordset(${json(rows)}::jsonb) as ${RECORD} order by r.source, r."externalId"
      on conflict (source, external_id) do nothing returning id`);
    return new Set(stored.map((row) => row.id));
  }

  /** Rows that are locked. A new version is one whose facts differ; when they were told is no news by itself. */
  async update(db: Db, rows: readonly Written[], now: Date): Promise<void> {
    if (rows.length === 0) return;
    await db.run(sql`
      update interactions i set (${COLUMN_LIST}, business_date, field_times, provenance) = (${RECORD_LIST}, r.date, r.times, i.provenance || r.provenance),
        version = i.version + 1, updated_at = ${now}
      from jsonb_to_recordset(${json(rows)}::jsonb) as ${RECORD} where i.id = r.id`);
  }

  /** For rows of which a report only confirmed what they say. */
  async confirm(db: Db, rows: readonly StoredInteraction[]): Promise<void> {
    if (rows.length === 0) return;
    await db.run(sql`update interactions i set field_times = r.times
      from jsonb_to_recordset(${JSON.stringify(rows.map(({ id, times }) => ({ id, times })))}::jsonb) as r(id uuid, times jsonb) where i.id = r.id`);
  }

  /** People by id, e-mail or user name, active or not; by the text of the name that was asked for. */
  async people(db: Db, ids: readonly number[], names: readonly PersonName[]): Promise<Map<string, KnownPerson>> {
    const emails = names.flatMap((name) => ('email' in name ? [name.email.toLowerCase()] : []));
    const usernames = names.flatMap((name) => ('username' in name ? [name.username.toLowerCase()] : []));
    const rows = await db.rows(sql<KnownPerson & { email: string; username: string }>`
      select id, team_id as "teamId", lower(email) as email, lower(username) as username from agents
      where id = any(${[...ids]}::int[]) or lower(email) = any(${emails}::text[]) or lower(username) = any(${usernames}::text[])`);
    return new Map(rows.flatMap(({ id, teamId, email, username }) => [`#${id}`, `e:${email}`, `u:${username}`].map((key) => [key, { id, teamId }])));
  }

  async existingTeams(db: Db, ids: readonly string[]): Promise<Set<string>> {
    const rows = await db.rows(sql<{ id: string }>`select id from teams where id = any(${[...ids]}::uuid[])`);
    return new Set(rows.map((row) => row.id));
  }

  /**
   * Counts anew how many interactions people have open, and answers whose number changed. People are locked first, in
   * a statement of its own: whoever counts last sees everything.
   */
  async countOpen(db: Db, agentIds: readonly number[]): Promise<{ agentId: number; count: number }[]> {
    if (agentIds.length === 0) return [];
    await db.run(sql`select 1 from agents where id = any(${[...agentIds]}::int[]) order by id for no key update`);
    const changed = await db.rows(sql<{ agentId: number; count: number }>`
      update agents a set current_tickets = o.count
      from (select v.id, count(i.id)::int as count from unnest(${[...agentIds]}::int[]) as v(id)
        left join interactions i on i.agent_id = v.id and i.outcome = 'open' group by v.id) o
      where a.id = o.id and a.current_tickets <> o.count returning a.id as "agentId", o.count`);
    return changed.sort((a, b) => a.agentId - b.agentId);
  }
}

const json = (rows: readonly Written[]): string => JSON.stringify(rows.map(({ facts, ...row }) => ({ ...row, ...facts })));
