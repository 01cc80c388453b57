import { Migration } from '@mikro-orm/migrations';

export class OnlineHoursAtOnce extends Migration {
  override up(): void {
    this.addSql(`
-- Seconds a person was not offline on the business day online_day before their present status began: with what has
-- passed since, the hours of today are exact at any moment, without a look into the ledger.
alter table agents
  add column online_day date,
  add column online_seconds_before double precision not null default 0;
    `);
  }
}
