import { Migration } from '@mikro-orm/migrations';

export class MigrateOldSystems extends Migration {
  override up(): void {
    this.addSql(`
-- What became of each row of an old system, so that bringing it once more changes nothing.
create table migrated_ids (
  system varchar(100) not null,
  -- Its table or collection there.
  kind varchar(60) not null,
  old_id varchar(200) not null,
  target_type varchar(40) not null,
  target_id varchar(60) not null,
  -- SHA-256 of what was taken over last.
  content bytea not null,
  -- The version it was left in here; null for what was here before and is left alone.
  left_version integer,
  migrated_at timestamptz not null,
  primary key (system, kind, old_id)
);
create index migrated_ids_target on migrated_ids (target_type, target_id);

-- Scores of a month or another period, as an old system had them: they are the mean of no rows we have, and so no figures.
create table scorecards (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  period varchar(40) not null,
  -- [{metric, score, target, weight}]
  scores jsonb not null,
  total numeric,
  percentage numeric,
  notes text,
  source varchar(100) not null,
  external_id varchar(200) not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (source, external_id)
);
create index scorecards_agent on scorecards (agent_id, created_at, id);
    `);
  }
}
