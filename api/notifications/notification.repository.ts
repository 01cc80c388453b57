import { sql, type Db } from '../db/db.ts';

/** What is said; the shape of `data` follows from the type. */
export interface Told {
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is on the wire as `notification`. */
export interface ToldRow extends Told {
  readonly id: string;
}

export interface NewNotificationRow extends ToldRow {
  readonly recipientId: number;
  readonly senderId: number | null;
  readonly now: Date;
}

/** What somebody has not read yet of one type. */
export interface Pile {
  readonly recipientId: number;
  /** Of the last hour, each shown by itself. */
  readonly singles: number;
  readonly hasBurst: boolean;
}

/** Items a burst or a digest shows; its count goes on. */
const ITEMS_SHOWN = 20;

/** Queries on what people were told. */
export class NotificationRepository {
  async insert(db: Db, row: NewNotificationRow): Promise<void> {
    await db.run(sql`insert into notifications (id, recipient_id, sender_id, type, title, message, data, created_at, updated_at)
      values (${row.id}, ${row.recipientId}, ${row.senderId}, ${row.type}, ${row.title}, ${row.message}, ${JSON.stringify(row.data)}::jsonb, ${row.now}, ${row.now})`);
  }

  /** Of these people, those who have not been told of the occasion; from now on they have. */
  async claim(db: Db, recipientIds: readonly number[], key: string, now: Date): Promise<Set<number>> {
    const rows = await db.rows(sql<{ id: number }>`insert into notification_occasions (recipient_id, key, at)
      select id, ${key}, ${now} from unnest(${[...recipientIds]}::int[]) as r(id) order by id on conflict do nothing returning recipient_id as id`);
    return new Set(rows.map(({ id }) => id));
  }

  /** Whoever is not among them has nothing unread of the type. */
  piles(db: Db, recipientIds: readonly number[], type: string, now: Date): Promise<Pile[]> {
    return db.rows(sql<Pile>`select recipient_id as "recipientId", bool_or(burst_of is not null) as "hasBurst",
        (count(*) filter (where burst_of is null and created_at > ${now}::timestamptz - interval '1 hour'))::int as singles
      from notifications where recipient_id = any(${[...recipientIds]}::int[]) and read_at is null and (type = ${type} or burst_of = ${type}) group by recipient_id`);
  }

  /**
   * Adds one to the unread burst of its type, or begins it. The newest come first; the title counts all.
   * @param plural what many of the type are called
   * @returns the burst as it is now
   */
  async addToBurst(db: Db, { id, recipientId, type, title, message, data, now }: NewNotificationRow, plural: string): Promise<ToldRow> {
    const first = { of: type, count: 1, items: [{ type, title, message, data, at: now.toISOString() }] };
    const row = await db.first(sql<ToldRow>`
      insert into notifications as n (id, recipient_id, type, burst_of, title, message, data, created_at, updated_at)
      values (${id}, ${recipientId}, 'burst', ${type}, ${`More ${plural} (1)`}, ${message}, ${JSON.stringify(first)}::jsonb, ${now}, ${now})
      on conflict (recipient_id, burst_of) where burst_of is not null and read_at is null do update set
        title = ${`More ${plural} (`} || ((n.data->>'count')::int + 1) || ')',
        message = excluded.message,
        updated_at = greatest(n.updated_at, excluded.updated_at),
        data = jsonb_build_object('of', n.data->'of', 'count', (n.data->>'count')::int + 1,
          'items', jsonb_path_query_array(excluded.data->'items' || (n.data->'items'), ${`$[0 to ${ITEMS_SHOWN - 1}]`}::jsonpath))
      returning id, type, title, message, data`);
    return row!; // an upsert returns its row
  }

  async keepForDigest(db: Db, channel: 'inApp' | 'email', { id, recipientId, type, title, message, data, now }: NewNotificationRow): Promise<void> {
    await db.run(sql`insert into notification_digest_items (id, recipient_id, channel, type, title, message, data, at)
      values (${id}, ${recipientId}, ${channel}, ${type}, ${title}, ${message}, ${JSON.stringify(data)}::jsonb, ${now})`);
  }
}
