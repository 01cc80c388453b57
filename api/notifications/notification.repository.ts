import { every, sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

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

/** A notification as its recipient reads it. Instants are ISO 8601. */
export interface NotificationRow extends ToldRow {
  /** Who caused it; null for the installation itself, and of a burst. */
  readonly from: { readonly id: number; readonly name: string } | null;
  readonly readAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NotificationFilters {
  readonly unread?: boolean | undefined;
  readonly types?: readonly string[] | undefined;
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

const columns = sql`n.id, n.type, n.title, n.message, n.data,
  case when n.sender_id is not null then json_build_object('id', n.sender_id, 'name', s.full_name) end as "from",
  ${iso('n.read_at')} as "readAt", ${iso('n.created_at')} as "createdAt", ${iso('n.updated_at')} as "updatedAt"`;

/** Queries on what people were told. */
export class NotificationRepository {
  async list(db: Db, recipientId: number, { unread, types }: NotificationFilters, page: number, limit: number): Promise<{ rows: NotificationRow[]; total: number }> {
    const where = every([
      sql`n.recipient_id = ${recipientId}`,
      ...(unread === undefined ? [] : [unread ? sql`n.read_at is null` : sql`n.read_at is not null`]),
      ...(types ? [sql`coalesce(n.burst_of, n.type) = any(${[...types]}::text[])`] : []),
    ]);
    const rows = await db.rows(sql<NotificationRow>`select ${columns} from notifications n left join agents s on s.id = n.sender_id where ${where}
      order by n.updated_at desc, n.id desc limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from notifications n where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  async countUnread(db: Db, recipientId: number): Promise<number> {
    const row = await db.first(sql<{ n: number }>`select count(*)::int as n from notifications where recipient_id = ${recipientId} and read_at is null`);
    return row?.n ?? 0;
  }

  async byId(db: Db, recipientId: number, id: string): Promise<NotificationRow | undefined> {
    return db.first(sql<NotificationRow>`select ${columns} from notifications n left join agents s on s.id = n.sender_id where n.id = ${id} and n.recipient_id = ${recipientId}`);
  }

  /** @returns whether that changed anything; a burst that was read takes no more */
  async mark(db: Db, recipientId: number, id: string, readAt: Date | null): Promise<boolean> {
    return (await db.run(sql`update notifications set read_at = ${readAt}, burst_open = false
      where id = ${id} and recipient_id = ${recipientId} and (read_at is null) = ${readAt !== null}`)) > 0;
  }

  /** @returns the ids of those that were unread */
  async markAll(db: Db, recipientId: number, readAt: Date): Promise<string[]> {
    const rows = await db.rows(sql<{ id: string }>`update notifications set read_at = ${readAt}, burst_open = false
      where id in (select id from notifications where recipient_id = ${recipientId} and read_at is null order by id for update) returning id`);
    return rows.map(({ id }) => id);
  }

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
    return db.rows(sql<Pile>`select recipient_id as "recipientId", bool_or(burst_open) as "hasBurst",
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
      insert into notifications as n (id, recipient_id, type, burst_of, burst_open, title, message, data, created_at, updated_at)
      values (${id}, ${recipientId}, 'burst', ${type}, true, ${`More ${plural} (1)`}, ${message}, ${JSON.stringify(first)}::jsonb, ${now}, ${now})
      on conflict (recipient_id, burst_of) where burst_open do update set
        title = ${`More ${plural} (`} || ((n.data->>'count')::int + 1) || ')',
        message = excluded.message,
        updated_at = greatest(n.updated_at, excluded.updated_at),
        data = jsonb_build_object('of', n.data->'of', 'count', (n.data->>'count')::int + 1,
          'items', jsonb_path_query_array(excluded.data->'items' || (n.data->'items'), ${`$[0 to ${ITEMS_SHOWN - 1}]`}::jsonpath))
      returning id, type, title, message, data`);
    return row!; // an upsert returns its row
  }
}
