import { Migration } from '@mikro-orm/migrations';

export class KeepLastEdit extends Migration {
  override up(): void {
    this.addSql(`
-- Only those events are looked for that the next one makes superfluous.
drop index outbox_session_updates;
create index outbox_passing on outbox (aggregate_id, type) where (audience -> 'passing') is not null;
    `);
  }
}
