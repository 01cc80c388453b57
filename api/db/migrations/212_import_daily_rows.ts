import { Migration } from '@mikro-orm/migrations';

export class ImportDailyRows extends Migration {
  override up(): void {
    this.addSql(`
alter table agent_performance_metrics
  -- Seconds; of imported rows alone, as their file says it. Computed rows have the sums.
  add column avg_handle_time numeric(10,4) check (avg_handle_time >= 0),
  add column import_id uuid,
  add column provenance jsonb,
  add column version integer not null default 1;
create index performance_import on agent_performance_metrics (import_id) where import_id is not null;
    `);
  }
}
