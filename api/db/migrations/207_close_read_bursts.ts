import { Migration } from '@mikro-orm/migrations';

export class CloseReadBursts extends Migration {
  override up(): void {
    this.addSql(`
-- A burst takes more until it is read; marked as unread again, it stays what it was.
alter table notifications add column burst_open boolean not null default false;
update notifications set burst_open = true where burst_of is not null and read_at is null;
drop index notifications_burst;
create unique index notifications_burst on notifications (recipient_id, burst_of) where burst_open;

-- What is read in the app by then is left out of the mail.
alter table notification_digest_items add column notification_id uuid;
    `);
  }
}
