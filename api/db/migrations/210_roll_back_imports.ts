import { Migration } from '@mikro-orm/migrations';

export class RollBackImports extends Migration {
  override up(): void {
    this.addSql(`
alter table imports
  drop constraint imports_status_check,
  add constraint imports_status_check check (status in
    ('queued', 'parsing', 'staged', 'committing', 'committed', 'rolling_back', 'failed', 'discarded', 'rolled_back')),
  -- People who were added because the file names them.
  add column created_people integer[] not null default '{}',
  -- Who asked for the roll-back, as they were then.
  add column rollback_by jsonb,
  -- The rows are as they were; the daily figures follow, and that can be repeated.
  add column reverted_at timestamptz,
  add column rolled_back_at timestamptz;
drop index imports_unfinished;
create index imports_unfinished on imports (updated_at) where status in ('queued', 'parsing', 'committing', 'rolling_back');

-- The stored row as it was before a changed row overwrote it: what a roll-back restores.
alter table import_rows
  add column previous jsonb,
  -- Where a newer import was taken back, the version that left the row as this one had; null: the one this one made.
  add column left_version integer;
    `);
  }
}
