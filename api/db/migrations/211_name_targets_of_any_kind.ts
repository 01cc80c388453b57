import { Migration } from '@mikro-orm/migrations';

export class NameTargetsOfAnyKind extends Migration {
  override up(): void {
    this.addSql(`
-- People and daily rows go by integers, everything else by UUIDs.
alter table import_rows alter column target_id type text using target_id::text;
    `);
  }
}
