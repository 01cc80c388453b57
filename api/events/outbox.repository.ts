import { newId } from '../db/ids.ts';
import { sql, type Db } from '../db/db.ts';
import { kept } from '../db/kept-statements.ts';
import type { Audience, RecordedEvent, StoredEvent } from './event.ts';

/** An event that is in the outbox. */
export interface WrittenEvent extends RecordedEvent {
  readonly id: string;
}

/** Adds events to the outbox, in their order, inside the transaction of their cause. */
export async function insertEvents(
  db: Db,
  events: readonly RecordedEvent[],
  actor: { id: number; name: string },
  now: Date,
): Promise<readonly WrittenEvent[]> {
  if (events.length === 0) return [];
  const rows = events.map((event) => ({ id: newId(), ...event }));
  await db.run(sql`${kept}
    insert into outbox (id, type, aggregate_type, aggregate_id, payload, audience, actor, occurred_at)
    select (e.value->>'id')::uuid, e.value->>'type', e.value->>'aggregate', e.value->>'aggregateId',
      e.value->'payload', e.value->'audience', ${JSON.stringify(actor)}::jsonb, ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as e(value, n)
    order by e.n`);
  return rows;
}

/**
 * Clears away events that the next one of the same kind makes superfluous, because each says everything anew. What has
 * not reached every queue yet stays. Whoever missed them hears the next one.
 */
export async function dropPassing(db: Db, type: string, aggregateId: string): Promise<void> {
  await db.run(sql`delete from outbox where (audience -> 'passing') is not null and aggregate_id = ${aggregateId} and type = ${type} and published_at is not null`);
}

interface EventRow {
  id: string;
  seq: string;
  type: string;
  aggregate_id: string;
  payload: unknown;
  audience: Audience;
  actor: { id: number; name: string } | null;
  occurred_at: string;
}

// `seq` of the result is text: whatever sorts by number says `outbox.seq`.
const columns = sql`id, seq::text as seq, type, aggregate_id, payload, audience, actor,
  to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as occurred_at`;

const toStored = (row: EventRow): StoredEvent => ({
  id: row.id,
  seq: Number(row.seq),
  type: row.type,
  aggregateId: row.aggregate_id,
  payload: row.payload,
  audience: row.audience,
  actor: row.actor,
  occurredAt: row.occurred_at,
});

/**
 * Numbered events after `seq`, oldest first. Numbers are given by the one relay in transactions that follow
 * each other, so nothing can appear later below a number that was already read.
 */
export async function eventsAfter(db: Db, seq: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db.rows(sql<EventRow>`${kept}select ${columns} from outbox where seq > ${seq} order by outbox.seq limit ${limit}`);
  return rows.map(toStored);
}

/** The number of the newest event, 0 before the first. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db.first(sql<{ seq: string | null }>`select max(seq)::text as seq from outbox`);
  return Number(row?.seq ?? 0);
}

/** How many numbered events follow `seq` (counted up to `atMost`), when the oldest of them happened, and the lowest number still kept. */
export async function backlogAfter(db: Db, seq: number, atMost: number): Promise<{ count: number; oldest: Date | null; lowestKept: number | null }> {
  const row = await db.first(sql<{ count: number; oldest: number | null; lowest: string | null }>`
    select count(*)::int as count, extract(epoch from min(occurred_at))::float8 * 1000 as oldest,
      (select min(seq)::text from outbox where seq is not null) as lowest
    from (select occurred_at from outbox where seq > ${seq} order by seq limit ${atMost}) newer`);
  return { count: row?.count ?? 0, oldest: row?.oldest ? new Date(row.oldest) : null, lowestKept: row?.lowest ? Number(row.lowest) : null };
}
