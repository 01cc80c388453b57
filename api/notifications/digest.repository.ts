import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { NewNotificationRow } from './notification.repository.ts';

export type Channel = 'inApp' | 'email';

/** Something that waited for a digest. */
export interface DigestItem {
  readonly channel: Channel;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly at: string;
  /** Whether it has been read in the app since. */
  readonly read: boolean;
}

/** Queries on what is told once a day. */
export class DigestRepository {
  /** @param notificationId where it can be read in the app */
  async keep(db: Db, channel: Channel, { id, recipientId, type, title, message, data, now }: NewNotificationRow, notificationId: string | null): Promise<void> {
    await db.run(sql`insert into notification_digest_items (id, recipient_id, channel, type, title, message, data, at, notification_id)
      values (${id}, ${recipientId}, ${channel}, ${type}, ${title}, ${message}, ${JSON.stringify(data)}::jsonb, ${now}, ${notificationId})`);
  }

  /** Who has something waiting, and since when, in milliseconds of the epoch. */
  waiting(db: Db): Promise<{ recipientId: number; since: number }[]> {
    return db.rows(sql<{ recipientId: number; since: number }>`select recipient_id as "recipientId", (extract(epoch from min(at)) * 1000)::float8 as since from notification_digest_items group by recipient_id order by 1`);
  }

  /** Of all who make the digest of somebody's day, one may: whoever is told true, if they commit. */
  async claim(db: Db, agentId: number, day: string, now: Date): Promise<boolean> {
    return (await db.run(sql`insert into notification_digests (agent_id, day, items, made_at) values (${agentId}, ${day}::date, 0, ${now}) on conflict do nothing`)) > 0;
  }

  /** Takes everything that waits for somebody; newest first. */
  take(db: Db, agentId: number): Promise<DigestItem[]> {
    return db.rows(sql<DigestItem>`with taken as (delete from notification_digest_items where recipient_id = ${agentId} returning *)
      select t.channel, t.type, t.title, t.message, t.data, ${iso('t.at')} as at, n.read_at is not null as read
      from taken t left join notifications n on n.id = t.notification_id order by t.at desc, t.id desc`);
  }

  async count(db: Db, agentId: number, day: string, items: number): Promise<void> {
    await db.run(sql`update notification_digests set items = ${items} where agent_id = ${agentId} and day = ${day}::date`);
  }
}
