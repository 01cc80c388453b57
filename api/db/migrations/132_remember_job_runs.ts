import { Migration } from '@mikro-orm/migrations';

export class RememberJobRuns extends Migration {
  override up(): void {
    this.addSql(`
-- How the last run of each kind of job went, for operators; the queues forget their jobs after a while.
create table job_runs (
  name varchar(80) primary key,
  runs bigint not null default 0,
  failures bigint not null default 0,
  -- Failures since the last success.
  failing integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  error text
);
    `);
  }
}
