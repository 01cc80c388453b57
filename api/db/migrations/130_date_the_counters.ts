import { Migration } from '@mikro-orm/migrations';

export class DateTheCounters extends Migration {
  override up(): void {
    this.addSql(`
-- The business day that tickets_resolved_today, messages_handled_today and online_hours_today count. A reader on a
-- later day sees 0 before any job has run.
alter table agents add column figures_on date;

-- People whose current figures no longer match their daily rows; filled in the transaction that changes the rows,
-- emptied in the one that refreshes the figures, so that a worker killed in between leaves nothing behind.
create table stale_figures (
  agent_id integer primary key references agents (id) on delete cascade,
  marked_at timestamptz not null default now()
);
    `);
  }
}
