import { Migration } from '@mikro-orm/migrations';

export class ExtendDailyRows extends Migration {
  override up(): void {
    this.addSql(`
alter table agent_performance_metrics
  -- All interactions of the day whatever their outcome: a computed row counts before an imported one where it has any.
  add column interactions integer not null default 0,
  add column abandoned integer not null default 0,
  add column sla_eligible integer not null default 0,
  add column voice_sla_eligible integer not null default 0,
  add column voice_within_target integer not null default 0,
  add column voice_wait_seconds_sum bigint not null default 0,
  add column voice_wait_count integer not null default 0,
  add column resolution_count integer not null default 0,
  add column away_hours numeric(10,4) not null default 0,
  add column presence_days integer not null default 0,
  -- Handling and idle time of days with a presence record: occupancy is never taken over days without one.
  add column occupied_seconds bigint not null default 0,
  add column idle_seconds bigint not null default 0,
  -- The policy that decided within_target; null where the policies of two teams met on one day.
  add column first_response_seconds jsonb;
create index stale_days_date on stale_days (date, agent_id);
    `);
  }
}
