import { Migration } from '@mikro-orm/migrations';

export class TimeTheFields extends Migration {
  override up(): void {
    this.addSql(`
-- What host systems tell of an interaction comes in parts and in any order. For each field they told, when it was true
-- there, in milliseconds of the epoch: an older part that comes later never overwrites it. Null for what came otherwise.
alter table interactions add column field_times jsonb;
    `);
  }
}
